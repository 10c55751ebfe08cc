// The feed: in order, each event once, with resume; whoever is gone is dropped.
#include "journal/feed.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "journal/test_town.hpp"

namespace doorstep {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

struct Ticked {
  static constexpr std::string_view kind = "ticked";
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Ticked, (), (number))

struct Bare {
  static constexpr std::string_view kind = "bare";
};
BOOST_DESCRIBE_STRUCT(Bare, (), ())

class Ear : public Listener {
 public:
  bool hear(const std::shared_ptr<const std::string>& chunk) override {
    {
      const std::lock_guard lock{mutex_};
      ++told_;
      if (gone_) return false;
      chunks_.push_back(*chunk);
    }
    more_.notify_all();
    return true;
  }
  bool gone() const override { return gone_; }
  void leave() { gone_ = true; }

  std::vector<std::string> chunks(std::size_t count) {
    std::unique_lock lock{mutex_};
    more_.wait_for(lock, std::chrono::seconds{20}, [&] { return chunks_.size() >= count; });
    EXPECT_GE(chunks_.size(), count);
    return chunks_;
  }
  // The ids of what was heard.
  std::vector<std::int64_t> seqs(std::size_t count) {
    std::vector<std::int64_t> found;
    for (const auto& chunk : chunks(count)) found.push_back(std::stoll(chunk.substr(4)));
    return found;
  }
  int told() {
    const std::lock_guard lock{mutex_};
    return told_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<std::string> chunks_;
  int told_ = 0;
  std::atomic<bool> gone_{false};
};

class FeedTest : public testing::TownTest {
 protected:
  void SetUp() override {
    TownTest::SetUp();
    feed = std::make_unique<Feed>(town());
  }
  void TearDown() override {
    feed->stop();
    TownTest::TearDown();
  }

  void tick(const std::string& topic, int count = 1) {
    write([&](Transaction& tx, Instant) {
      for (int i = 0; i < count; ++i) tx.emit({topic}, Ticked{i});
    });
  }

  std::shared_ptr<Ear> listen(std::vector<std::string> topics,
                              std::optional<std::int64_t> after = std::nullopt) {
    auto ear = std::make_shared<Ear>();
    feed->listen(std::move(topics), after, ear);
    return ear;
  }
  // One that has been let in: it begins with a reset.
  std::shared_ptr<Ear> settled(std::vector<std::string> topics) {
    auto ear = listen(std::move(topics));
    ear->chunks(1);
    return ear;
  }
  // Until the feed has told all that was written so far; takes one seq.
  void wait_for_feed() {
    auto ear = settled({"sync"});
    tick("sync");
    ear->chunks(2);
  }

