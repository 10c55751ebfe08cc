// One connection to a SQLite file and the Sql over it. Used by one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/fault.hpp"
#include "storage/session.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace doorstep::storage {

struct CloseSqlite {
  void operator()(sqlite3* handle) const;
  void operator()(sqlite3_stmt* statement) const;
};

// No room on the disk: surely nothing was saved, so the town lives on and works again when there is room.
class DiskFull : public StorageError {
 public:
  using StorageError::StorageError;
};

class SqliteConnection {
 public:
  enum class Use { write, read };

  // Opens the file (writers make it, readable by its owner alone) or ":memory:". Throws StorageError with
  // what to do.
  SqliteConnection(std::string path, Use use);

  // Transaction control and the like; the text must be a literal, for its prepared form is kept by address.
  void control(const char* statement);
  // The same, for once, with no complaint.
  void attempt(const char* statement) noexcept;

  // Between `begin` and `commit`; false too when the engine ended the transaction by itself.
  bool in_transaction() const;
  void expect_transaction(bool expected) { expected_ = expected; }

  // Pages in the write-ahead log after the last commit here.
  int wal_pages() const { return wal_pages_; }
  // Copies what it can from the log into the file, without waiting for anyone.
  void checkpoint();

  void set_faults(FaultHook* faults) { faults_ = faults; }
  sqlite3* handle() const { return handle_.get(); }
  const std::string& path() const { return path_; }

  // Throws the exception for a code of SQLite, knowing whether the transaction is gone.
  [[noreturn]] void fail(int code, std::string_view where) const;

 private:
  friend class SqliteSession;
  friend class StatementUse;

  struct Prepared {
    Parsed parsed;
    std::unique_ptr<sqlite3_stmt, CloseSqlite> statement;
    bool busy = false;
  };

  void open(Use use);
  void set_up(Use use);
  std::unique_ptr<sqlite3_stmt, CloseSqlite> compile(std::string_view text, bool keep);
  std::shared_ptr<Prepared> prepare(std::string_view statement, std::span<const Bind> binds);
  void inject(Fault fault, std::string_view where);

  std::string path_;
  std::unique_ptr<sqlite3, CloseSqlite> handle_;
  std::unordered_map<std::string, std::shared_ptr<Prepared>> prepared_;
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, CloseSqlite>> controls_;
  std::string key_;
  SteadyTime deadline_ = SteadyTime::max();
  int wal_pages_ = 0;
  bool expected_ = false;
  FaultHook* faults_ = nullptr;
};

class SqliteSession : public Session {
 public:
  explicit SqliteSession(SqliteConnection& connection) : connection_(connection) {}
  Engine engine() const override { return Engine::sqlite; }

 private:
  std::int64_t execute(std::string_view statement, std::span<const Bind> binds,
                       FunctionRef<void(Rows&)>* each) override;

  SqliteConnection& connection_;
};

}  // namespace doorstep::storage
