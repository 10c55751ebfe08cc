// Whole days at the hall, pressed at random or by many at once: what stays true whatever happens.
#include <algorithm>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "testing/hall_fixture.hpp"

namespace doorstep::hall {
namespace {

using std::chrono::hours;

class Days : public testing::HallTest {
 protected:
  std::int64_t tickets_that_are(const std::string& states) {
    return value<std::int64_t>("select count(*) from tickets where state in (" + states + ")");
  }

  void expect_sound(std::int64_t taken) {
    const auto waiting = tickets_that_are("'waiting'");
    const auto at_windows = tickets_that_are("'called', 'serving'");
    const auto ended = tickets_that_are("'finished', 'missed', 'cancelled', 'expired'");
    EXPECT_EQ(waiting + at_windows + ended, taken) << "nobody is lost";
    EXPECT_EQ(value<std::int64_t>(
                  "select count(*) from (select max(ordinal) as newest, count(*) as people from tickets"
                  " group by hall, day, prefix) d where d.newest <> d.people"),
              0)
        << "the numbers of a day and line have no gaps";
    EXPECT_EQ(
        value<std::int64_t>("select count(*) from (select window_id, count(*) as held from tickets"
                            " where state in ('called', 'serving') group by window_id) h where h.held > 1"),
        0)
        << "a window has one ticket in hand";
    EXPECT_EQ(value<std::int64_t>("select count(*) from tickets t join windows w on w.id = t.window_id"
                                  " where t.state in ('called', 'serving') and w.state <> 'open'"),
              0)
        << "a window with a ticket in hand is open";
    EXPECT_EQ(value<std::int64_t>("select count(*) from (select officer, count(*) as seats from windows"
                                  " where officer is not null group by officer) s where s.seats > 1"),
              0)
        << "an officer sits at one window";
    const auto queue = get("nobody", hall("/queue"));
    EXPECT_EQ(queue.number("waiting"), waiting);
    std::int64_t served = 0;
    for (const auto& each : queue.at("windows").as_array()) served += each.at("serving").is_null() ? 0 : 1;
    EXPECT_EQ(served, at_windows);
  }
};

TEST_P(Days, PressedAtRandomLoseNobody) {
  constexpr auto seed = 20261124U;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  const auto pick = [&](auto count) {
    return static_cast<std::size_t>(random()) % static_cast<std::size_t>(count);
  };
  const char* buttons[] = {"open",  "open",   "call-next", "call-next", "call-next", "start", "start",
                           "start", "finish", "finish",    "missed",    "recall",    "pause", "close"};
  std::int64_t taken = 0;
  for (int day = 0; day < 2; ++day) {
    std::vector<testing::Answer> tickets;
    for (int step = 0; step < 150; ++step) {
      const auto act = pick(10);
      if (act < 3) {
        tickets.push_back(take(pick(2) == 0 ? "transfer" : "question"));
        EXPECT_EQ(tickets.back().status, 201) << tickets.back().problem();
        ++taken;
      } else if (act == 3 && !tickets.empty()) {
        EXPECT_LT(cancel(tickets[pick(tickets.size())]).status, 500);
      } else {
        const auto who = "officer" + std::to_string(1 + pick(3));
        const auto answer = press(who, 1 + pick(3), buttons[pick(std::size(buttons))]);
        EXPECT_TRUE(answer.status == 200 || answer.status == 409) << answer.problem();
      }
      if (step % 25 == 0) expect_sound(taken);
    }
    expect_sound(taken);
    EXPECT_LT(tickets_that_are("'waiting'"), taken) << "the day got somewhere";
    pass(hours{4});
    town.fire_timers();
    expect_sound(taken);
    EXPECT_EQ(tickets_that_are("'waiting', 'called', 'serving'"), 0) << "nobody is left overnight";
    pass(hours{20});
  }
}

TEST_P(Days, GiveEachTicketToOneOfficerHoweverManyPress) {
  std::vector<testing::Browser> tabs;  // each officer has the page open twice
  for (const auto* who : {"officer1", "officer2", "officer3"}) tabs.insert(tabs.end(), 2, as(who));
  for (std::size_t number = 1; number <= 3; ++number)
    pressed("officer" + std::to_string(number), number, "open");
  constexpr int before = 24, meanwhile = 12;
  for (int i = 0; i < before; ++i) take(i % 2 == 0 ? "transfer" : "question");

  std::mutex mutex;
  std::multiset<std::string> called;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto press_here = [&](const char* button) {
        return town.call(tabs[i], "POST", window(i / 2 + 1, std::string{"/"} + button));
      };
      for (int calls = 0; calls < before; ++calls) {
        const auto answer = press_here("call-next");
        if (answer.status == 200) {
          const std::lock_guard lock{mutex};
          called.insert(answer.text("serving.number"));
        } else {
          EXPECT_THAT(answer.problem(), ::testing::AnyOf("queue_empty", "ticket_in_hand"));
        }
        press_here("start");
        press_here("finish");
      }
    });
  }
  threads.emplace_back([&] {
    for (int i = 0; i < meanwhile; ++i) take(i % 2 == 0 ? "transfer" : "question");
  });
  for (auto& thread : threads) thread.join();

  expect_sound(before + meanwhile);
  const std::set<std::string> different{called.begin(), called.end()};
  EXPECT_EQ(called.size(), different.size()) << "no number was called by two";
  EXPECT_EQ(static_cast<std::int64_t>(called.size()), before + meanwhile - tickets_that_are("'waiting'"));
  EXPECT_EQ(value<std::int64_t>("select count(*) from events where kind = 'ticket_called'"),
            std::ssize(called));
}

// What each of many pressed at the same moment came to, sorted.
template <class Press>
std::vector<std::string> all_at_once(std::size_t people, Press press) {
  std::vector<std::string> problems(people);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < people; ++i) threads.emplace_back([&, i] { problems[i] = press(i).problem(); });
  for (auto& thread : threads) thread.join();
  std::ranges::sort(problems);
  return problems;
}

TEST_P(Days, LetOneOfManyHaveWhatThereIsOnlyOnceOf) {
  std::vector<testing::Browser> officers;
  for (const auto* who : {"officer1", "officer2", "officer3"}) officers.push_back(as(who));
  EXPECT_THAT(
      all_at_once(3, [&](std::size_t i) { return town.call(officers[i], "POST", window(1, "/open")); }),
      ::testing::ElementsAre("", "window_taken", "window_taken"));
  pressed("manager", 1, "close");

  for (std::size_t number = 1; number <= 2; ++number)
    pressed("officer" + std::to_string(number), number, "open");
  take();
  EXPECT_THAT(
      all_at_once(2,
                  [&](std::size_t i) { return town.call(officers[i], "POST", window(i + 1, "/call-next")); }),
      ::testing::ElementsAre("", "queue_empty"));

  testing::Browser phone;
  town.call(phone, "POST", hall("/tickets"), R"({"service":"question"})");  // gives it a device
  town.write(
      [](Transaction& tx, Instant) { tx.run("update tickets set state = 'missed' where prefix = 'B'"); });
  std::vector<testing::Browser> thumbs(4, phone);
  EXPECT_THAT(all_at_once(4,
                          [&](std::size_t i) {
                            return town.call(thumbs[i], "POST", hall("/tickets"),
                                             R"({"service":"question"})");
                          }),
              ::testing::ElementsAre("", "too_many_tickets", "too_many_tickets", "too_many_tickets"));
  expect_sound(3);
}

DOORSTEP_ON_ALL_ENGINES(Days);

}  // namespace
}  // namespace doorstep::hall
