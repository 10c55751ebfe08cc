#include "journal/outbox.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include "journal/test_town.hpp"

namespace doorstep {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// What went out, and how each try shall end.
struct Script {
  std::mutex mutex;
  std::vector<Outgoing> sent;
  std::function<Delivery(const Outgoing&)> answer = [](const Outgoing&) { return Delivered{}; };

  std::vector<std::string> bodies() {
    const std::lock_guard lock{mutex};
    std::vector<std::string> all;
    for (const auto& message : sent) all.push_back(message.body);
    return all;
  }
};

class ScriptedTransport : public Transport {
 public:
  explicit ScriptedTransport(Script& script) : script_(script) {}

  Delivery deliver(const Outgoing& message) override {
    auto answer = script_.answer;  // a copy: it may set another one
    {
      const std::lock_guard lock{script_.mutex};
      script_.sent.push_back(message);
    }
    return answer(message);
  }

 private:
  Script& script_;
};

// The process ends in the middle of sending: no result is recorded.
struct Crash {};

class OutboxTest : public testing::TownTest {
 protected:
  std::unique_ptr<OutboxRunner> runner_of(Journal& journal) {
    OutboxRunner::Transports transports;
    transports[Channel::phone] = std::make_unique<ScriptedTransport>(script_);
    transports[Channel::hook] = std::make_unique<ScriptedTransport>(script_);
    return std::make_unique<OutboxRunner>(journal, std::move(transports));
  }

  void send(const std::string& recipient, const std::string& body,
            std::optional<Microseconds> before = std::nullopt) {
    write([&](Transaction& tx, Instant at) {
      tx.send(
          {Channel::phone, recipient, "subject", body, before ? std::optional{at + *before} : std::nullopt},
          at);
    });
  }

  std::int64_t count(const std::string& state) {
    return value<std::int64_t>("select count(*) from outbox where state = :state", {{"state", state}});
  }

  std::vector<outbox::DeadMessage> dead() {
    std::vector<outbox::DeadMessage> found;
    town().read_now(
        [&](Snapshot& snapshot, Instant) { found = outbox::dead_messages(snapshot, MessageId{0}, 10); });
    return found;
  }

  // Each recipient with waiting messages has exactly one that may go next.
  void expect_one_head_each() {
    EXPECT_EQ(value<int>("select count(*) from (select recipient_key from outbox where state = 'waiting'"
                         " group by recipient_key having count(next_try_at) <> 1) as wrong"),
              0);
  }

  Script script_;
};

TEST_P(OutboxTest, DeliversInOrderAndForgetsForWhom) {
  const auto runner = runner_of(town());
  send("13800000000", "one");
  send("13800000000", "two");
  send("13900000000", "other");
  EXPECT_EQ(runner->deliver_due(), 3);
  EXPECT_THAT(script_.bodies(), ElementsAre("one", "other", "two"));
  EXPECT_THAT(script_.sent[0].id, ::testing::StartsWith("mg_"));
  EXPECT_EQ(script_.sent[0].recipient, "13800000000");
  EXPECT_EQ(script_.sent[0].subject, "subject");
  EXPECT_EQ(script_.sent[0].created_at, clock_.now());
  EXPECT_EQ(count("delivered"), 3);
  EXPECT_EQ(value<int>("select count(*) from outbox where length(recipient) > 0 or length(body) > 0"), 0);
  EXPECT_EQ(runner->deliver_due(), 0);
}

TEST_P(OutboxTest, HoldsNothingReadableAtRest) {
  send("13800000000", "your number is up");
  town().read_now([](Snapshot& snapshot, Instant) {
    snapshot.sql().query("select recipient, body, recipient_key from outbox", {}, [](storage::Rows& rows) {
      for (int column = 0; column < 2; ++column) {
        const auto bytes = rows.bytes(column);
        const std::string stored(bytes.data, bytes.data + bytes.size);
        EXPECT_THAT(stored, Not(HasSubstr("138")));
        EXPECT_THAT(stored, Not(HasSubstr("number")));
      }
      EXPECT_THAT(std::string{rows.text(2)}, Not(HasSubstr("138")));
    });
  });
}

TEST_P(OutboxTest, IsRolledBackWithItsCommand) {
  EXPECT_THROW(write([](Transaction& tx, Instant at) {
                 tx.send({Channel::phone, "13800000000", "s", "b", std::nullopt}, at);
                 throw std::runtime_error{"refused"};
               }),
               std::runtime_error);
  EXPECT_EQ(value<int>("select count(*) from outbox"), 0);
}

TEST_P(OutboxTest, TriesAgainWithGrowingPausesAndThenIsDead) {
  const auto runner = runner_of(town());
  script_.answer = [](const Outgoing& message) -> Delivery {
    if (message.body == "one") return TryAgain{"no gateway", std::nullopt};
    return Delivered{};
  };
  send("13800000000", "one");
  send("13800000000", "two");
  for (int attempt = 1; attempt < outbox::attempts_max; ++attempt) {
    EXPECT_EQ(runner->deliver_due(), 1) << attempt;
    EXPECT_EQ(runner->deliver_due(), 0);
    const Instant next{value<std::int64_t>("select min(next_try_at) from outbox where state = 'waiting'")};
    const auto usual = std::min<Microseconds>(seconds{10} * (1 << (attempt - 1)), hours{1});
    EXPECT_GE(next - clock_.now(), usual * 8 / 10);
    EXPECT_LE(next - clock_.now(), std::min<Microseconds>(usual * 12 / 10, hours{1}));
    expect_one_head_each();
    clock_.move(next - clock_.now() - Microseconds{1});
    EXPECT_EQ(runner->deliver_due(), 0);
    clock_.move(Microseconds{1});
  }
  // With the last try the one behind it has its turn.
  EXPECT_EQ(runner->deliver_due(), 2);
  EXPECT_EQ(script_.bodies().back(), "two");
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].attempts, outbox::attempts_max);
  EXPECT_EQ(dead()[0].last_error, "no gateway");
  EXPECT_EQ(dead()[0].subject, "subject");
}

