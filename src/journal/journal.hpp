// A town's journal: runs commands on its writer and queries on
// snapshots, and keeps what commands leave behind.
//
// Under the writer's lock one row (journal_head) gives events their gapless seq, commands their instant and
// rows their ids. The row is read when a batch opens and written once before it commits, so none of the three
// costs a statement a command, and a lost batch takes nothing with it.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "journal/transaction.hpp"
#include "storage/store.hpp"

namespace doorstep {

// A timer's command. `key` and `body_json` are those it was set with; `caller` is the town itself.
using TimerHandler = std::function<void(Transaction& tx, const Caller& caller, const std::string& key,
                                        const std::string& body_json)>;

class Journal {
 public:
  using Query = std::function<void(Snapshot& snapshot, Instant at)>;
  using Command = std::function<void(Transaction& tx, Instant at)>;
  using Done = storage::Store::Done;

  Journal(storage::Store& store, const KeyRing& keys, Entropy& entropy, const Clock& clock);

  // As Store::write and Store::read; the command is finished (its events numbered) before it is acknowledged.
  void write(Command command, Done done);
  void read(Query query, Done done);
  // The same, waiting. Never on an io thread.
  void write_now(const Command& command);
  void read_now(const Query& query);

  // Called after each commit, on a thread of the store; for the
  // feed and the runners to wake up. Set before use.
  void on_commit(std::function<void()> listener);

  void on_timer(std::string kind, TimerHandler handler);
  const std::map<std::string, TimerHandler>& timer_handlers() const { return timer_handlers_; }

  // The newest instant that a command was given; reads never see an older one.
  Instant now() const;
  // How far the machine's clock lies behind what was already
  // recorded; more than a little means that it was set back.
  Microseconds clock_behind() const;

  storage::Store& store() { return store_; }
  const KeyRing& keys() const { return keys_; }
  const Clock& clock() const { return clock_; }

 private:
  void open_batch(storage::Sql& sql);
  void perform(storage::Sql& sql, const Command& command);
  void close_batch(storage::Sql& sql);

  storage::Store& store_;
  const KeyRing& keys_;
  Entropy& entropy_;
  const Clock& clock_;
  Head head_;     // only under the writer
  Head written_;  // as the table has it
  std::atomic<std::int64_t> newest_{0};
  std::vector<std::function<void()>> listeners_;
  std::map<std::string, TimerHandler> timer_handlers_;
};

namespace journal {
std::vector<storage::Migration> migrations();
}

}  // namespace doorstep
