#include "base/sealed.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ensure.hpp"
#include "base/utf8.hpp"

namespace doorstep {
namespace {

// The one place that names the cipher. Another one joins with
// the next number; what is stored says which it was.
struct Suite {
  std::uint8_t number;
  const char* name;
  std::size_t nonce_bytes;
  std::size_t tag_bytes;
};
constexpr Suite suite{.number = 1, .name = "AES-256-GCM", .nonce_bytes = 12, .tag_bytes = 16};

constexpr std::size_t header_bytes = 1 + TownKey::id_bytes + suite.nonce_bytes;
constexpr std::size_t plain_bytes_max = std::size_t{64} * 1024 * 1024;

const EVP_CIPHER* cipher() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> fetched{
      EVP_CIPHER_fetch(nullptr, suite.name, nullptr), &EVP_CIPHER_free};
  if (!fetched) throw SealError(std::string("OpenSSL has no ") + suite.name);
  return fetched.get();
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void must(int result) {
  if (result != 1) throw SealError("OpenSSL could not seal a value");
}

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out(std::string& text, std::size_t at) {
  return reinterpret_cast<unsigned char*>(text.data() + at);
}
int count(std::size_t bytes) { return static_cast<int>(bytes); }

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

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Empty when it is not 64 hexadecimal digits.
std::string from_hex(std::string_view hex) {
  std::string bytes;
  if (hex.size() != TownKey::bytes * 2) return bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = hex_value(hex[i]);
    const auto low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
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

TownKey::TownKey(std::string_view key)
    : key_(std::string(key)),
      seal_key_(derive("seal")),
      id_(to_hex(derive("key id").reveal().substr(0, id_bytes))) {}

TownKey TownKey::from_text(std::string_view text) {
  if (text.size() == bytes) return TownKey(text);
  auto key = valid_utf8(text) ? from_hex(trimmed(text)) : std::string{};
  if (key.size() != bytes) {
    throw SealError("a town's key is 32 bytes or 64 hexadecimal digits; this one has " +
                    std::to_string(text.size()) + " bytes");
  }
  TownKey made(key);
  wipe(key);
  return made;
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
  auto key = random_bytes(entropy, bytes);
  TownKey made(key);
  wipe(key);
  return made;
}

TownKey TownKey::create(const std::filesystem::path& file, Entropy& entropy) {
  auto made = random(entropy);
  const File opened(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!opened.is_open()) key_file_failed(file, "created");
  auto text = to_hex(made.key_.reveal()) + "\n";
  write_all(opened, text, file);
  wipe(text);
  if (::fsync(opened.number()) != 0) key_file_failed(file, "written");
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const File opened_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened_folder.is_open() || ::fsync(opened_folder.number()) != 0) key_file_failed(file, "written");
  return made;
}

std::string TownKey::id() const { return id_; }

Secret TownKey::derive(std::string_view purpose) const {
  return Secret(hkdf_sha256(key_.reveal(), "doorstep", purpose, bytes));
}

std::string TownKey::keyed_hash(std::string_view purpose, std::string_view text) const {
  return to_base64url(hmac_sha256(derive("hash " + std::string(purpose)).reveal(), text));
}

std::string bound_text(const SealContext& context) {
  std::string bound(context.table);
  bound += '\0';  // names have no zeros, so nothing else spells the same
  bound += context.column;
  bound += '\0';
  bound += std::to_string(context.row);
  return bound;
}

std::string seal_bytes(const TownKey& key, std::string_view plain, std::string_view bound, Entropy& entropy) {
  ensure(plain.size() <= plain_bytes_max, "what is sealed in a table is small");
  std::string stored(1, static_cast<char>(suite.number));
  for (std::size_t i = 0; i < key.id_.size(); i += 2) {
    stored += static_cast<char>(hex_value(key.id_[i]) * 16 + hex_value(key.id_[i + 1]));
  }
  stored += random_bytes(entropy, suite.nonce_bytes);
  stored.resize(header_bytes + plain.size() + suite.tag_bytes);

  const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  const auto header = std::string_view(stored).substr(0, header_bytes);
  int done = 0;
  must(context ? 1 : 0);
  must(EVP_EncryptInit_ex2(context.get(), cipher(), in(key.seal_key_.reveal()),
                           in(header.substr(header_bytes - suite.nonce_bytes)), nullptr));
  must(EVP_EncryptUpdate(context.get(), nullptr, &done, in(header), count(header.size())));
  must(EVP_EncryptUpdate(context.get(), nullptr, &done, in(bound), count(bound.size())));
  must(EVP_EncryptUpdate(context.get(), out(stored, header_bytes), &done, in(plain), count(plain.size())));
  must(EVP_EncryptFinal_ex(context.get(), out(stored, header_bytes + plain.size()), &done));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, count(suite.tag_bytes),
                           out(stored, header_bytes + plain.size())));
  return stored;
}

std::string open_bytes(const TownKey& key, std::string_view stored, std::string_view bound) {
  if (stored.size() < header_bytes + suite.tag_bytes || stored.size() > plain_bytes_max + 64) {
    throw SealError("a sealed value is cut short, or was never sealed");
  }
  if (static_cast<std::uint8_t>(stored.front()) != suite.number) {
    throw SealError("a sealed value needs a newer program: its cipher is not known here");
  }
  const auto key_id = to_hex(stored.substr(1, TownKey::id_bytes));
  if (key_id != key.id_) {
    throw SealError("a sealed value was sealed with the key " + key_id + ", and this is " + key.id_);
  }
  const auto header = stored.substr(0, header_bytes);
  const auto body = stored.substr(header_bytes, stored.size() - header_bytes - suite.tag_bytes);
  std::string tag(stored.substr(stored.size() - suite.tag_bytes));
  std::string plain(body.size() + 1, '\0');  // never empty, so that there is somewhere to write

  const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int done = 0;
  must(context ? 1 : 0);
  must(EVP_DecryptInit_ex2(context.get(), cipher(), in(key.seal_key_.reveal()),
                           in(header.substr(header_bytes - suite.nonce_bytes)), nullptr));
  must(EVP_DecryptUpdate(context.get(), nullptr, &done, in(header), count(header.size())));
  must(EVP_DecryptUpdate(context.get(), nullptr, &done, in(bound), count(bound.size())));
  must(EVP_DecryptUpdate(context.get(), out(plain, 0), &done, in(body), count(body.size())));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, count(suite.tag_bytes), out(tag, 0)));
  if (EVP_DecryptFinal_ex(context.get(), out(plain, body.size()), &done) != 1) {
    wipe(plain);
    throw SealError("a sealed value was changed, or stands in another place than it was sealed for");
  }
  plain.resize(body.size());
  return plain;
}

}  // namespace doorstep