TEST_P(OutboxTest, WaitsAsLongAsTheOtherSideWishesUpToAnHour) {
  const auto runner = runner_of(town());
  script_.answer = [](const Outgoing&) { return TryAgain{"busy", seconds{600}}; };
  send("13800000000", "one");
  EXPECT_EQ(runner->deliver_due(), 1);
  EXPECT_EQ(value<std::int64_t>("select next_try_at from outbox"), (clock_.now() + seconds{600}).micros);
  script_.answer = [](const Outgoing&) { return TryAgain{"busy", std::chrono::seconds{hours{100}}}; };
  clock_.move(seconds{600});
  EXPECT_EQ(runner->deliver_due(), 1);
  EXPECT_EQ(value<std::int64_t>("select next_try_at from outbox"), (clock_.now() + hours{1}).micros);
}

TEST_P(OutboxTest, IsDeadAtOnceWhenRefusedAndCanBeRetried) {
  const auto runner = runner_of(town());
  script_.answer = [](const Outgoing&) { return Undeliverable{"no such number"}; };
  send("13800000000", "one");
  EXPECT_EQ(runner->deliver_due(), 1);
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_EQ(dead()[0].last_error, "no such number");
  script_.answer = [](const Outgoing&) { return TryAgain{"later", std::nullopt}; };
  send("13800000000", "two");
  EXPECT_EQ(runner->deliver_due(), 1);
  send("13800000000", "three");

  const auto id = dead()[0].id;
  write([&](Transaction& tx, Instant at) {
    EXPECT_TRUE(outbox::retry(tx, id, at));
    EXPECT_FALSE(outbox::retry(tx, id, at));
    EXPECT_FALSE(outbox::retry(tx, MessageId{5}, at));
  });
  expect_one_head_each();
  script_.answer = [](const Outgoing&) { return Delivered{}; };
  script_.sent.clear();
  clock_.move(hours{1});
  EXPECT_EQ(runner->deliver_due(), 3);
  EXPECT_THAT(script_.bodies(), ElementsAre("two", "one", "three"));
  EXPECT_EQ(count("delivered"), 3);
}

TEST_P(OutboxTest, NeverSendsWhatIsTooLate) {
  const auto runner = runner_of(town());
  send("13800000000", "late", minutes{1});
  send("13800000000", "late, too, and behind it", minutes{1});
  send("13800000000", "in time", minutes{10});
  clock_.move(minutes{1});
  EXPECT_EQ(runner->deliver_due(), 1);
  EXPECT_THAT(script_.bodies(), ElementsAre("in time"));
  EXPECT_EQ(count("expired"), 2);
  EXPECT_EQ(value<int>("select count(*) from outbox where length(recipient) > 0 or length(body) > 0"), 0);
}

