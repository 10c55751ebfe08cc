// A town's store: one writer, many readers, on SQLite (one file) or PostgreSQL (one schema).
//
// Commands of a town run one after another. They are batched: a batch shares one commit, each command in a
// savepoint of its own, and nobody is answered before the commit is durable.
//
// A poisoned batch: an error that ended the whole transaction (SQLite: autocommit is on again) acknowledges
// nobody. The command that met it fails with StorageError, all others of the batch run again, one by one. So
// `work` may run more than once and must have no effect but its rows.
//
// A failing commit: on SQLite an I/O error at COMMIT calls `Options::fatal`, which ends
// the process, for nobody can say what is on the disk; recovery and idempotency keys
// decide. On PostgreSQL the connection is made anew and the commands fail as
// StorageError ("may or may not have happened"), unless nothing had been sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "storage/migrations.hpp"
#include "storage/sql.hpp"

namespace doorstep::storage {

struct Budget {
  int statements = 2'000;
  std::int64_t rows = 50'000;             // read and changed
  std::chrono::milliseconds time{2'000};  // past it the command is cut off
};

// Called under the writer, around the commands of a batch. All may run several times for one batch.
struct BatchHooks {
  std::function<void(Sql&)> opened;   // the transaction is open and the town's lock is held
  std::function<void(Sql&)> closing;  // all commands have run, before the commit
  std::function<void()> committed;    // durable
};

struct Options {
  // "sqlite:/var/lib/doorstep/town.db", "sqlite::memory:",
  // "postgres://…?schema=…" or "postgres:host=… dbname=…"
  std::string url;
  std::string schema = "doorstep";  // PostgreSQL only
  unsigned readers = 4;             // PostgreSQL: connections (and threads) for reads
  int batch_commands = 64;          // PostgreSQL: at most 32
  std::chrono::milliseconds batch_time{20};
  std::size_t queue_max = 4'096;  // waiting commands; past it `write` fails at once with Overloaded
  Budget write_budget{};
  Budget read_budget{};
  std::function<void(const std::string& why)> fatal = {};  // default: log and std::_Exit(70)
};

class Overloaded : public StorageError {
 public:
  using StorageError::StorageError;
};

// A schema that is newer than this program, or was changed under it.
class SchemaError : public StorageError {
 public:
  using StorageError::StorageError;
};

struct Counts {
  std::uint64_t commands = 0, refused = 0, batches = 0, poisoned = 0, reads = 0, over_soft_budget = 0;
  std::size_t queued = 0;
};

class Store {
 public:
  using Work = std::function<void(Sql&)>;
  using Done = std::move_only_function<void(std::exception_ptr)>;  // null: durable

  virtual ~Store() = default;

  // Queues `work` for the town's writer. `done` is called once, on a thread of the store: after the commit,
  // or with what `work` threw (its rows rolled back), or with StorageError. With Overloaded it is called on
  // this thread before `write` returns. What is queued when the store is destroyed is still done.
  virtual void write(Work work, Done done) = 0;
  // Runs `work` on a snapshot. SQLite: on this thread, with a connection of its own, `done` called before it
  // returns; PostgreSQL: on a reader thread. Writing in it throws.
  virtual void read(Work work, Done done) = 0;

  virtual Engine engine() const = 0;
  virtual void set_hooks(BatchHooks hooks) = 0;  // before the first write
  virtual Counts counts() const = 0;
  // A cheap proof that the engine answers; throws StorageError.
  virtual void ping() = 0;

  // PostgreSQL: other processes' commits (a coalesced hint, not a truth; on a thread of the store); SQLite:
  // never called. Set before use.
  virtual void on_hint(std::function<void()> hint) = 0;

  // The same, waiting. For tools, tests and start-up; never on an io thread.
  void write_now(Work work);
  void read_now(Work work);
};

std::unique_ptr<Store> open_store(Options options);

// Brings the schema up to date; safe when many processes do it at once (PostgreSQL: an advisory lock; SQLite:
// an immediate transaction). Each step runs in its own transaction with its row in schema_migrations (room,
// name, hash, at). Throws SchemaError when the database knows steps that `migrations` does not (a newer
// program made it), or a step's hash differs. Returns the names of the steps taken.
std::vector<std::string> migrate(Store& store, std::span<const Migration> migrations);
// The same check without changing anything: throws SchemaError when the schema is not exactly `migrations`.
void check_schema(Store& store, std::span<const Migration> migrations);

// A consistent copy of the town while it runs: SQLite: the online backup into `path` (a new file, written
// beside and renamed); PostgreSQL: throws StorageError naming pg_dump, which is the way there.
void back_up(Store& store, const std::string& path);

}  // namespace doorstep::storage
