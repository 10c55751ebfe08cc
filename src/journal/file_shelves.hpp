// Where the sealed parts of files stand: a folder or a table. Only for files.cpp; knows nothing of keys.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/function_ref.hpp"
#include "journal/files.hpp"

namespace doorstep {

// What a file measures before it is sealed. Sealing adds the same to each part.
struct FileSize {
  std::int64_t bytes = 0;

  // An empty file has one part, too: so it is as hard to forge as any other.
  int parts() const;
  std::size_t bytes_before(int part) const { return static_cast<std::size_t>(part) * files::part_bytes; }
  std::size_t bytes_of(int part) const;
};

class FileShelf {
 public:
  // Released when it goes.
  class Lock {
   public:
    virtual ~Lock() = default;
  };
  enum class Sharing { putting, removing };  // any number may put at a time; who removes is alone

  virtual ~FileShelf() = default;

  virtual std::unique_ptr<Lock> lock(Sharing sharing) = 0;
  virtual bool has(const FileAddress& address, FileSize size) = 0;
  // Durable when it returns, and not seen by has and read before. `part` makes the parts, in order.
  virtual void write(const FileAddress& address, FileSize size, FunctionRef<std::string(int)> part) = 0;
  // Throws FileError when the part is not there. Whether it is whole shows when it is opened.
  virtual std::string read(const FileAddress& address, FileSize size, int part) = 0;
  // The two halves of removing: outside a command, and in the one that removes the file's row.
  virtual void remove(const FileAddress& address) = 0;
  virtual void remove(Transaction& tx, const FileAddress& address) = 0;
  // Removes what a crash left half-written. Only under the lock for removing: then nobody is writing.
  virtual void sweep() = 0;
};

std::unique_ptr<FileShelf> folder_shelf(const std::filesystem::path& folder);
std::unique_ptr<FileShelf> table_shelf(Journal& journal);

}  // namespace doorstep
