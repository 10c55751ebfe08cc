// A disk that fails where SQLite meets it: in the calls that write and sync the file's log.
#include <atomic>
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

std::atomic<int> write_code{SQLITE_OK};  // what writing to the log returns
std::atomic<int> sync_code{SQLITE_OK};   // what syncing it returns

sqlite3_vfs* real_disk = nullptr;
sqlite3_io_methods real_log;
sqlite3_io_methods failing_log;

int write_log(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  const int code = write_code;
  return code == SQLITE_OK ? real_log.xWrite(file, data, size, at) : code;
}

int sync_log(sqlite3_file* file, int flags) {
  const int code = sync_code;
  return code == SQLITE_OK ? real_log.xSync(file, flags) : code;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  const int code = real_disk->xOpen(real_disk, name, file, flags, flags_out);
  if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
    real_log = failing_log = *file->pMethods;
    failing_log.xWrite = write_log;
    failing_log.xSync = sync_log;
    file->pMethods = &failing_log;
  }
  return code;
}

class DiskTest : public StoreTest {
 public:
  DiskTest() {
    store.reset();
    real_disk = sqlite3_vfs_find(nullptr);
    failing_ = *real_disk;
    failing_.zName = "failing";
    failing_.xOpen = open_file;
    sqlite3_vfs_register(&failing_, 1);
    auto options = town.options();
    options.fatal = [this](const std::string&) { ++fatal; };
    store = open_store(options);
    make({"create table t (id ID primary key, text TEXT not null)"});
  }
  ~DiskTest() override {
    write_code = sync_code = SQLITE_OK;
    store.reset();
    sqlite3_vfs_register(real_disk, 1);
    sqlite3_vfs_unregister(&failing_);
  }

 protected:
  void insert(std::int64_t id) {
    store->write_now([id](Sql& sql) { sql.run("insert into t (id, text) values (:id, 'x')", {{"id", id}}); });
  }

  std::atomic<int> fatal{0};

 private:
  sqlite3_vfs failing_{};
};

TEST_P(DiskTest, full_at_the_commit_refuses_and_recovers) {
  insert(1);
  write_code = SQLITE_FULL;
  EXPECT_THROW(insert(2), StorageError);
  EXPECT_THROW(insert(3), StorageError);
  EXPECT_EQ(fatal, 0);
  EXPECT_EQ(count("t"), 1);
  write_code = SQLITE_OK;
  EXPECT_NO_THROW(insert(2));
  EXPECT_EQ(count("t"), 2);
  store = town.open();
  EXPECT_EQ(count("t"), 2);
}

TEST_P(DiskTest, that_does_not_sync_ends_the_process) {
  insert(1);
  sync_code = SQLITE_IOERR_FSYNC;
  EXPECT_THROW(insert(2), StorageError);
  EXPECT_EQ(fatal, 1);
  sync_code = SQLITE_OK;
  insert(3);
  store.reset();
  store = town.open();
  EXPECT_GE(count("t"), 2);
}

TEST_P(DiskTest, that_does_not_write_ends_the_process) {
  insert(1);
  write_code = SQLITE_IOERR_WRITE;
  EXPECT_THROW(insert(2), StorageError);
  EXPECT_EQ(fatal, 1);
}

INSTANTIATE_TEST_SUITE_P(Places, DiskTest, ::testing::Values(Place::file), place_name);

}  // namespace
}  // namespace doorstep::storage