  std::unique_ptr<Feed> feed;
};

TEST_P(FeedTest, AnEventIsToldAsTheStreamHasIt) {
  EXPECT_EQ(
      event_chunk(7, *parse_instant("2026-11-24T12:00:00Z"), "ticked", R"({"number":1})"),
      "id: 7\nevent: ticked\ndata: {\"seq\":7,\"at\":\"2026-11-24T12:00:00.000000Z\",\"kind\":\"ticked\","
      "\"number\":1}\n\n");
  auto ear = settled({"a"});
  write([](Transaction& tx, Instant) { tx.emit({"a"}, Bare{}); });
  EXPECT_EQ(
      ear->chunks(2)[1],
      "id: 1\nevent: bare\ndata: {\"seq\":1,\"at\":\"2026-11-24T12:00:00.000000Z\",\"kind\":\"bare\"}\n\n");
}

TEST_P(FeedTest, WhoComesAnewIsToldToFetchEverything) {
  tick("a", 3);
  EXPECT_THAT(settled({"a"})->chunks(1)[0], HasSubstr("event: reset"));
}

TEST_P(FeedTest, EachTopicIsHeardByThoseWhoAskedForIt) {
  auto a = settled({"a"});
  auto b = settled({"b"});
  auto both = settled({"a", "b"});
  tick("a");
  tick("b");
  tick("c");
  tick("a");
  EXPECT_THAT(a->seqs(3), ElementsAre(0, 1, 4));
  EXPECT_THAT(b->seqs(2), ElementsAre(0, 2));
  EXPECT_THAT(both->seqs(4), ElementsAre(0, 1, 2, 4));
}

TEST_P(FeedTest, ATopicThatIsAskedForTwiceIsHeardOnce) {
  auto ear = settled({"a", "a"});
  tick("a");
  tick("a");
  EXPECT_THAT(ear->seqs(3), ElementsAre(0, 1, 2));
  EXPECT_THAT(listen({"a", "a"}, 0)->seqs(2), ElementsAre(1, 2));
}

TEST_P(FeedTest, WhoComesBackHearsWhatWasMissedInOrder) {
  tick("a");
  tick("b");
  tick("c");
  tick("a");
  tick("b");
  wait_for_feed();
  auto ear = listen({"b", "a"}, 1);
  EXPECT_THAT(ear->seqs(3), ElementsAre(2, 4, 5));
  tick("a");
  EXPECT_THAT(ear->seqs(4), ElementsAre(2, 4, 5, 7));
}

TEST_P(FeedTest, ComingBackAtAnyMomentLosesAndRepeatsNothing) {
  std::jthread writer{[&] {
    for (int i = 0; i < 60; ++i) tick("a", 1 + i % 3);
  }};
  std::int64_t last = 0;
  while (last < 120) {
    auto ear = listen({"a"}, last);
    for (const auto seq : ear->seqs(1)) {
      ASSERT_EQ(seq, last + 1);
      last = seq;
    }
    ear->leave();
  }
}

TEST_P(FeedTest, WhatWasReadAMomentAgoIsNoReasonToFetchItAgain) {
  for (int i = 0; i < 30; ++i) {
    tick("a");
    const auto seen = value<std::int64_t>("select seq from journal_head");
    auto ear = listen({"a"}, seen);
    tick("a");
    ASSERT_THAT(ear->seqs(1), ElementsAre(seen + 1));
  }
}

TEST_P(FeedTest, WhoMissedTooMuchFetchesEverythingAnew) {
  tick("a", Feed::backlog_max + 1);
  wait_for_feed();
  EXPECT_THAT(listen({"a"}, 1)->chunks(Feed::backlog_max), SizeIs(Feed::backlog_max))
      << "just as much as is kept";
  EXPECT_THAT(listen({"a"}, 0)->chunks(1),
              ElementsAre(AllOf(StartsWith("id: 502\n"), HasSubstr("event: reset"))));
}

TEST_P(FeedTest, ASeqThatThisTownNeverGaveIsAReset) {
  tick("a");
  EXPECT_THAT(listen({"a"}, 1'000)->chunks(1)[0], HasSubstr("event: reset"));
}

TEST_P(FeedTest, WhatWasRefusedIsNotHeard) {
  auto ear = settled({"a"});
  EXPECT_THROW(write([](Transaction& tx, Instant) {
                 tx.emit({"a"}, Ticked{1});
                 throw Problem{"queue_empty"};
               }),
               Problem);
  tick("a");
  EXPECT_THAT(ear->seqs(2), ElementsAre(0, 1));
}

TEST_P(FeedTest, WhoIsGoneIsDropped) {
  auto gone = settled({"a"});
  auto stays = settled({"a"});
  gone->leave();
  tick("a");
  stays->chunks(2);
  tick("a");
  stays->chunks(3);
  EXPECT_LE(gone->told(), 2) << "the reset, and the one that showed that it is gone";
}

TEST_P(FeedTest, WhoIsGoneFromAQuietTopicIsLetGoOf) {
  auto gone = settled({"quiet"});
  std::weak_ptr<Ear> watched = gone;
  gone->leave();
  gone.reset();
  clock_.move(std::chrono::minutes{1});
  for (int i = 0; i < 200 && !watched.expired(); ++i) {
    tick("a");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  EXPECT_TRUE(watched.expired());
}

TEST_P(FeedTest, ManyTopicsAndListenersEachHearTheirOwn) {
  constexpr int topics = 50;
  std::vector<std::shared_ptr<Ear>> ears;
  for (int i = 0; i < topics; ++i) ears.push_back(settled({"t" + std::to_string(i)}));
  for (int round = 0; round < 4; ++round) {
    write([&](Transaction& tx, Instant) {
      for (int i = 0; i < topics; ++i) tx.emit({"t" + std::to_string(i)}, Ticked{round});
    });
  }
  for (int i = 0; i < topics; ++i) {
    EXPECT_THAT(ears[static_cast<std::size_t>(i)]->seqs(5),
                ElementsAre(0, i + 1, i + 1 + topics, i + 1 + 2 * topics, i + 1 + 3 * topics));
  }
}

TEST_P(FeedTest, WhatAnotherProcessWroteIsHeard) {
  auto ear = settled({"a"});
  auto second = another_process();
  second.journal->write_now([](Transaction& tx, Instant) { tx.emit({"a"}, Ticked{1}); });
  EXPECT_THAT(ear->seqs(2), ElementsAre(0, 1));
}

INSTANTIATE_TEST_SUITE_P(engines, FeedTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace

}  // namespace doorstep
