// The town's one writer: a queue, a thread, and the batches of store.hpp, the same for both engines.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "storage/session.hpp"
#include "storage/store.hpp"

namespace doorstep::storage {

// A transaction as an engine makes it. Everything but `roll_back` may throw StorageError.
class WriteEngine {
 public:
  virtual ~WriteEngine() = default;

  // With the town's lock. A bare one is bounded by no time: a step of storage itself.
  virtual void begin(bool bare) = 0;
  virtual void savepoint() = 0;
  virtual void release() = 0;
  virtual void roll_back_to() = 0;  // and releases it
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;  // whatever state it is in
  // The transaction stands. Once false, what the batch has done is gone.
  virtual bool alive() const = 0;
  // The engine has confirmed that the transaction was opened. While false, a failure is no command's fault.
  virtual bool opened() const = 0;
  virtual Session& session() = 0;
};

// Runs a completion, which must not throw: whatever it tells of has happened, and the store goes on.
void unharmed(std::string_view what, FunctionRef<void()> f) noexcept;

struct CountCells {
  std::atomic<std::uint64_t> commands{0}, refused{0}, batches{0}, poisoned{0}, reads{0}, over_soft_budget{0};
};

class Writer {
 public:
  struct Entry {
    Store::Work work;
    Store::Done done;
    // A step of storage itself (a migration): without budget, hooks or company.
    bool bare = false;
  };

  // Longer than this in one command is counted, as a sign that work belongs elsewhere.
  static constexpr std::chrono::milliseconds soft_budget{5};

  Writer(WriteEngine& engine, const Options& options, CountCells& counts);
  ~Writer();  // runs what is queued

  void push(Entry entry);
  void set_hooks(BatchHooks hooks);
  std::size_t queued() const { return queued_; }
  // Whether this is the writer's thread, on which waiting for the writer would never end.
  bool on_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  struct Attempt {
    std::size_t ran = 0;  // how many of the entries were run
    std::vector<std::exception_ptr> outcomes;
    std::optional<std::size_t> poisoned;  // the command that ended the transaction
  };

  void loop();
  std::vector<Entry> next_batch();
  void give_back(std::vector<Entry>& batch, std::size_t from);
  void run_batch(std::vector<Entry>& batch);
  void run_singly(std::vector<Entry>& batch, std::size_t except);
  Attempt attempt(std::span<Entry> entries);
  void run_commands(std::span<Entry> entries, Attempt& attempt);
  std::exception_ptr run_command(Entry& entry, bool with_savepoint);
  void release_or_lose();
  void run_hook(const std::function<void(Sql&)>& hook);
  void answer(Entry& entry, std::exception_ptr outcome);

  WriteEngine& engine_;
  const Options& options_;
  CountCells& counts_;
  std::shared_ptr<const BatchHooks> hooks_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Entry> queue_;
  std::atomic<std::size_t> queued_{0};
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace doorstep::storage
