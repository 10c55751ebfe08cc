#include "journal/file_shelves.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/bytes.hpp"

namespace doorstep {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t overhead_max = 256;  // a part's header and tag, of any cipher to come

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
  throw FileError{what + " " + path.string() + ": " + std::generic_category().message(errno)};
}

[[noreturn]] void missing(const FileAddress& address, int part) {
  throw FileError{"file " + address.text + ": part " + std::to_string(part) + " is missing or cut short"};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

void sync_folder(const fs::path& folder) {
  const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!descriptor.valid() || ::fsync(descriptor.get()) != 0) fail("cannot sync", folder);
}

void make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) {
    sync_folder(folder.parent_path());
  } else if (errno != EEXIST) {
    fail("cannot make", folder);
  }
}

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto wrote = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno != EINTR) fail("cannot write", path);
    if (wrote > 0) done += static_cast<std::size_t>(wrote);
  }
}

// FOLDER/ab/abcdef… holds a file's parts, one after another. FOLDER/new holds what is being written.
class FolderShelf : public FileShelf {
 public:
  explicit FolderShelf(const fs::path& folder) : folder_(fs::absolute(folder)), new_(folder_ / "new") {
    fs::create_directories(folder_.parent_path());
    make_folder(folder_);
    make_folder(new_);
  }

  // Between processes, too: a tool may run beside the server.
  std::unique_ptr<Lock> lock(Sharing sharing) override {
    class Held : public Lock {
     public:
      explicit Held(int fd) : descriptor(fd) {}
      Descriptor descriptor;
    };
    const auto path = folder_ / "lock";
    auto held = std::make_unique<Held>(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!held->descriptor.valid()) fail("cannot open", path);
    while (::flock(held->descriptor.get(), sharing == Sharing::putting ? LOCK_SH : LOCK_EX) != 0) {
      if (errno != EINTR) fail("cannot lock", path);
    }
    return held;
  }

  bool has(const FileAddress& address, FileSize size) override {
    const Descriptor descriptor{::open(path_of(address).c_str(), O_RDONLY | O_CLOEXEC)};
    return descriptor.valid() && overhead(descriptor.get(), size).has_value();
  }

  void write(const FileAddress& address, FileSize size, FunctionRef<std::string(int)> part) override {
    auto name = (new_ / "part-XXXXXX").string();
    const Descriptor descriptor{::mkostemp(name.data(), O_CLOEXEC)};
    if (!descriptor.valid()) fail("cannot make a file in", new_);
    try {
      for (int i = 0; i < size.parts(); ++i) write_all(descriptor.get(), part(i), name);
      if (::fsync(descriptor.get()) != 0) fail("cannot sync", name);
      const auto path = path_of(address);
      make_folder(path.parent_path());
      if (::rename(name.c_str(), path.c_str()) != 0) fail("cannot rename to", path);
      sync_folder(path.parent_path());
    } catch (...) {
      ::unlink(name.c_str());
      throw;
    }
  }

  std::string read(const FileAddress& address, FileSize size, int part) override {
    const Descriptor descriptor{::open(path_of(address).c_str(), O_RDONLY | O_CLOEXEC)};
    if (!descriptor.valid()) missing(address, part);
    const auto added = overhead(descriptor.get(), size);
    if (!added) missing(address, part);
    std::string bytes(size.bytes_of(part) + *added, '\0');
    const auto start = size.bytes_before(part) + static_cast<std::size_t>(part) * *added;
    for (std::size_t done = 0; done < bytes.size();) {
      const auto got = ::pread(descriptor.get(), bytes.data() + done, bytes.size() - done,
                               static_cast<off_t>(start + done));
      if (got < 0 && errno != EINTR) fail("cannot read file " + address.text + " in", folder_);
      if (got == 0) missing(address, part);
      if (got > 0) done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

  void remove(const FileAddress& address) override {
    const auto path = path_of(address);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("cannot remove", path);
  }

  void remove(Transaction&, const FileAddress&) override {}

  void sweep() override {
    for (const auto& entry : fs::directory_iterator{new_}) ::unlink(entry.path().c_str());
  }

 private:
  // What sealing added to each part, told by the file's length; nothing when it cannot be right.
  static std::optional<std::size_t> overhead(int fd, FileSize size) {
    struct stat found{};
    if (::fstat(fd, &found) != 0 || found.st_size < size.bytes) return std::nullopt;
    const auto added = static_cast<std::size_t>(found.st_size - size.bytes);
    const auto parts = static_cast<std::size_t>(size.parts());
    if (added % parts != 0 || added / parts > overhead_max) return std::nullopt;
    return added / parts;
  }

  fs::path path_of(const FileAddress& address) const {
    return folder_ / address.text.substr(0, 2) / address.text;
  }

  fs::path folder_;
  fs::path new_;
};

struct SealedRow {
  storage::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (sealed))

// The table's parts and the row in `files` go in one command, so no lock is needed.
class TableShelf : public FileShelf {
 public:
  explicit TableShelf(Journal& journal) : journal_(journal) {}

  std::unique_ptr<Lock> lock(Sharing) override { return nullptr; }

  bool has(const FileAddress& address, FileSize size) override {
    int parts = 0;
    journal_.read_now([&](Snapshot& snapshot, Instant) {
      parts = snapshot.value<int>("select count(*) from file_chunks where address = :address",
                                  {{"address", address.text}});
    });
    return parts == size.parts();
  }

  // A command a part: a large file in one would hold up the town's writer.
  void write(const FileAddress& address, FileSize size, FunctionRef<std::string(int)> part) override {
    for (int i = 0; i < size.parts(); ++i) {
      const auto sealed = part(i);
      journal_.write_now([&](Transaction& tx, Instant) {
        tx.run(
            "insert into file_chunks (address, part, sealed) values (:address, :part, :sealed)"
            " on conflict (address, part) do nothing",
            {{"address", address.text}, {"part", i}, {"sealed", as_column(sealed)}});
      });
    }
  }

  std::string read(const FileAddress& address, FileSize, int part) override {
    std::optional<SealedRow> row;
    journal_.read_now([&](Snapshot& snapshot, Instant) {
      row = snapshot.maybe<SealedRow>(
          "select sealed from file_chunks where address = :address and part = :part",
          {{"address", address.text}, {"part", part}});
    });
    if (!row) missing(address, part);
    return std::string{as_text(row->sealed)};
  }

  void remove(const FileAddress&) override {}

  void remove(Transaction& tx, const FileAddress& address) override {
    tx.run("delete from file_chunks where address = :address", {{"address", address.text}});
  }

  void sweep() override {}

 private:
  Journal& journal_;
};

}  // namespace

int FileSize::parts() const {
  constexpr auto part = static_cast<std::int64_t>(files::part_bytes);
  return static_cast<int>(std::max<std::int64_t>(1, (bytes + part - 1) / part));
}

std::size_t FileSize::bytes_of(int part) const {
  return part + 1 < parts() ? files::part_bytes : static_cast<std::size_t>(bytes) - bytes_before(part);
}

std::unique_ptr<FileShelf> folder_shelf(const fs::path& folder) {
  return std::make_unique<FolderShelf>(folder);
}

std::unique_ptr<FileShelf> table_shelf(Journal& journal) { return std::make_unique<TableShelf>(journal); }

}  // namespace doorstep
