#include "journal/timers.hpp"

#include <algorithm>
#include <exception>
#include <future>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/log.hpp"
#include "journal/tries.hpp"

namespace doorstep {

namespace timers {

void set(Transaction& tx, std::string_view kind, std::string_view key, Instant due,
         std::string_view body_json) {
  tx.run(
      "insert into timers (kind, key, due_at, body, attempts, dead) values (:kind, :key, :due, :body, 0, 0)"
      " on conflict (kind, key) do update set"
      " due_at = excluded.due_at, body = excluded.body, attempts = 0, dead = 0, last_error = null",
      {{"kind", kind}, {"key", key}, {"due", due}, {"body", body_json}});
}

void clear(Transaction& tx, std::string_view kind, std::string_view key) {
  tx.run("delete from timers where kind = :kind and key = :key", {{"kind", kind}, {"key", key}});
}

namespace {

struct DeadRow {
  std::string kind;
  std::string key;
  Instant due_at;
  int attempts = 0;
  std::optional<std::string> last_error;
};
BOOST_DESCRIBE_STRUCT(DeadRow, (), (kind, key, due_at, attempts, last_error))

}  // namespace

std::vector<DeadTimer> dead_timers(Snapshot& snapshot, std::string_view after_kind,
                                   std::string_view after_key, int limit) {
  auto rows = snapshot.all<DeadRow>(
      "select kind, key, due_at, attempts, last_error from timers"
      " where dead = 1 and (kind, key) > (:kind, :key) order by kind, key limit :limit",
      {{"kind", after_kind}, {"key", after_key}, {"limit", limit}});
  std::vector<DeadTimer> dead;
  dead.reserve(rows.size());
  for (auto& row : rows) {
    dead.push_back({std::move(row.kind), std::move(row.key), row.due_at, row.attempts,
                    std::move(row.last_error).value_or("")});
  }
  return dead;
}

bool retry(Transaction& tx, std::string_view kind, std::string_view key, Instant at) {
  return tx.run(
             "update timers set due_at = :at, attempts = 0, dead = 0"
             " where kind = :kind and key = :key and dead = 1",
             {{"at", at}, {"kind", kind}, {"key", key}}) == 1;
}

}  // namespace timers

namespace {

struct DueRow {
  std::string kind;
  std::string key;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (kind, key, due_at))

struct NextRow {
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(NextRow, (), (due_at))

struct AttemptsRow {
  int attempts = 0;
};
BOOST_DESCRIBE_STRUCT(AttemptsRow, (), (attempts))

struct BodyRow {
  Instant due_at;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(BodyRow, (), (due_at, body))

// The engine's trouble is no fault of the handler's: it does not count as a try.
bool is_handlers_fault(const std::exception_ptr& failure, std::string& why) {
  try {
    std::rethrow_exception(failure);
  } catch (const storage::ConstraintError& error) {
    why = error.what();
  } catch (const storage::BudgetError& error) {
    why = error.what();
  } catch (const storage::StorageError& error) {
    why = error.what();
    return false;
  } catch (const std::exception& error) {
    why = error.what();
  } catch (...) {
    why = "something that is no exception";
  }
  return true;
}

}  // namespace

// A command under way, shared with the store's thread.
struct TimerRunner::Shot {
  std::promise<std::exception_ptr> done;
  std::optional<Instant> due_at;  // as the row had it when the handler ran; empty when there was no such row
};

TimerRunner::TimerRunner(Journal& journal)
    : journal_(journal), worker_("timers", [this] {
        bool more = false;
        fire_batch(more);
        return more ? Worker::Duration::zero() : until_next();
      }) {
  journal_.on_commit(worker_.waker());
}

int TimerRunner::fire_due() {
  int fired = 0;
  for (bool more = true; more;) fired += fire_batch(more);
  return fired;
}

// Timers of unknown kinds stay in front for ever; paging past them keeps them from being in the way.
std::vector<TimerRunner::Due> TimerRunner::find_due() {
  std::vector<Due> found;
  const auto& handlers = journal_.timer_handlers();
  journal_.read_now([&](Snapshot& snapshot, Instant at) {
    DueRow last{"", "", Instant{INT64_MIN}};
    bool full = true;
    while (full && found.size() < batch_max) {
      auto rows = snapshot.all<DueRow>(
          "select kind, key, due_at from timers"
          " where dead = 0 and due_at <= :at and (due_at, kind, key) > (:last, :kind, :key)"
          " order by due_at, kind, key limit :limit",
          {{"at", at}, {"last", last.due_at}, {"kind", last.kind}, {"key", last.key}, {"limit", batch_max}});
      full = rows.size() == batch_max;
      if (full) last = rows.back();
      for (auto& row : rows) {
        if (!handlers.contains(row.kind)) {
          complain_once(row.kind);
        } else if (found.size() < batch_max) {
          found.push_back({std::move(row.kind), std::move(row.key)});
        }
      }
    }
  });
  return found;
}

// All of a batch are handed to the writer at once, so that they
// share its commits; it runs them in that order.
int TimerRunner::fire_batch(bool& more) {
  const auto due = find_due();
  more = due.size() == batch_max;
  std::vector<std::shared_ptr<Shot>> shots;
  shots.reserve(due.size());
  for (const auto& timer : due) shots.push_back(fire(timer));

  int fired = 0;
  std::string trouble;
  for (std::size_t i = 0; i < due.size(); ++i) {
    const auto failure = shots[i]->done.get_future().get();
    std::string why;
    if (!failure) {
      fired += shots[i]->due_at ? 1 : 0;
    } else if (is_handlers_fault(failure, why) && shots[i]->due_at) {
      record_failure(due[i], *shots[i]->due_at, why);
    } else {
      trouble = why;
    }
  }
  if (!trouble.empty()) throw std::runtime_error{trouble};
  return fired;
}

std::shared_ptr<TimerRunner::Shot> TimerRunner::fire(const Due& due) {
  auto shot = std::make_shared<Shot>();
  const auto& handler = journal_.timer_handlers().at(due.kind);
  journal_.write(
      [shot, due, &handler](Transaction& tx, Instant at) {
        shot->due_at.reset();
        const auto row = tx.maybe<BodyRow>(
            "select due_at, body from timers where kind = :kind and key = :key and dead = 0 and due_at <= :at",
            {{"kind", due.kind}, {"key", due.key}, {"at", at}});
        if (!row) return;  // cleared, moved, or fired by another process
        shot->due_at = row->due_at;
        // Before the handler, so that a timer that it sets anew stays.
        timers::clear(tx, due.kind, due.key);
        Caller town;
        town.at = at;
        town.request_id = "timer:" + due.kind;
        handler(tx, town, due.key, row->body);
      },
      [shot](std::exception_ptr failure) { shot->done.set_value(std::move(failure)); });
  return shot;
}

void TimerRunner::record_failure(const Due& due, Instant due_at, const std::string& why) {
  const auto error = short_error(why);
  int attempts = 0;
  journal_.write_now([&](Transaction& tx, Instant at) {
    // One that was set anew in the meantime has begun afresh, and has not failed.
    const auto row = tx.maybe<AttemptsRow>(
        "select attempts from timers where kind = :kind and key = :key and dead = 0 and due_at = :due",
        {{"kind", due.kind}, {"key", due.key}, {"due", due_at}});
    attempts = row ? row->attempts + 1 : 0;
    if (!row) return;
    tx.run(
        "update timers set attempts = :attempts, dead = :dead, due_at = :next, last_error = :error"
        " where kind = :kind and key = :key",
        {{"attempts", attempts},
         {"dead", attempts >= timers::attempts_max},
         {"next", at + backoff(attempts, timers::backoff_first, timers::backoff_most)},
         {"error", error},
         {"kind", due.kind},
         {"key", due.key}});
  });
  if (attempts == 0) return;
  log_warning(attempts >= timers::attempts_max ? "timer_dead" : "timer_failed",
              {{"kind", due.kind}, {"attempts", std::to_string(attempts)}, {"why", error}});
}

Worker::Duration TimerRunner::until_next() {
  auto sleep = sleep_most;
  journal_.read_now([&](Snapshot& snapshot, Instant at) {
    const auto next = snapshot.maybe<NextRow>(
        "select due_at from timers where dead = 0 and due_at > :at order by due_at limit 1", {{"at", at}});
    // Rounded up: a round that came too early would find nothing and sleep again.
    if (next) sleep = std::min(sleep, std::chrono::ceil<Worker::Duration>(next->due_at - at));
  });
  return sleep;
}

void TimerRunner::complain_once(const std::string& kind) {
  if (!unknown_kinds_.insert(kind).second) return;
  log_error("timer_without_handler", {{"kind", kind}});
}

}  // namespace doorstep
