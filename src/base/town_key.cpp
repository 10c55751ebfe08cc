#include "base/town_key.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.hpp"

namespace doorstep {
namespace {

class File {
 public:
  explicit File(int number) : number_(number) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

[[noreturn]] void key_file_trouble(const std::filesystem::path& file, const std::string& what) {
  throw SealError("the town's key " + file.string() + " " + what);
}

[[noreturn]] void key_file_failed(const std::filesystem::path& file, const char* doing) {
  key_file_trouble(file, std::string("could not be ") + doing + ": " + std::strerror(errno));
}

std::string read_some(const File& opened, const std::filesystem::path& file) {
  std::string text(256, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::read(opened.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) key_file_failed(file, "read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

void write_all(const File& opened, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const auto put = ::write(opened.number(), text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) key_file_failed(file, "written");
    text.remove_prefix(static_cast<std::size_t>(put));
  }
}

}  // namespace

TownKey::TownKey(const Secret& key)
    : key_(key),
      lock_(Secret(hkdf_sha256(key.reveal(), "doorstep", "lock", SealingKey::bytes)), SealingKey(key).id()) {}

TownKey TownKey::from_text(std::string_view text) {
  if (text.size() == SealingKey::bytes) return TownKey(Secret(std::string(text)));
  auto key = valid_utf8(text) ? from_hex(trimmed(text)) : std::string{};
  if (key.size() != SealingKey::bytes) {
    throw SealError("a town's key is 32 bytes or 64 hexadecimal digits; this one has " +
                    std::to_string(text.size()) + " bytes");
  }
  return TownKey(Secret(std::move(key)));
}

TownKey TownKey::from_environment(const char* variable) {
  const char* text = std::getenv(variable);
  if (!text) throw SealError(std::string("the environment has no ") + variable + " with the town's key");
  return from_text(text);
}

TownKey TownKey::load(const std::filesystem::path& file) {
  const File opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open()) key_file_failed(file, "opened");
  struct stat about{};
  if (::fstat(opened.number(), &about) != 0) key_file_failed(file, "looked at");
  if (!S_ISREG(about.st_mode)) key_file_trouble(file, "is not a file");
  if ((about.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
    key_file_trouble(file, "can be read by others or written by its group; say: chmod 600 " + file.string());
  }
  auto text = read_some(opened, file);
  try {
    auto key = from_text(text);
    wipe(text);
    return key;
  } catch (const SealError& error) {
    key_file_trouble(file, std::string("cannot be used: ") + error.what());
  }
}

TownKey TownKey::random(Entropy& entropy) {
  return TownKey(Secret(random_bytes(entropy, SealingKey::bytes)));
}

TownKey TownKey::create(const std::filesystem::path& file, Entropy& entropy) {
  auto made = random(entropy);
  // Under its name it is whole or not there at all.
  auto half = file;
  half += ".part";
  ::unlink(half.c_str());
  {
    const File opened(::open(half.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!opened.is_open()) key_file_failed(file, "created");
    auto text = to_hex(made.key_.reveal()) + "\n";
    write_all(opened, text, file);
    wipe(text);
    if (::fsync(opened.number()) != 0) key_file_failed(file, "written");
  }
  const bool linked = ::link(half.c_str(), file.c_str()) == 0;  // never over what is there
  const int why = errno;
  ::unlink(half.c_str());
  errno = why;
  if (!linked) key_file_failed(file, "created");
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const File opened_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened_folder.is_open() || ::fsync(opened_folder.number()) != 0) key_file_failed(file, "written");
  return made;
}

SealingKey TownKey::sealing_key_of_before() const {
  return {Secret(hkdf_sha256(key_.reveal(), "doorstep", "seal", SealingKey::bytes)), id()};
}

}  // namespace doorstep
