#include "journal/timers.hpp"

#include <map>
#include <random>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include "journal/test_town.hpp"

namespace doorstep {

namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TimersTest : public testing::TownTest {
 protected:
  void SetUp() override {
    TownTest::SetUp();
    write([](Transaction& tx, Instant) {
      tx.run("create table fired (key TEXT not null, at INSTANT not null)");
    });
    town().on_timer(
        "note", [](Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
          tx.run("insert into fired (key, at) values (:key, :at)", {{"key", key}, {"at", caller.at}});
        });
    town().on_timer(
        "fails", [](Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
          tx.run("insert into fired (key, at) values (:key, :at)", {{"key", key}, {"at", caller.at}});
          tx.set_timer("note", "left by a failure", caller.at);
          throw std::runtime_error{"no luck"};
        });
  }

  void set(std::string_view kind, std::string_view key, Microseconds in, std::string_view body = "{}") {
    write([&](Transaction& tx, Instant at) { tx.set_timer(kind, key, at + in, body); });
  }

  std::vector<std::string> fired() {
    struct Row {
      std::string key;
    };
    std::vector<std::string> keys;
    town().read_now([&](Snapshot& snapshot, Instant) {
      snapshot.sql().query("select key from fired order by at, key", {},
                           [&](storage::Rows& rows) { keys.emplace_back(rows.text(0)); });
    });
    return keys;
  }

  std::vector<timers::DeadTimer> dead() {
    std::vector<timers::DeadTimer> found;
    town().read_now([&](Snapshot& snapshot, Instant) { found = timers::dead_timers(snapshot, "", "", 10); });
    return found;
  }

  std::int64_t waiting() { return value<std::int64_t>("select count(*) from timers where dead = 0"); }
};

TEST_P(TimersTest, FireOnceWhenTheyAreDue) {
  TimerRunner runner{town()};
  set("note", "b", seconds{20});
  set("note", "a", seconds{10});
  EXPECT_EQ(runner.fire_due(), 0);
  clock_.move(seconds{10});
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_THAT(fired(), ElementsAre("a"));
  clock_.move(hours{1});
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_EQ(runner.fire_due(), 0);
  EXPECT_THAT(fired(), ElementsAre("a", "b"));
  EXPECT_EQ(waiting(), 0);
}

TEST_P(TimersTest, AreToldTheirBodyAndThatTheTownAsks) {
  std::string told;
  town().on_timer("told",
                  [&](Transaction&, const Caller& caller, const std::string& key, const std::string& body) {
                    told = key + body + (caller.staff ? "staff" : "") + to_string(caller.at);
                  });
  TimerRunner runner{town()};
  set("told", "x", seconds{0}, R"({"n":1})");
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_EQ(told, R"(x{"n":1}2026-11-24T12:00:00.000000Z)");
}

TEST_P(TimersTest, CanBeMovedAndCleared) {
  TimerRunner runner{town()};
  set("note", "moved", seconds{5});
  set("note", "moved", seconds{60});
  set("note", "cleared", seconds{5});
  write([](Transaction& tx, Instant) {
    tx.clear_timer("note", "cleared");
    tx.clear_timer("note", "never set");
  });
  clock_.move(seconds{30});
  EXPECT_EQ(runner.fire_due(), 0);
  clock_.move(seconds{30});
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_THAT(fired(), ElementsAre("moved"));
}

TEST_P(TimersTest, AreRolledBackWithTheCommandThatSetThem) {
  EXPECT_THROW(write([](Transaction& tx, Instant at) {
                 tx.set_timer("note", "never", at);
                 throw std::runtime_error{"refused"};
               }),
               std::runtime_error);
  EXPECT_EQ(waiting(), 0);
}

TEST_P(TimersTest, SurviveWhenTheirOwnHandlerSetsThemAnew) {
  int runs = 0;
  town().on_timer("daily",
                  [&](Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
                    ++runs;
                    tx.set_timer("daily", key, caller.at + hours{24});
                  });
  TimerRunner runner{town()};
  set("daily", "x", seconds{0});
  EXPECT_EQ(runner.fire_due(), 1);
  clock_.move(hours{23});
  EXPECT_EQ(runner.fire_due(), 0);
  clock_.move(hours{1});
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(waiting(), 1);
}

TEST_P(TimersTest, AreTriedAgainWithGrowingPausesAndThenAreDead) {
  TimerRunner runner{town()};
  set("fails", "x", seconds{0});
  auto pause = timers::backoff_first;
  for (int attempt = 1; attempt < timers::attempts_max; ++attempt) {
    EXPECT_EQ(runner.fire_due(), 0);
    EXPECT_EQ(value<int>("select attempts from timers where kind = 'fails'"), attempt);
    clock_.move(pause - Microseconds{1});
    EXPECT_EQ(runner.fire_due(), 0);
    EXPECT_EQ(value<int>("select attempts from timers where kind = 'fails'"), attempt);
    clock_.move(Microseconds{1});
    pause = std::min(2 * pause, timers::backoff_most);
    EXPECT_THAT(dead(), IsEmpty());
  }
  EXPECT_EQ(runner.fire_due(), 0);
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].kind, "fails");
  EXPECT_EQ(dead()[0].key, "x");
  EXPECT_EQ(dead()[0].attempts, timers::attempts_max);
  EXPECT_EQ(dead()[0].last_error, "no luck");
  // Nothing of what the handler did was kept.
  EXPECT_THAT(fired(), IsEmpty());
  clock_.move(hours{100});
  EXPECT_EQ(runner.fire_due(), 0);

  town().on_timer("fails", town().timer_handlers().at("note"));
  write([](Transaction& tx, Instant at) {
    EXPECT_TRUE(timers::retry(tx, "fails", "x", at));
    EXPECT_FALSE(timers::retry(tx, "fails", "x", at));
  });
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_THAT(fired(), ElementsAre("x"));
}