TEST_P(OutboxTest, LooksAtTheClockRightBeforeSending) {
  const auto runner = runner_of(town());
  send("1", "slow");
  send("2", "late by then", seconds{30});
  script_.answer = [&](const Outgoing&) {
    clock_.move(seconds{40});
    return Delivered{};
  };
  runner->deliver_due();
  EXPECT_THAT(script_.bodies(), ElementsAre("slow"));
  EXPECT_EQ(count("expired"), 1);
}

TEST_P(OutboxTest, SendsAgainWhatACrashLeftAndKeepsTheOrder) {
  const auto crashing = runner_of(town());
  script_.answer = [](const Outgoing&) -> Delivery { throw Crash{}; };
  send("13800000000", "one");
  send("13800000000", "two");
  EXPECT_THROW(crashing->deliver_due(), Crash);

  const auto runner = runner_of(town());
  script_.answer = [](const Outgoing&) { return Delivered{}; };
  clock_.move(outbox::lease - Microseconds{1});
  EXPECT_EQ(runner->deliver_due(), 0);
  clock_.move(Microseconds{1});
  EXPECT_EQ(runner->deliver_due(), 2);
  EXPECT_THAT(script_.bodies(), ElementsAre("one", "one", "two"));
  EXPECT_EQ(script_.sent[0].id, script_.sent[1].id);
}

TEST_P(OutboxTest, GivesUpOnAMessageThatEndsTheProcessEachTime) {
  const auto runner = runner_of(town());
  script_.answer = [](const Outgoing&) -> Delivery { throw Crash{}; };
  send("13800000000", "poison");
  for (int i = 0; i < outbox::attempts_max; ++i) {
    EXPECT_THROW(runner->deliver_due(), Crash);
    clock_.move(outbox::lease);
  }
  EXPECT_EQ(runner->deliver_due(), 0);
  ASSERT_THAT(dead(), SizeIs(1));
  EXPECT_THAT(script_.bodies(), SizeIs(outbox::attempts_max));
}

TEST_P(OutboxTest, DoesNotSendWhatItsLeaseNoLongerCovers) {
  const auto runner = runner_of(town());
  for (int i = 0; i < 3; ++i) send(std::to_string(i), std::to_string(i));
  bool first = true;
  script_.answer = [&](const Outgoing&) {
    if (std::exchange(first, false)) clock_.move(outbox::lease);
    return Delivered{};
  };
  EXPECT_EQ(runner->deliver_due(), 5);  // two of them were given back unsent, and claimed anew
  EXPECT_THAT(script_.bodies(), ElementsAre("0", "1", "2"));
  EXPECT_EQ(value<int>("select max(attempts) from outbox"), 1);
}

// A slow process reports a failure when another one has already taken the message over.
TEST_P(OutboxTest, DoesNotLetALateReportUndoALaterClaim) {
  const auto slow = runner_of(town());
  const auto quick = runner_of(town());
  send("1", "x");
  script_.answer = [&](const Outgoing&) -> Delivery {
    script_.answer = [](const Outgoing&) { return Delivered{}; };
    clock_.move(outbox::lease);
    EXPECT_EQ(quick->deliver_due(), 1);
    return Undeliverable{"slow"};
  };
  EXPECT_EQ(slow->deliver_due(), 1);
  EXPECT_EQ(count("delivered"), 1);
  EXPECT_THAT(dead(), IsEmpty());
}

TEST_P(OutboxTest, DoesNotMixUpRecipientsOfDifferentChannels) {
  const auto runner = runner_of(town());
  script_.answer = [](const Outgoing& message) -> Delivery {
    if (message.channel == Channel::phone) return TryAgain{"later", std::nullopt};
    return Delivered{};
  };
  write([](Transaction& tx, Instant at) {
    tx.send({Channel::phone, "x", "s", "by phone", std::nullopt}, at);
    tx.send({Channel::hook, "x", "s", "by hook", std::nullopt}, at);
    tx.send({Channel::email, "x", "s", "without a transport", std::nullopt}, at);
  });
  EXPECT_EQ(runner->deliver_due(), 2);
  EXPECT_EQ(count("delivered"), 1);
  EXPECT_EQ(count("waiting"), 2);
}

