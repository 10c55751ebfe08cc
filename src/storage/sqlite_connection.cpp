#include "storage/sqlite_connection.hpp"

#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace doorstep::storage {
namespace {

// A page of statements is plenty; more means texts made at run time, which must not fill the memory.
constexpr std::size_t prepared_max = 1'000;
// Another process may hold the file for as long as a batch takes.
constexpr int busy_milliseconds = 5'000;
// How many steps of SQLite's machine run between two looks at the clock: some tens of microseconds.
constexpr int progress_steps = 1'000;
// What is left of the log after it was full once.
constexpr const char* wal_kept = "pragma journal_size_limit = 16777216";

// The file is there before SQLite opens it, so that nobody else can read it (the log takes its mode from it).
void make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw StorageError("can't open or make " + path + ": " + std::strerror(errno));
  ::close(file);
}

}  // namespace

void CloseSqlite::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void CloseSqlite::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteConnection::SqliteConnection(std::string path, Use use) : path_(std::move(path)) {
  open(use);
  set_up(use);
}

void SqliteConnection::open(Use use) {
  if (use == Use::write && path_ != ":memory:") make_private_file(path_);
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(path_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(code, "open");
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_milliseconds);
  // "x" is a name and never a text, as on PostgreSQL.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_progress_handler(
      handle, progress_steps,
      [](void* self) -> int {
        const auto deadline = static_cast<SqliteConnection*>(self)->deadline_;
        return deadline != SteadyTime::max() && std::chrono::steady_clock::now() > deadline;
      },
      this);
}

void SqliteConnection::set_up(Use use) {
  // Turning on WAL takes the file for itself and does not wait
  // by itself when several processes start at once.
  for (int tries = 0;; ++tries) {
    const int code = sqlite3_exec(handle(), "pragma journal_mode = wal", nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) break;
    if ((code & 0xFF) != SQLITE_BUSY || tries == busy_milliseconds / 10) fail(code, "journal_mode");
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  control("pragma synchronous = full");
  control("pragma foreign_keys = on");
  control("pragma temp_store = memory");
  control("pragma cell_size_check = on");
  control("pragma case_sensitive_like = on");  // as on PostgreSQL
  control("pragma cache_size = -16384");       // KiB
  control(wal_kept);
  control("pragma wal_autocheckpoint = 0");  // the store has a thread for it
  if (use == Use::read && path_ != ":memory:") control("pragma query_only = on");
  sqlite3_wal_hook(
      handle(),
      [](void* self, sqlite3*, const char*, int pages) -> int {
        static_cast<SqliteConnection*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
      },
      this);
  // The first look at the pages: a file that is no database, or
  // was cut short, is found out here and not by a resident.
  control("select count(*) from sqlite_schema");
}

void SqliteConnection::fail(int code, std::string_view where) const {
  const bool lost = expected_ && !in_transaction();
  const char* said = handle_ ? sqlite3_errmsg(handle()) : sqlite3_errstr(code);
  std::string text =
      path_ + ": " + said + " (" + std::to_string(code) + ") at: " + std::string{where.substr(0, 500)};
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT: throw ConstraintError(text, lost);
    case SQLITE_INTERRUPT: throw BudgetError("past the budget of time: " + text, lost);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw StorageError(
          text +
              ". The file is no database or is damaged: stop the service, keep the file and its "
              "-wal for inspection, and restore the newest back-up",
          lost);
    case SQLITE_CANTOPEN:
      throw StorageError(text + ". Is the folder there, and may this user write in it?", lost);
    case SQLITE_FULL: throw DiskFull(text + ". Nothing was saved; make room on the disk", lost);
    default: throw StorageError(text, lost);
  }
}

void SqliteConnection::inject(Fault fault, std::string_view where) {
  if (fault == Fault::statement) throw StorageError("fault (full) at: " + std::string{where});
  attempt("rollback");
  throw StorageError("fault (I/O error) at: " + std::string{where}, true);
}

std::unique_ptr<sqlite3_stmt, CloseSqlite> SqliteConnection::compile(std::string_view text, bool keep) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle(), text.data(), static_cast<int>(text.size()),
                                      keep ? SQLITE_PREPARE_PERSISTENT : 0, &statement, nullptr);
  std::unique_ptr<sqlite3_stmt, CloseSqlite> made{statement};
  // A statement that doesn't compile is a bug, not a broken engine.
  if (code == SQLITE_ERROR) throw std::logic_error(sqlite3_errmsg(handle()) + (" at: " + std::string{text}));
  if (code != SQLITE_OK) fail(code, text);
  return made;
}

void SqliteConnection::control(const char* text) {
  auto& statement = controls_[text];
  if (!statement) statement = compile(text, true);
  const bool hit = faults_ && faults_->hits();
  if (hit && faults_->fault() != Fault::answer) inject(faults_->fault(), text);
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement.get());
  sqlite3_reset(statement.get());
  if (code != SQLITE_DONE) fail(code, text);
  if (hit) inject(Fault::answer, text);
}

void SqliteConnection::attempt(const char* statement) noexcept {
  sqlite3_exec(handle(), statement, nullptr, nullptr, nullptr);
}

