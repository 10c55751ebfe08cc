// The answers that were given to writes: kept for a day,
// sealed, and found by who asks, where, and with which key.
#include "journal/answers.hpp"

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "journal/test_town.hpp"

namespace doorstep {

namespace {

const answers::Key key{.scope = "device", .route = "take_ticket", .key = "key-1", .body_hash = "hash"};

class AnswersTest : public testing::TownTest {
 protected:
  std::optional<answers::Answer> find(const answers::Key& asked) {
    std::optional<answers::Answer> found;
    write([&](Transaction& tx, Instant at) { found = answers::find(tx, asked, at); });
    return found;
  }
  void keep(const answers::Key& asked, const std::string& body = R"({"number":"A001"})") {
    write([&](Transaction& tx, Instant at) { answers::keep(tx, asked, {201, body}, at); });
  }
  std::int64_t kept() { return value<std::int64_t>("select count(*) from answers"); }
  std::int64_t forget(int limit) {
    std::int64_t forgotten = 0;
    write([&](Transaction& tx, Instant at) { forgotten = answers::forget_old(tx, at, limit); });
    return forgotten;
  }
};

TEST_P(AnswersTest, IsFoundAsItWasGiven) {
  EXPECT_FALSE(find(key));
  keep(key);
  const auto found = find(key);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, 201);
  EXPECT_EQ(found->body, R"({"number":"A001"})");
}

TEST_P(AnswersTest, IsFoundOnlyByWhoAskedWhereAndWithWhichKey) {
  keep(key);
  for (const auto member : {&answers::Key::scope, &answers::Key::route, &answers::Key::key}) {
    auto other = key;
    other.*member += "x";
    EXPECT_FALSE(find(other));
  }
}

TEST_P(AnswersTest, RefusesAnotherBody) {
  keep(key);
  auto other = key;
  other.body_hash = "another";
  try {
    find(other);
    FAIL() << "it was answered";
  } catch (const Problem& problem) {
    EXPECT_EQ(problem.code, "key_reused");
  }
}

TEST_P(AnswersTest, ACommandThatIsRolledBackLeavesNone) {
  EXPECT_THROW(write([](Transaction& tx, Instant at) {
                 answers::keep(tx, key, {201, "{}"}, at);
                 throw Problem{"queue_empty"};
               }),
               Problem);
  EXPECT_FALSE(find(key));
}

TEST_P(AnswersTest, IsKeptForADay) {
  keep(key);
  clock_.move(answers::kept_for);
  EXPECT_TRUE(find(key));
  EXPECT_EQ(forget(10), 0);
  clock_.move(Microseconds{1});
  EXPECT_FALSE(find(key)) << "even before it is swept away";
  keep(key, "{}");
  EXPECT_EQ(find(key)->body, "{}") << "a new one takes the old one's place";
}

TEST_P(AnswersTest, AreForgottenTheOldestFirstAndNoMoreThanAskedFor) {
  for (int i = 0; i < 5; ++i) {
    auto one = key;
    one.key += std::to_string(i);
    keep(one);
    clock_.move(std::chrono::hours{1});
  }
  clock_.move(answers::kept_for - std::chrono::hours{2});
  EXPECT_EQ(forget(2), 2);
  auto third = key;
  third.key += "2";
  EXPECT_EQ(kept(), 3);
  EXPECT_EQ(forget(10), 1);
  EXPECT_EQ(kept(), 2);
  EXPECT_EQ(forget(10), 0);
}

TEST_P(AnswersTest, IsSealed) {
  keep(key, R"({"token":"abcdefghijklmnopqrstuv"})");
  std::string stored;
  town().read_now([&](Snapshot& snapshot, Instant) {
    snapshot.sql().query("select body from answers", {}, [&](storage::Rows& rows) {
      const auto bytes = rows.bytes(0);
      stored.assign(reinterpret_cast<const char*>(bytes.data), bytes.size);
    });
  });
  EXPECT_FALSE(stored.empty());
  EXPECT_THAT(stored, ::testing::Not(::testing::HasSubstr("token")));
}

INSTANTIATE_TEST_SUITE_P(engines, AnswersTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace

}  // namespace doorstep
