// Files of a town (photos of papers, audio, made PDFs): sealed, named by what is in them, behind one door.
//
//   auto address = store.put(bytes, "image/jpeg");   // before the command, not on an io thread
//   files::keep(tx, address);                        // in the command that refers to it
//
// Rules
//   The address is a keyed hash of content and media type: the same file is stored once, and who sees
//   addresses but has
//     no key cannot tell what is in a file, nor that two towns have the same one.
//   Stored in parts of part_bytes, each sealed and bound to the address, its number and their count: parts
//   cannot be
//     swapped, and a changed or missing one is a FileError that names the address.
//   What no command keeps is collected a day after it was last put. What is kept stays.
//   A file is complete or not there: half-written ones are never seen.
//   Back-up: first the database, then copy_all_to: what the database's copy refers to is never removed in
//   between.
// Where it stands: a folder beside SQLite's file, or the table file_chunks on PostgreSQL.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"

namespace doorstep {

// The content of a file is gone or was changed, or the disk failed.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct FileAddress {
  std::string text;  // 64 lower-case hexadecimal digits

  auto operator<=>(const FileAddress&) const = default;
};

std::optional<FileAddress> parse_file_address(std::string_view text);

namespace files {

inline constexpr std::size_t part_bytes = 256 * 1024;
inline constexpr std::size_t file_bytes_max = 32 * 1024 * 1024;
inline constexpr std::size_t media_type_bytes_max = 100;
inline constexpr Microseconds orphans_kept_for = std::chrono::days{1};
inline constexpr int collect_max = 100;                              // files by one command,
inline constexpr std::int64_t collect_bytes_max = 64 * 1024 * 1024;  // but no more than these bytes
static_assert(collect_bytes_max >= static_cast<std::int64_t>(file_bytes_max));

struct FileInfo {
  std::int64_t size = 0;
  std::string media_type;
};

// Marks the file as referred to; it is not collected any more. Throws Problem no_such_file. One statement.
void keep(Transaction& tx, const FileAddress& address);
// Takes that back: the file goes, unless it is put or kept again within the day. Only for a kind of file that
// one room alone keeps, by a media type of its own, and once nothing of the room refers to it. One statement.
void release(Transaction& tx, const FileAddress& address, Instant at);
// Nothing when there is no such file. One statement.
std::optional<FileInfo> find(Snapshot& snapshot, const FileAddress& address);

struct KeptFile {
  FileAddress address;
  FileInfo info;
};
// In the order of their addresses, after the given one. One statement.
std::vector<KeptFile> kept_after(Snapshot& snapshot, const FileAddress& after, int limit);

}  // namespace files

class FileShelf;

// A file being read, part by part.
class FileReader {
 public:
  std::int64_t size() const { return size_; }
  const std::string& media_type() const { return media_type_; }
  int parts() const;
  // Part 0 … parts() - 1: files::part_bytes each but the last.
  std::vector<unsigned char> part(int number) const;

 private:
  friend class FileStore;
  FileReader(FileShelf& shelf, const KeyRing& keys, FileAddress address, files::FileInfo info);

  FileShelf* shelf_;
  const KeyRing* keys_;
  FileAddress address_;
  std::int64_t size_;
  std::string media_type_;
};

// All members wait for the store or the disk: never on an io
// thread, never in a command. Safe from several threads.
class FileStore {
 public:
  // `folder` is made when it is not there.
  static std::unique_ptr<FileStore> in_folder(Journal& journal, const std::filesystem::path& folder);
  static std::unique_ptr<FileStore> in_table(Journal& journal);
  ~FileStore();
  FileStore(const FileStore&) = delete;
  FileStore& operator=(const FileStore&) = delete;

  // Durable when it returns. Throws Problem body_too_large past file_bytes_max.
  FileAddress put(std::span<const unsigned char> bytes, std::string_view media_type);

  // Throw FileError when there is no such file, or its content is broken.
  FileReader open(const FileAddress& address);
  std::vector<unsigned char> read(const FileAddress& address);

  // Removes what nobody kept in time; returns how many files. May be called by several processes of a town.
  int collect_orphans();

  // Copies every kept file, sealed as it is, to `folder`, in the form of in_folder; what is there already
  // stays. Each is opened on the way, so that damage is found while an older copy may still exist. Copies all
  // that it can, then throws FileError naming what it could not. Returns how many were copied.
  int copy_all_to(const std::filesystem::path& folder);

 private:
  FileStore(Journal& journal, std::unique_ptr<FileShelf> shelf);

  std::vector<FileAddress> withdraw_orphans();

  Journal& journal_;
  std::unique_ptr<FileShelf> shelf_;
};

}  // namespace doorstep
