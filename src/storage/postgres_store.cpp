// A town in one PostgreSQL schema: a writer, some readers and a
// listener, each a thread with a connection of its own.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include "storage/postgres_connection.hpp"
#include "storage/postgres_listener.hpp"
#include "storage/store_base.hpp"

namespace doorstep::storage {
namespace {

constexpr int batch_commands_max = 32;
constexpr std::size_t schema_bytes_max = 63;  // longer names PostgreSQL cuts, and two towns would meet

std::int64_t lock_of(std::string_view schema) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a; the same in every process of the town
  for (const char c : "doorstep town " + std::string{schema}) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return static_cast<std::int64_t>(hash);
}

PostgresTarget make_target(const std::string& conninfo, const std::string& schema) {
  if (schema.empty() || schema.size() > schema_bytes_max)
    throw StorageError("a schema's name has 1 to 63 bytes");
  char* error = nullptr;
  auto* parsed = PQconninfoParse(conninfo.c_str(), &error);
  if (!parsed) {
    const std::string why = error ? error : "out of memory";
    PQfreemem(error);
    throw StorageError("the PostgreSQL URL can't be read: " + why);
  }
  PQconninfoFree(parsed);
  const auto lock = lock_of(schema);
  return {conninfo, schema, lock, "doorstep_" + std::to_string(static_cast<std::uint64_t>(lock))};
}

class PostgresEngine : public WriteEngine {
 public:
  PostgresEngine(const PostgresTarget& target, const Options& options, FaultHook& faults, Listener& listener)
      : connection_(target, PostgresConnection::lock_wait), session_(connection_), listener_(listener) {
    connection_.set_faults(&faults);
    opening_ = {"begin isolation level read committed",
                "select pg_advisory_xact_lock(" + std::to_string(target.lock) + ")",
                "set local statement_timeout = " + std::to_string(options.write_budget.time.count())};
    bare_opening_ = {opening_[0], opening_[1], "set local statement_timeout = 0",
                     "set local idle_in_transaction_session_timeout = 0"};
  }

  void begin(bool bare) override { connection_.begin(bare ? bare_opening_ : opening_); }
  void savepoint() override { connection_.defer("savepoint command"); }
  void release() override { connection_.defer("release savepoint command"); }
  void roll_back_to() override {
    connection_.defer("rollback to savepoint command");
    connection_.defer("release savepoint command");
  }
  void commit() override {
    try {
      connection_.commit();
    } catch (const StorageError& error) {
      throw OutcomeUnknown(std::string{"the commit may or may not have happened: "} + error.what(), true);
    }
    listener_.tell();
  }
  void roll_back() noexcept override { connection_.roll_back(); }
  bool alive() const override { return connection_.alive(); }
  bool opened() const override { return connection_.opened(); }
  Session& session() override { return session_; }

 private:
  PostgresConnection connection_;
  PostgresSession session_;
  Listener& listener_;
  std::vector<std::string> opening_, bare_opening_;
};

// Reads wait in one queue for the next free connection.
class Readers {
 public:
  struct Entry {
    Store::Work work;
    Store::Done done;
  };

  Readers(const PostgresTarget& target, const Options& options) : target_(target), options_(options) {
    for (unsigned i = 0; i < std::max(1U, options.readers); ++i) threads_.emplace_back([this] { loop(); });
  }
  ~Readers() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
  }
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  void push(Entry entry) {
    {
      const std::lock_guard lock{mutex_};
      if (queue_.size() < options_.queue_max) {
        queue_.push_back(std::move(entry));
        wake_.notify_one();
        return;
      }
    }
    entry.done(std::make_exception_ptr(Overloaded("the town's readers have too much to do")));
  }

 private:
  void loop() {
    PostgresConnection connection{target_, options_.read_budget.time};
    PostgresSession session{connection};
    while (true) {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      auto entry = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      run(connection, session, entry);
    }
  }

  void run(PostgresConnection& connection, PostgresSession& session, Entry& entry) {
    static const std::vector<std::string> opening{"begin isolation level repeatable read read only"};
    std::exception_ptr outcome;
    try {
      connection.begin(opening);
      session.start(Session::Mode::reading, &options_.read_budget);
      entry.work(session);
      session.finish();
    } catch (...) {
      outcome = std::current_exception();
    }
    // Nobody waits for the end of a snapshot.
    unharmed("completion", [&] { entry.done(std::move(outcome)); });
    connection.roll_back();
  }

  const PostgresTarget& target_;
  const Options& options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Entry> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

class PostgresStore : public StoreBase {
 public:
  PostgresStore(Options options, const std::string& conninfo)
      : StoreBase(bounded(std::move(options))),
        target_(make_target(conninfo, options_.schema)),
        listener_(target_),
        readers_(target_, options_),
        engine_(target_, options_, faults_, listener_),
        writer_(engine_, options_, cells_) {}

  Engine engine() const override { return Engine::postgres; }
  std::string schema() const override { return options_.schema; }
  void on_hint(std::function<void()> hint) override { listener_.on_hint(std::move(hint)); }

  void read(Work work, Done done) override {
    ++cells_.reads;
    readers_.push({std::move(work), std::move(done)});
  }

  void ping() override {
    read_now([](Sql& sql) { sql.value<std::int64_t>("select cast(1 as INT) as one"); });
  }

  void limit_pages(std::int64_t) override {}

  void back_up(const std::string&) override {
    throw StorageError("a town on PostgreSQL is backed up with pg_dump --schema=" + options_.schema +
                       " (or the server's own means), not by this program");
  }

 protected:
  Writer& writer() override { return writer_; }
  const Writer& writer() const override { return writer_; }

 private:
  static Options bounded(Options options) {
    options.batch_commands = std::clamp(options.batch_commands, 1, batch_commands_max);
    return options;
  }

  PostgresTarget target_;
  Listener listener_;
  Readers readers_;
  PostgresEngine engine_;
  Writer writer_;  // last: it uses all of the above
};

}  // namespace

std::unique_ptr<Store> open_postgres(Options options, const std::string& conninfo) {
  return std::make_unique<PostgresStore>(std::move(options), conninfo);
}

}  // namespace doorstep::storage