TEST_P(TimersTest, DoNotHoldUpOneAnother) {
  TimerRunner runner{town()};
  for (int i = 0; i < 3 * TimerRunner::batch_max; ++i) set("unknown", "u" + std::to_string(i), seconds{-60});
  for (int i = 0; i < TimerRunner::batch_max + 3; ++i) set("fails", "f" + std::to_string(i), seconds{-30});
  set("note", "x", seconds{0});
  EXPECT_EQ(runner.fire_due(), 1);
  EXPECT_THAT(fired(), ElementsAre("x"));
  // A kind that nobody knows here is left as it was.
  EXPECT_EQ(value<int>("select count(*) from timers where kind = 'unknown' and attempts = 0 and dead = 0"),
            3 * TimerRunner::batch_max);
}

TEST_P(TimersTest, FireByThemselves) {
  TimerRunner runner{town()};
  runner.start();
  set("note", "now", seconds{0});
  for (int i = 0; i < 500 && fired().empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_THAT(fired(), ElementsAre("now"));
}

TEST_P(TimersTest, FireOnceInATownOfTwoProcesses) {
  constexpr int count = 300;
  auto other = another_process();
  for (const auto& [kind, handler] : town().timer_handlers()) other.journal->on_timer(kind, handler);
  write([](Transaction& tx, Instant at) {
    for (int i = 0; i < count; ++i) tx.set_timer("note", std::to_string(i), at);
  });
  TimerRunner here{town()};
  TimerRunner there{*other.journal};
  int there_fired = 0;
  std::thread thread{[&] { there_fired = there.fire_due(); }};
  int here_fired = here.fire_due();
  thread.join();
  here_fired += here.fire_due();
  EXPECT_EQ(here_fired + there_fired, count);
  EXPECT_THAT(fired(), SizeIs(count));
  EXPECT_EQ(value<int>("select count(distinct key) from fired"), count);
}

// Whatever the schedule, each setting of a timer fires exactly
// once, unless it was cleared or moved before it was due.
TEST_P(TimersTest, KeepAnySchedule) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  const auto below = [&](int limit) { return std::uniform_int_distribution{0, limit - 1}(random); };
  int due_now = 0;
  town().on_timer(
      "flaky", [&](Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
        if (below(4) == 0) throw std::runtime_error{"not this time"};
        tx.run("insert into fired (key, at) values (:key, :at)", {{"key", key}, {"at", caller.at}});
      });
  TimerRunner runner{town()};
  std::map<std::string, Instant> set_for;  // what waits, as it should be
  std::map<std::string, int> expected;
  for (int step = 0; step < 300; ++step) {
    const auto key = std::to_string(below(12));
    const int choice = below(10);
    if (choice < 5) {
      // A clear of one whose handler failed, or a move of it, counts as well: it has not fired.
      write([&](Transaction& tx, Instant at) {
        set_for[key] = at + seconds{below(40)};
        tx.set_timer("flaky", key, set_for[key]);
      });
    } else if (choice < 7) {
      write([&](Transaction& tx, Instant) { tx.clear_timer("flaky", key); });
      set_for.erase(key);
    } else {
      clock_.move(seconds{below(20)});
      due_now += runner.fire_due();
      // What failed is due later; the rows say which.
      std::erase_if(set_for, [&](const auto& entry) {
        const bool gone =
            value<int>("select count(*) from timers where key = :key", {{"key", entry.first}}) == 0;
        if (gone) {
          EXPECT_LE(entry.second, town().now());
          ++expected[entry.first];
        }
        return gone;
      });
    }
  }
  for (int i = 0; i < 50 && waiting() > 0; ++i) {
    clock_.move(hours{2});
    due_now += runner.fire_due();
  }
  EXPECT_EQ(waiting(), 0);
  EXPECT_THAT(dead(), IsEmpty());
  for (const auto& [key, at] : set_for) ++expected[key];
  std::map<std::string, int> found;
  for (const auto& key : fired()) ++found[key];
  EXPECT_EQ(found, expected);
  EXPECT_EQ(due_now, static_cast<int>(fired().size()));
}

INSTANTIATE_TEST_SUITE_P(Engines, TimersTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace

}  // namespace doorstep
