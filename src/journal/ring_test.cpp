#include "journal/ring.hpp"

#include <gmock/gmock.h>

#include "journal/test_town.hpp"

namespace doorstep {

namespace {

using std::chrono::minutes;
using ::testing::HasSubstr;

constexpr std::string_view where = "here";

std::string seal(const KeyRing& ring) { return ring.seal("a secret", where, system_entropy()); }

class RingTest : public testing::TownTest {
 protected:
  KeyRing open(const std::vector<TownKey>& keys) {
    return ring::open(town().store(), keys, system_entropy(), clock_.now());
  }
  void rotate(const std::vector<TownKey>& keys, const TownKey& to) {
    write([&](Transaction& tx, Instant at) { ring::rotate(tx, keys, to, system_entropy(), at); });
  }
  void refresh(KeyRing& ring, const std::vector<TownKey>& keys) {
    town().read_now(
        [&](Snapshot& snapshot, Instant at) { ring::refresh(snapshot, [&] { return keys; }, ring, at); });
  }
  std::string lock() {
    std::string lock;
    town().read_now([&](Snapshot& snapshot, Instant) { lock = ring::lock_of(snapshot.sql()); });
    return lock;
  }

  const TownKey key = TownKey::random(system_entropy());
  const TownKey next = TownKey::random(system_entropy());
};

TEST_P(RingTest, IsMadeOnceAndOpensWithTheTownsKeyOnly) {
  const auto ring = open({key});
  const auto sealed = seal(ring);
  EXPECT_EQ(open({key}).open(sealed, where), "a secret");
  EXPECT_EQ(open({key}).keyed_hash("phone", "138"), ring.keyed_hash("phone", "138"));
  try {
    open({next});
    ADD_FAILURE() << "opened with another key";
  } catch (const SealError& failure) {
    EXPECT_THAT(failure.what(), HasSubstr(key.id())) << "it names the key that is wanted";
    EXPECT_THAT(failure.what(), HasSubstr(next.id())) << "and the one that is here";
  }
}

TEST_P(RingTest, OfATownFromBeforeThereWereRingsOpensWhatWasSealedThen) {
  write([](Transaction&, Instant) {});  // it is in use
  const KeyRing before{key.hash_key_of_before(), key.sealing_key_of_before()};
  const auto sealed = seal(before);
  const auto ring = open({key});
  EXPECT_EQ(ring.open(sealed, where), "a secret");
  EXPECT_EQ(ring.keyed_hash("phone", "138"), before.keyed_hash("phone", "138"));
}

TEST_P(RingTest, OfATownFromBeforeIsNotMadeUnderAWrongKey) {
  const KeyRing before{key.hash_key_of_before(), key.sealing_key_of_before()};
  const auto sealed = seal(before);
  write([&](Transaction& tx, Instant at) {
    tx.run(
        "insert into answers (scope, route, key, body_hash, status, body, at) values ('s', 'r', 'k', 'h', 200, :body, :at)",
        {{"body", std::vector<unsigned char>(sealed.begin(), sealed.end())}, {"at", at}});
  });
  EXPECT_THROW(open({next}), SealError);
  EXPECT_EQ(value<std::int64_t>("select count(*) from ring_keys"), 0);
  EXPECT_EQ(open({key}).open(sealed, where), "a secret");
}

TEST_P(RingTest, KnowsWhatMayBeFromBefore) {
  EXPECT_EQ(open({key}).since(), 0) << "nothing, in a new town";
  write([](Transaction& tx, Instant) { tx.run("delete from ring_keys"); });
  EXPECT_EQ(open({key}).since(), value<std::int64_t>("select next_id from journal_head where one = 1"));
}

TEST_P(RingTest, AsItIsMakesNothing) {
  std::vector<TownKey> keys{key};
  ring::open_as_it_is(town().store(), keys, clock_.now());
  EXPECT_EQ(value<std::int64_t>("select count(*) from ring_keys"), 0);
  const auto ring = open({key});
  EXPECT_EQ(ring::open_as_it_is(town().store(), keys, clock_.now()).active(), ring.active());
}

TEST_P(RingTest, ANewKeyIsKnownEverywhereBeforeItSeals) {
  auto here = open({key});
  auto there = open({key});
  const auto old = here.active();
  rotate({key}, next);
  EXPECT_EQ(lock(), next.id());
  EXPECT_THROW(open({key}), SealError) << "the old key opens nothing any more";
  // A process that has looked seals as before, and one that has not yet looked opens it.
  refresh(here, {key, next});
  EXPECT_EQ(here.active(), old);
  EXPECT_EQ(there.open(seal(here), where), "a secret");
  clock_.move(ring::notice - minutes{1});
  refresh(there, {key, next});
  clock_.move(minutes{2});
  refresh(here, {key, next});
  EXPECT_NE(here.active(), old);
  EXPECT_EQ(there.open(seal(here), where), "a secret") << "known here, though not yet used";
  EXPECT_EQ(open({next}).active(), here.active());
}

TEST_P(RingTest, KeepsWhatItHasThroughManyChanges) {
  auto ring = open({key});
  std::vector<std::string> sealed{seal(ring)};
  const auto hash = ring.keyed_hash("phone", "138");
  auto current = key;
  for (int turn = 0; turn < 3; ++turn) {
    const auto following = TownKey::random(system_entropy());
    rotate({current}, following);
    clock_.move(ring::notice);
    refresh(ring, {following});
    sealed.push_back(seal(ring));
    current = following;
  }
  const auto opened = open({current});
  for (const auto& each : sealed) EXPECT_EQ(opened.open(each, where), "a secret");
  EXPECT_EQ(opened.keyed_hash("phone", "138"), hash);
  EXPECT_EQ(value<std::int64_t>("select count(*) from ring_keys"), 2 + 4);
}

TEST_P(RingTest, ChangedTwiceAtOnceIsSealedUnderOneOfTheTwo) {
  open({key});
  rotate({key}, next);
  const auto other = TownKey::random(system_entropy());
  EXPECT_THROW(rotate({key}, other), SealError) << "the first has changed the lock already";
  EXPECT_EQ(lock(), next.id());
}

INSTANTIATE_TEST_SUITE_P(engines, RingTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace

}  // namespace doorstep
