// A town in one SQLite file.
//
// The writer's thread has one connection. Reads run on the caller's thread with a connection
// that nobody else uses meanwhile, taken from a stack: as many are made as threads ever read at
// once, and all are closed with the store. "sqlite::memory:" has but one connection, shared
// under a mutex that a batch holds from begin to commit: a second connection could only see that
// database through the shared cache, whose locks are another engine's manners.
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/log.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/store_base.hpp"

namespace doorstep::storage {
namespace {

// Pages (4 KiB) in the log after which it is copied into the file by the checkpoint thread …
constexpr int checkpoint_pages = 1'000;
// … and after which the writer copies the rest between two batches: while it writes on, the thread never
// catches up fully, the log never starts anew, and it would grow for as long as the load lasts.
constexpr int restart_pages = 8'000;
static_assert(restart_pages > 2 * checkpoint_pages);

// Copies the log into the file on a thread of its own, for it waits for the disk.
class Checkpointer {
 public:
  explicit Checkpointer(const std::string& path) : connection_(path, SqliteConnection::Use::write) {
    thread_ = std::thread([this] { loop(); });
  }
  ~Checkpointer() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  void wake() {
    {
      const std::lock_guard lock{mutex_};
      wanted_ = true;
    }
    wake_.notify_one();
  }

 private:
  void loop() {
    std::unique_lock lock{mutex_};
    while (true) {
      wake_.wait(lock, [&] { return wanted_ || stopping_; });
      if (stopping_) return;
      wanted_ = false;
      lock.unlock();
      try {
        connection_.checkpoint();
      } catch (const std::exception& error) {
        // Nothing is lost: the log keeps it all, and the next round tries again.
        log_warning("store_trouble", {{"why", error.what()}});
      }
      lock.lock();
    }
  }

  SqliteConnection connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false, stopping_ = false;
  std::thread thread_;
};

class SqliteEngine : public WriteEngine {
 public:
  SqliteEngine(const std::string& path, const Options& options, FaultHook& faults)
      : options_(options), connection_(path, SqliteConnection::Use::write), session_(connection_) {
    connection_.set_faults(&faults);
    if (path != ":memory:") checkpointer_ = std::make_unique<Checkpointer>(path);
  }

  void begin(bool) override {
    held_ = std::unique_lock{mutex_};
    tend_log();
    connection_.control("begin immediate");
    connection_.expect_transaction(true);
  }
  void savepoint() override { connection_.control("savepoint command"); }
  void release() override { connection_.control("release savepoint command"); }
  void roll_back_to() override {
    connection_.attempt("rollback to savepoint command");
    connection_.attempt("release savepoint command");
    if (!alive()) throw StorageError(connection_.path() + ": the transaction is gone", true);
  }
  void commit() override {
    try {
      connection_.control("commit");
    } catch (const DiskFull&) {
      throw;
    } catch (const StorageError& error) {
      // SQLite has rolled back, or could not say. What is on the disk shows only after a recovery.
      if (!error.lost) throw;
      options_.fatal(std::string{"commit failed: "} + error.what());
      throw OutcomeUnknown(error.what(), true);
    }
    connection_.expect_transaction(false);
    held_ = {};
  }
  void roll_back() noexcept override {
    if (connection_.in_transaction()) connection_.attempt("rollback");
    connection_.expect_transaction(false);
    held_ = {};
  }
  bool alive() const override { return connection_.in_transaction(); }
  bool opened() const override { return true; }
  Session& session() override { return session_; }

  SqliteConnection& connection() { return connection_; }
  std::mutex& mutex() { return mutex_; }

 private:
  void tend_log() {
    const int pages = connection_.wal_pages();
    if (!checkpointer_) return;
    if (pages < tended_) tended_ = 0;  // it has started anew
    if (pages - tended_ < checkpoint_pages) return;
    tended_ = pages;
    if (pages < restart_pages) return checkpointer_->wake();
    try {
      connection_.checkpoint();
    } catch (const StorageError& error) {
      log_warning("store_trouble", {{"why", error.what()}});  // no command's fault; the log keeps it all
    }
  }

  const Options& options_;
  SqliteConnection connection_;
  SqliteSession session_;
  std::unique_ptr<Checkpointer> checkpointer_;
  std::mutex mutex_;  // who holds it may use the connection: a batch, and in memory a read
  std::unique_lock<std::mutex> held_;
  int tended_ = 0;
};

struct Reader {
  explicit Reader(const std::string& path)
      : connection(path, SqliteConnection::Use::read), session(connection) {}
  SqliteConnection connection;
  SqliteSession session;
};

class SqliteStore : public StoreBase {
 public:
  SqliteStore(Options options, const std::string& path)
      : StoreBase(std::move(options)),
        path_(path),
        engine_(path, options_, faults_),
        writer_(engine_, options_, cells_) {}

