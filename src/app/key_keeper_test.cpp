// A town's key is changed: known in time, people's keys brought under the new one, and nothing lost when it
// stops on the way.
#include "app/key_keeper.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "app/town_keys.hpp"
#include "identity/vault.hpp"
#include "journal/ring.hpp"
#include "testing/small_town.hpp"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

class KeyKeeperTest : public testing::SmallTownTest {
 public:
  KeyKeeperTest() {
    auto pattern = (fs::temp_directory_path() / "doorstep-keys-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    config = make_config("", {}, {{"data", folder.string()}});
    std::ofstream{folder / "town.key"} << testing::SmallTown::key;
    fs::permissions(folder / "town.key", fs::perms::owner_read | fs::perms::owner_write);
  }
  ~KeyKeeperTest() override { fs::remove_all(folder); }

 protected:
  void record(int people) {
    town.write([&](Transaction& tx, Instant at) {
      for (int i = 0; i < people; ++i) {
        const auto id = tx.new_id<identity::PersonId>();
        tx.run("insert into persons (id, created_at, version) values (:id, :at, 1)",
               {{"id", id}, {"at", at}});
        identity::make_person_keys(tx, std::array{id});
      }
    });
  }
  std::int64_t people_under(const std::string& key) {
    std::int64_t count = 0;
    town.read([&](Snapshot& snapshot, Instant) {
      count = snapshot.value<std::int64_t>("select count(*) from person_keys where sealed_under = :key",
                                           {{"key", key}});
    });
    return count;
  }

  fs::path folder;
  Config config;
};

TEST_P(KeyKeeperTest, BringsPeopleUnderTheNewKeyWhenItsTimeHasCome) {
  constexpr int people = 2 * KeyKeeper::people_at_once + 7;
  record(people);
  const auto before = town.keys().active();
  rotate_key(config, town.journal());
  KeyKeeper keeper{config, town.journal(), town.keys()};
  keeper.look();
  EXPECT_EQ(people_under(before), people) << "not yet: another process may not know the new key";
  town.pass(ring::notice);
  keeper.look();
  EXPECT_NE(town.keys().active(), before);
  EXPECT_EQ(people_under(town.keys().active()), people);
}

TEST_P(KeyKeeperTest, GoesOnWhereAnotherWasStopped) {
  constexpr int people = 50;
  record(people);
  rotate_key(config, town.journal());
  town.pass(ring::notice);
  const auto keys = present_keys(config);
  town.read([&](Snapshot& snapshot, Instant at) {
    ring::refresh(snapshot, [&] { return keys; }, town.keys(), at);
  });
  // It dies after some of them.
  town.write([&](Transaction& tx, Instant) { identity::renew_person_keys(tx, 20); });
  EXPECT_EQ(people_under(town.keys().active()), 20);
  // The next one starts with what the database has.
  auto ring = ring::open_as_it_is(town.store(), keys, town.instant());
  KeyKeeper{config, town.journal(), ring}.look();
  EXPECT_EQ(people_under(ring.active()), people);
}

TEST_P(KeyKeeperTest, TakesTheNextKeyFromTheEnvironment) {
  const std::string next(64, 'b');
  ::setenv(key_variable, testing::SmallTown::key, 1);
  ::setenv(next_key_variable, next.c_str(), 1);
  EXPECT_THAT(rotate_key(config, town.journal()), ::testing::HasSubstr(key_variable));
  std::string lock;
  town.read([&](Snapshot& snapshot, Instant) { lock = ring::lock_of(snapshot.sql()); });
  EXPECT_EQ(lock, TownKey::from_text(next).id());
  EXPECT_THAT(rotate_key(config, town.journal()), ::testing::HasSubstr("nothing was changed"));
  ::unsetenv(key_variable);
  ::unsetenv(next_key_variable);
  EXPECT_TRUE(fs::exists(folder / "town.key")) << "files are left alone";
}

DOORSTEP_ON_ALL_ENGINES(KeyKeeperTest);

}  // namespace
}  // namespace doorstep::app