TEST_P(OutboxTest, ForgetsWhatEndedLongAgo) {
  const auto runner = runner_of(town());
  send("1", "x");
  send("2", "y");
  runner->deliver_due();
  send("3", "waiting");
  clock_.move(outbox::ended_kept_for);
  const auto forget = [&] {
    std::int64_t forgotten = 0;
    write([&](Transaction& tx, Instant at) { forgotten = outbox::forget_ended(tx, at, 10); });
    return forgotten;
  };
  EXPECT_EQ(forget(), 0);
  clock_.move(Microseconds{1});
  EXPECT_EQ(forget(), 2);
  EXPECT_EQ(count("waiting"), 1);
}

TEST_P(OutboxTest, RefusesAMessagePastItsBounds) {
  EXPECT_THROW(send("", "x"), std::logic_error);
  EXPECT_THROW(send("1", std::string(outbox::body_bytes_max + 1, 'x')), std::logic_error);
}

TEST_P(OutboxTest, WakesWhenAMessageIsCommitted) {
  const auto runner = runner_of(town());
  runner->start();
  send("1", "one");
  send("1", "two");
  for (int i = 0; i < 500 && count("delivered") < 2; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_THAT(script_.bodies(), ElementsAre("one", "two"));
}

TEST_P(OutboxTest, StopsBetweenTwoMessagesAndGivesTheRestBack) {
  const auto runner = runner_of(town());
  std::atomic<bool> sending = false;
  std::atomic<bool> go_on = false;
  script_.answer = [&](const Outgoing&) {
    sending = true;
    while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    return Delivered{};
  };
  write([](Transaction& tx, Instant at) {
    for (int i = 0; i < 3; ++i) tx.send({Channel::phone, std::to_string(i), "s", "b", std::nullopt}, at);
  });
  runner->start();
  while (!sending) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  std::thread stopper{[&] { runner->stop(); }};
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  go_on = true;
  stopper.join();
  EXPECT_EQ(
      count("delivered") + value<int>("select count(*) from outbox where state = 'waiting' and attempts = 0"
                                      " and claimed_until is null"),
      3);
  EXPECT_LT(count("delivered"), 3);
}

// Two processes, each with its lanes, many recipients, failures at random: each message goes out, in order
// for each recipient, and none twice, for no lease runs out.
TEST_P(OutboxTest, IsServedByTwoProcessesWithoutRepetition) {
  constexpr int recipients = 20;
  constexpr int each = 10;
  auto other = another_process();
  std::atomic<unsigned> calls = 0;
  script_.answer = [&](const Outgoing&) -> Delivery {
    if (++calls % 5 == 0) return TryAgain{"flaky", std::nullopt};
    return Delivered{};
  };
  {
    const auto here = runner_of(town());
    const auto there = runner_of(*other.journal);
    here->start();
    there->start();
    for (int i = 0; i < each; ++i) {
      write([&](Transaction& tx, Instant at) {
        for (int r = 0; r < recipients; ++r) {
          tx.send({Channel::phone, std::to_string(r), "s", std::to_string(i), std::nullopt}, at);
        }
      });
    }
    for (int i = 0; i < 3000 && count("delivered") < recipients * each; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
      // Failed ones come due; far less often than a lease, which nothing here outlasts in the fake time.
      if (i % 20 == 19) clock_.move(seconds{15});
    }
  }
  EXPECT_EQ(count("delivered"), recipients * each);
  std::map<std::string, std::vector<std::string>> by_recipient;
  std::map<std::string, int> tries;
  for (const auto& message : script_.sent) {
    auto& bodies = by_recipient[message.recipient];
    if (bodies.empty() || bodies.back() != message.body) bodies.push_back(message.body);
    ++tries[message.id];
  }
  for (const auto& [recipient, bodies] : by_recipient) {
    EXPECT_THAT(bodies, SizeIs(each)) << recipient;
    EXPECT_TRUE(std::ranges::is_sorted(bodies)) << recipient;
  }
  // One try for each delivery and each failure, no more.
  EXPECT_EQ(script_.sent.size(), static_cast<std::size_t>(recipients * each) + calls / 5);
}

INSTANTIATE_TEST_SUITE_P(Engines, OutboxTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace

}  // namespace doorstep
