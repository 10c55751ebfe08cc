// A new file that only its owner may read, for what is open to whoever has it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace doorstep::app {

// Throw std::filesystem::filesystem_error, naming the file.
class PrivateFile {
 public:
  // What is there is never written over.
  explicit PrivateFile(std::filesystem::path path);
  ~PrivateFile();
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;

  void write(std::string_view bytes);
  void finish();  // all of it is on the disk

 private:
  void flush();

  std::filesystem::path path_;
  std::string waiting_;
  int descriptor_;
};

// With the folders above it where they are missing.
void make_private_folder(const std::filesystem::path& folder);

}  // namespace doorstep::app