bool SqliteConnection::in_transaction() const { return handle_ && sqlite3_get_autocommit(handle()) == 0; }

void SqliteConnection::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  const int kind = code & 0xFF;
  if (kind != SQLITE_OK && kind != SQLITE_BUSY && kind != SQLITE_LOCKED) fail(code, "checkpoint");
}

std::shared_ptr<SqliteConnection::Prepared> SqliteConnection::prepare(std::string_view statement,
                                                                      std::span<const Bind> binds) {
  key_.assign(statement);
  append_shape(key_, binds);
  const auto known = prepared_.find(key_);
  if (known != prepared_.end() && !known->second->busy) return known->second;
  auto made = std::make_shared<Prepared>();
  made->parsed = parse(statement, Engine::sqlite, binds);
  made->statement = compile(made->parsed.text, true);
  if (known == prepared_.end()) {  // else a query runs within itself, and this form serves once
    if (prepared_.size() >= prepared_max) prepared_.clear();
    prepared_.emplace(key_, made);
  }
  return made;
}

namespace {

class SqliteRows : public Rows {
 public:
  explicit SqliteRows(sqlite3_stmt* statement) : statement_(statement) {}

  int columns() const override { return sqlite3_column_count(statement_); }
  std::string_view name(int column) const override { return sqlite3_column_name(statement_, column); }
  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    expect(column, type(column) == SQLITE_INTEGER, "is no integer");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    expect(column, type(column) == SQLITE_FLOAT || type(column) == SQLITE_INTEGER, "is no number");
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    expect(column, type(column) == SQLITE_TEXT, "is no text");
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  BytesView bytes(int column) const override {
    expect(column, type(column) == SQLITE_BLOB, "is no bytes");
    const auto* data = static_cast<const unsigned char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= columns()) throw std::logic_error("no such column");
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, bool is, std::string_view why) const {
    if (!is) detail::bad_column(*this, column, why);
  }

  sqlite3_stmt* statement_;
};

struct BindOne {
  sqlite3_stmt* statement;
  int at;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, at, value); }
  int operator()(std::string_view value) const {
    const char* data = value.data() ? value.data() : "";  // a null pointer would bind null
    return sqlite3_bind_text64(statement, at, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(const std::string& value) const { return (*this)(std::string_view{value}); }
  int operator()(BytesView value) const {
    const void* data = value.data ? static_cast<const void*>(value.data) : "";
    return sqlite3_bind_blob64(statement, at, data, value.size, SQLITE_STATIC);
  }
};

}  // namespace

// A prepared statement while it runs: whatever happens, it is reset and holds nobody's memory afterwards.
class StatementUse {
 public:
  StatementUse(SqliteConnection& connection, std::shared_ptr<SqliteConnection::Prepared> prepared,
               SteadyTime deadline)
      : connection_(connection), prepared_(std::move(prepared)), outer_deadline_(connection.deadline_) {
    prepared_->busy = true;
    connection_.deadline_ = deadline;
  }
  ~StatementUse() {
    sqlite3_reset(statement());
    sqlite3_clear_bindings(statement());
    prepared_->busy = false;
    connection_.deadline_ = outer_deadline_;
  }
  StatementUse(const StatementUse&) = delete;
  StatementUse& operator=(const StatementUse&) = delete;

  sqlite3_stmt* statement() const { return prepared_->statement.get(); }

  void bind(std::span<const Bind> binds) const {
    const auto& parsed = prepared_->parsed;
    for (std::size_t i = 0; i < parsed.parameters.size(); ++i) {
      const auto& parameter = parsed.parameters[i];
      const auto& value = bind_for(parsed, i, binds);
      for (std::size_t k = 0; k < parameter.count; ++k) {
        const auto& one = parameter.list ? list_item(value, k) : value;
        const int code = std::visit(BindOne{statement(), static_cast<int>(parameter.first + k)}, one.value);
        if (code != SQLITE_OK) connection_.fail(code, parsed.text);
      }
    }
  }

 private:
  SqliteConnection& connection_;
  std::shared_ptr<SqliteConnection::Prepared> prepared_;
  SteadyTime outer_deadline_;
};

std::int64_t SqliteSession::execute(std::string_view statement, std::span<const Bind> binds,
                                    FunctionRef<void(Rows&)>* each) {
  const auto prepared = connection_.prepare(statement, binds);
  const auto verb = prepared->parsed.verb;
  check(verb, statement);
  auto* faults = connection_.faults_;
  const bool hit = faults && faults->hits();
  if (hit && faults->fault() != Fault::answer) connection_.inject(faults->fault(), statement);

  const StatementUse use{connection_, prepared, deadline()};
  use.bind(binds);
  SqliteRows rows{use.statement()};
  std::int64_t read = 0;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(use.statement())) == SQLITE_ROW) {
    ++read;
    count_rows(1);
    if (each) (*each)(rows);
  }
  if (code != SQLITE_DONE) connection_.fail(code, statement);
  if (hit) connection_.inject(Fault::answer, statement);
  if (verb != Verb::change) return 0;
  const std::int64_t changed = sqlite3_changes64(connection_.handle());
  if (read == 0) count_rows(changed);
  return changed;
}

}  // namespace doorstep::storage
