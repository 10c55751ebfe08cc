// Timers: commands that run by themselves, once each, not before they are due.
//
// A timer is one row, named by kind and key; setting it again moves it. It fires as a command of its own in
// which its row goes and its handler runs: both happen or neither, whichever of a town's processes comes
// first. A handler that throws is tried again with growing pauses, and after attempts_max the timer is dead:
// kept, shown by `doorstep check`, and alive again when it is set or retried. A kind without a handler is
// logged once and left alone: a process with newer code may know it.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "journal/worker.hpp"

namespace doorstep {

namespace timers {

inline constexpr int attempts_max = 10;
inline constexpr Microseconds backoff_first = std::chrono::seconds{10};
inline constexpr Microseconds backoff_most = std::chrono::hours{1};

// One statement each; `clear` of a timer that is not set does nothing.
void set(Transaction& tx, std::string_view kind, std::string_view key, Instant due,
         std::string_view body_json);
void clear(Transaction& tx, std::string_view kind, std::string_view key);

struct DeadTimer {
  std::string kind;
  std::string key;
  Instant due_at;  // of the next try, had there been one
  int attempts = 0;
  std::string last_error;
};

// In the order of kind and key, from after the given ones on. One statement.
std::vector<DeadTimer> dead_timers(Snapshot& snapshot, std::string_view after_kind,
                                   std::string_view after_key, int limit);
// False when there is no such dead timer. One statement.
bool retry(Transaction& tx, std::string_view kind, std::string_view key, Instant at);

}  // namespace timers

class TimerRunner {
 public:
  explicit TimerRunner(Journal& journal);
  TimerRunner(const TimerRunner&) = delete;
  TimerRunner& operator=(const TimerRunner&) = delete;

  // Runs on its own thread from now on; the destructor waits for the round under way.
  void start() { worker_.start(); }
  void stop() { worker_.stop(); }

  // Fires what is due now, the earliest first, until nothing is; for tests and tools. Returns how many fired.
  int fire_due();

  static constexpr int batch_max = 64;
  static constexpr std::chrono::milliseconds sleep_most{1'000};

 private:
  struct Due {
    std::string kind, key;
  };
  struct Shot;

  std::vector<Due> find_due();
  int fire_batch(bool& more);
  std::shared_ptr<Shot> fire(const Due& due);
  void record_failure(const Due& due, Instant due_at, const std::string& why);
  Worker::Duration until_next();
  void complain_once(const std::string& kind);

  Journal& journal_;
  std::set<std::string> unknown_kinds_;  // complained of
  Worker worker_;                        // last: its thread uses all of the above
};

}  // namespace doorstep
