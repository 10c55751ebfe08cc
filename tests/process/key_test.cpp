// The town's key is changed for another: while it serves, and with the program stopped anywhere on the way.
#include <gmock/gmock.h>

#include "base/town_key.hpp"
#include "process/browser.hpp"
#include "storage/store.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class KeyTest : public ::testing::Test {
 protected:
  Ended rotate() const { return run(Words{"key", "rotate"} + town.settings()); }
  fs::path key(const std::string& ending = "") const { return town.data() / ("town.key" + ending); }
  fs::path old(const std::string& id) const { return key('.' + id + ".old"); }
  std::string id() const { return TownKey::load(key()).id(); }

  // A ticket's token holds after the change; it comes from the hash key.
  static std::string ticket(const Server& server) {
    Client client{server.port()};
    return take_ticket(client, first_hall(server.port())).at("token");
  }
  static int status_of(const Server& server, const std::string& token) {
    Client client{server.port()};
    return ask(client, "GET", "/api/tickets/" + token).status;
  }

  const Town town{storage::Engine::sqlite};
};

TEST_F(KeyTest, ChangesWhileTheTownIsServed) {
  Server server{town.settings()};
  const auto token = ticket(server);
  const auto first = id();
  const auto done = rotate();
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr(old(first).string()));
  EXPECT_EQ(TownKey::load(old(first)).id(), first);
  EXPECT_NE(id(), first);
  EXPECT_FALSE(fs::exists(key(".next")));
  EXPECT_EQ(status_of(server, token), 200);
  EXPECT_EQ(status_of(server, ticket(server)), 200);
  EXPECT_EQ(server.stop().status, 0);

  Server again{town.settings()};
  EXPECT_EQ(status_of(again, token), 200);
}

TEST_F(KeyTest, EachOldKeyIsKept) {
  const auto first = id();
  ASSERT_EQ(rotate().status, 0);
  const auto second = id();
  ASSERT_EQ(rotate().status, 0);
  EXPECT_EQ(TownKey::load(old(first)).id(), first);
  EXPECT_EQ(TownKey::load(old(second)).id(), second);
}

TEST_F(KeyTest, TheOldKeyNoLongerOpensTheTown) {
  const auto first = id();
  ASSERT_EQ(rotate().status, 0);
  fs::copy_file(old(first), key(), fs::copy_options::overwrite_existing);
  const auto refused = town.check();
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.err, HasSubstr("Put the right key back"));
}

TEST_F(KeyTest, AChangeThatWasStoppedBeforeTheRingWasSealedIsTakenUpAgain) {
  TownKey::create(key(".next"));
  const auto next = TownKey::load(key(".next")).id();
  {
    Server server{town.settings()};
    EXPECT_EQ(status_of(server, ticket(server)), 200);
    EXPECT_EQ(server.stop().status, 0);
  }
  EXPECT_NE(id(), next) << "a start changes nothing by itself";
  ASSERT_EQ(rotate().status, 0);
  EXPECT_EQ(id(), next) << "the one that was written is the one that is used";
}

TEST_F(KeyTest, AChangeThatWasStoppedBeforeTheFilesWereNamedIsFinishedOnce) {
  const auto first = id();
  ASSERT_EQ(rotate().status, 0);
  const auto current = id();
  const auto stop_before_the_naming = [&](bool old_in_place) {
    fs::rename(key(), key(".next"));
    if (old_in_place) fs::rename(old(first), key());
  };
  for (const bool old_in_place : {true, false}) {
    stop_before_the_naming(old_in_place);
    Server server{town.settings()};
    EXPECT_EQ(status_of(server, ticket(server)), 200);
    EXPECT_EQ(server.stop().status, 0);
    EXPECT_EQ(id(), current);
    EXPECT_FALSE(fs::exists(key(".next")));
  }
  stop_before_the_naming(true);
  const auto again = rotate();
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("is finished"));
  EXPECT_EQ(id(), current) << "the same command goes on, and does not begin another change";
  EXPECT_EQ(TownKey::load(old(first)).id(), first);
}

TEST_F(KeyTest, AnAuditThatWasTamperedWithIsFoundByCheck) {
  storage::Options options;
  options.url = "sqlite:" + (town.data() / "town.db").string();
  storage::open_store(options)->write_now([](storage::Sql& sql) {
    sql.run(
        "insert into audit (id, at, staff, action, subject, purpose, allowed)"
        " select 999999, 1, id, 'look_at_person', 'pe_1', 'made up', 1 from staff limit 1");
  });
  const auto checked = town.check();
  EXPECT_EQ(checked.status, 1);
  EXPECT_THAT(checked.out, HasSubstr("audit: row 999999"));
}

}  // namespace
}  // namespace doorstep::process