  Engine engine() const override { return Engine::sqlite; }
  std::string schema() const override { return {}; }
  void on_hint(std::function<void()>) override {}

  void read(Work work, Done done) override {
    ++cells_.reads;
    std::exception_ptr outcome;
    try {
      if (in_memory()) {
        read_in_memory(work);
      } else {
        read_from_file(work);
      }
    } catch (...) {
      outcome = std::current_exception();
    }
    done(std::move(outcome));
  }

  void ping() override {
    read_now([](Sql& sql) { sql.value<std::int64_t>("select count(*) from sqlite_schema"); });
  }

  void back_up(const std::string& path) override;

  void limit_pages(std::int64_t pages) override {
    const std::lock_guard lock{engine_.mutex()};
    const auto limit = "pragma max_page_count = " + std::to_string(pages > 0 ? pages : std::int64_t{1} << 30);
    engine_.connection().attempt(limit.c_str());
  }

 protected:
  Writer& writer() override { return writer_; }
  const Writer& writer() const override { return writer_; }

 private:
  bool in_memory() const { return path_ == ":memory:"; }

  void read_in_memory(const Work& work) {
    // A batch holds the mutex on the writer's thread; a read from within it would wait for itself.
    if (writer_.on_thread()) throw std::logic_error("a read from within a command");
    const std::lock_guard lock{engine_.mutex()};
    engine_.connection().set_faults(nullptr);  // they are the writer's
    try {
      run(engine_.session(), work);
    } catch (...) {
      engine_.connection().set_faults(&faults_);
      throw;
    }
    engine_.connection().set_faults(&faults_);
  }

  void read_from_file(const Work& work) {
    auto reader = take_reader();
    reader->connection.control("begin");
    reader->connection.expect_transaction(true);
    try {
      run(reader->session, work);
    } catch (...) {
      end(std::move(reader));
      throw;
    }
    end(std::move(reader));
  }

  void run(Session& session, const Work& work) const {
    session.start(Session::Mode::reading, &options_.read_budget);
    work(session);
    session.finish();
  }

  std::unique_ptr<Reader> take_reader() {
    {
      const std::lock_guard lock{readers_mutex_};
      if (!readers_.empty()) {
        auto reader = std::move(readers_.back());
        readers_.pop_back();
        return reader;
      }
    }
    return std::make_unique<Reader>(path_);
  }

  void end(std::unique_ptr<Reader> reader) {
    reader->connection.expect_transaction(false);
    try {
      reader->connection.control("commit");  // nothing was written; this only lets the snapshot go
    } catch (const StorageError& error) {
      log_warning("store_trouble", {{"why", error.what()}});
      return;  // and closes the connection
    }
    const std::lock_guard lock{readers_mutex_};
    readers_.push_back(std::move(reader));
  }

  std::string path_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Reader>> readers_;
  SqliteEngine engine_;
  Writer writer_;  // last: it uses all of the above
};

void sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool ok = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!ok) throw StorageError("can't make " + path + " durable");
}

void copy_database(sqlite3* from, const std::string& path) {
  const SqliteConnection copy{path, SqliteConnection::Use::write};
  auto* backup = sqlite3_backup_init(copy.handle(), "main", from, "main");
  if (!backup) copy.fail(sqlite3_errcode(copy.handle()), "back-up");
  // All in one step: on a snapshot, so that it neither starts
  // over when the town writes on nor sees half of a batch.
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) copy.fail(code, "back-up");
}

void SqliteStore::back_up(const std::string& path) {
  if (std::filesystem::exists(path))
    throw StorageError(path + " is there already; a back-up never writes over anything");
  const auto beside = path + ".part";
  std::filesystem::remove(beside);
  try {
    if (in_memory()) {
      const std::lock_guard lock{engine_.mutex()};
      copy_database(engine_.connection().handle(), beside);
    } else {
      const SqliteConnection source{path_, SqliteConnection::Use::read};
      copy_database(source.handle(), beside);
    }
    sync(beside, O_RDWR);
    std::filesystem::rename(beside, path);
    const auto folder = std::filesystem::path{path}.parent_path();
    sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
  } catch (const std::filesystem::filesystem_error& error) {
    throw StorageError(std::string{"back-up: "} + error.what());
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw;
  }
}

}  // namespace

std::unique_ptr<Store> open_sqlite(Options options, const std::string& path) {
  return std::make_unique<SqliteStore>(std::move(options), path);
}

}  // namespace doorstep::storage
