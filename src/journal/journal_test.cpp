// The journal's promises: a gapless seq, ids that nobody else has, instants that never run backwards;
// whatever is refused, lost, or done by many at once.
#include "journal/journal.hpp"

#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "journal/test_town.hpp"
#include "storage/testing.hpp"

namespace doorstep {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Noted {
  static constexpr std::string_view kind = "noted";
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (number))

struct NoteTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "nt";
};
using NoteId = Id<NoteTag>;

const Topic here{"test:here"};

class JournalTest : public testing::TownTest {
 protected:
  void SetUp() override {
    TownTest::SetUp();
    write([](Transaction& tx, Instant) {
      tx.run("create table notes (id ID primary key, at INSTANT not null)");
    });
  }

  // A row and two events.
  static void note(Transaction& tx, Instant at) {
    const auto id = tx.new_id<NoteId>();
    tx.run("insert into notes (id, at) values (:id, :at)", {{"id", id}, {"at", at}});
    tx.emit(here, Noted{id.value});
    tx.emit(here, Noted{id.value});
  }

  std::vector<std::int64_t> numbers(const std::string& statement) {
    std::vector<std::int64_t> found;
    town().read_now([&](Snapshot& snapshot, Instant) {
      snapshot.sql().query(statement, {}, [&](storage::Rows& rows) { found.push_back(rows.integer(0)); });
    });
    return found;
  }

  // Events are numbered from one on without a gap, the head knows the last, and no id is given twice.
  void expect_consistent() {
    const auto seqs = numbers("select seq from events order by seq");
    for (std::size_t i = 0; i < seqs.size(); ++i) ASSERT_EQ(seqs[i], static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(value<std::int64_t>("select seq from journal_head"), std::ssize(seqs));
    const auto ids = numbers("select id from notes order by id");
    EXPECT_EQ(seqs.size(), ids.size() * 2) << "each note with its two events";
    if (!ids.empty()) {
      EXPECT_LT(ids.back(), value<std::int64_t>("select next_id from journal_head"));
    }
    const auto instants = numbers("select at from events order by seq");
    EXPECT_TRUE(std::ranges::is_sorted(instants));
  }
};

TEST_P(JournalTest, EventsAreNumberedInTheOrderOfTheirCommands) {
  for (int i = 0; i < 3; ++i) write(note);
  EXPECT_THAT(numbers("select seq from events order by seq"), ElementsAre(1, 2, 3, 4, 5, 6));
  expect_consistent();
}

TEST_P(JournalTest, ARefusedCommandTakesNoNumber) {
  write(note);
  EXPECT_THROW(write([](Transaction& tx, Instant at) {
                 note(tx, at);
                 throw Problem{"queue_empty"};
               }),
               Problem);
  write(note);
  EXPECT_THAT(numbers("select seq from events order by seq"), ElementsAre(1, 2, 3, 4));
  expect_consistent();
}

TEST_P(JournalTest, ManyAtOnceWithRefusalsAmongThemLeaveNoGap) {
  auto second = another_process();
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      auto& journal = thread % 2 == 0 ? town() : *second.journal;
      threads.emplace_back([&journal, thread] {
        for (int i = 0; i < 40; ++i) {
          const bool refused = (i + thread) % 3 == 0;
          try {
            journal.write_now([&](Transaction& tx, Instant at) {
              note(tx, at);
              if (refused) throw Problem{"queue_empty"};
            });
            EXPECT_FALSE(refused);
          } catch (const Problem&) {
            EXPECT_TRUE(refused);
          }
        }
      });
    }
  }
  expect_consistent();
  EXPECT_GT(value<std::int64_t>("select count(*) from notes"), 200);
}

TEST_P(JournalTest, AClockThatIsSetBackIsWaitedFor) {
  std::vector<Instant> given;
  const auto ask = [&] { write([&](Transaction&, Instant at) { given.push_back(at); }); };
  ask();
  clock_.move(std::chrono::minutes{10});
  ask();
  clock_.move(-std::chrono::minutes{30});
  ask();
  EXPECT_EQ(given[2], given[1]) << "time stands still";
  EXPECT_EQ(town().now(), given[1]) << "for readers too";
  EXPECT_EQ(town().clock_behind(), std::chrono::minutes{30});
  clock_.move(std::chrono::minutes{29});
  ask();
  EXPECT_EQ(given[3], given[1]);
  clock_.move(std::chrono::minutes{2});
  ask();
  EXPECT_EQ(given[4], given[1] + std::chrono::minutes{1}) << "and goes on";
  EXPECT_EQ(town().clock_behind(), Microseconds{0});
}

TEST_P(JournalTest, AnotherProcessDoesNotGoBackEither) {
  clock_.move(std::chrono::minutes{10});
  write([](Transaction&, Instant) {});
  const auto before = town().now();
  clock_.move(-std::chrono::minutes{10});
  auto second = another_process();
  Instant given;
  second.journal->write_now([&](Transaction&, Instant at) { given = at; });
  EXPECT_GE(given, before);
}

TEST_P(JournalTest, ListenersHearOfACommitOnceItIsDurable) {
  // A listener stays as long as its journal does.
  const auto heard = std::make_shared<std::atomic<int>>(0);
  town().on_commit([heard] { ++*heard; });
  write(note);
  EXPECT_EQ(*heard, 1);
  EXPECT_THROW(write([](Transaction&, Instant) { throw Problem{"queue_empty"}; }), Problem);
  EXPECT_EQ(*heard, 1) << "nothing was committed";
}

TEST_P(JournalTest, AVersionThatWasNotSeenIsRefused) {
  EXPECT_NO_THROW(require_version(3, 3));
  EXPECT_THROW(require_version(3, 2), Problem);
}

// The N-th call of the engine fails, until a whole batch gets through: whoever was told "done" is there with
// both events, nobody else is there by half, and the numbers have no gap.
TEST_P(JournalTest, ALostBatchTakesNothingWithIt) {
  using storage::Fault;
  for (const auto fault : {Fault::statement, Fault::transaction}) {
    bool through = false;
    for (int nth = 1; !through; ++nth) {
      ASSERT_LT(nth, 200);
      std::promise<void> gate, begun;
      auto opened = gate.get_future();
      town().write(
          [&](Transaction&, Instant) {
            begun.set_value();
            opened.wait();
            throw Problem{"queue_empty"};
          },
          [](const std::exception_ptr&) {});
      begun.get_future().wait();
      constexpr int size = 4;
      const auto before = value<std::int64_t>("select count(*) from notes");
      std::promise<bool> done[size];
      for (auto& each : done) {
        town().write(note, [&each](const std::exception_ptr& error) { each.set_value(error == nullptr); });
      }
      storage::testing::fail_at(town().store(), nth, fault);
      gate.set_value();
      int acknowledged = 0;
      for (auto& each : done) acknowledged += each.get_future().get() ? 1 : 0;
      through = storage::testing::failure_waits(town().store());
      storage::testing::fail_at(town().store(), 0, fault);
      EXPECT_GE(value<std::int64_t>("select count(*) from notes"), before + acknowledged) << "call " << nth;
      expect_consistent();
      ASSERT_FALSE(HasFailure()) << "call " << nth
                                 << (fault == Fault::statement ? " statement" : " transaction");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(engines, JournalTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace

}  // namespace doorstep
