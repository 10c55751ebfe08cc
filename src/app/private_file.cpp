#include "app/private_file.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t buffered_bytes = 64 * 1024;

[[noreturn]] void fail(const char* what, const fs::path& path) {
  throw fs::filesystem_error{what, path, {errno, std::generic_category()}};
}

}  // namespace

PrivateFile::PrivateFile(fs::path path)
    : path_(std::move(path)),
      descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) fail("cannot make the file", path_);
}

PrivateFile::~PrivateFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void PrivateFile::write(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() >= buffered_bytes) flush();
}

void PrivateFile::flush() {
  for (std::size_t done = 0; done < waiting_.size();) {
    const auto wrote = ::write(descriptor_, waiting_.data() + done, waiting_.size() - done);
    if (wrote < 0 && errno != EINTR) fail("cannot write", path_);
    if (wrote > 0) done += static_cast<std::size_t>(wrote);
  }
  waiting_.clear();
}

void PrivateFile::finish() {
  flush();
  if (::fsync(descriptor_) != 0) fail("cannot write", path_);
}

void make_private_folder(const fs::path& folder) {
  const auto above = fs::absolute(folder).parent_path();
  fs::create_directories(above);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make the folder", folder);
  fs::permissions(folder, fs::perms::owner_all);
}

}  // namespace doorstep::app
