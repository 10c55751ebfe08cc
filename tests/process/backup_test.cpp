// A back-up that is made while the town is served, and the same town from it.
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "process/browser.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;

class BackupTest : public ::testing::Test {
 protected:
  Ended back_up() const { return run(Words{"backup", copy.string()} + town.settings()); }
  Ended restore(const fs::path& from) const {
    return run(Words{"restore", from.string()} + town.settings(elsewhere));
  }
  void bring_key() const {
    fs::create_directories(elsewhere);
    fs::copy_file(town.data() / "town.key", elsewhere / "town.key");
  }

  const Town town{storage::Engine::sqlite};
  const fs::path copy = town.folder() / "copy";
  const fs::path elsewhere = town.folder() / "elsewhere";
};

TEST_F(BackupTest, WhileServingItCopiesATownThatIsWholeAndTheSame) {
  struct Seen {
    std::string token, text;
  };
  std::vector<Seen> before;
  {
    Server server{town.settings()};
    const auto hall = first_hall(server.port());
    Client client{server.port()};
    for (int i = 0; i < 30; ++i) {
      const auto token = take_ticket(client, hall).at("token");
      before.push_back({token, ask(client, "GET", "/api/tickets/" + token).text});
    }
    std::vector<std::jthread> others;
    for (int line = 0; line < 3; ++line) {
      others.emplace_back([&](const std::stop_token& stop) {
        Client other{server.port()};
        while (!stop.stop_requested()) EXPECT_EQ(take_ticket(other, hall).status, 201);
      });
    }
    const auto done = back_up();
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_NE(done.out.find((town.data() / "town.key").string()), std::string::npos)
        << "the key is kept apart: " << done.out;
    others.clear();
    EXPECT_EQ(server.stop().status, 0);
  }
  EXPECT_FALSE(fs::exists(copy / "town.key"));
  bring_key();
  const auto restored = restore(copy);
  ASSERT_EQ(restored.status, 0) << restored.err;
  EXPECT_NE(restored.out.find("Nothing is wrong."), std::string::npos) << restored.out;

  Server server{town.settings(elsewhere)};
  Client client{server.port()};
  for (const auto& ticket : before) {
    EXPECT_EQ(ask(client, "GET", "/api/tickets/" + ticket.token).text, ticket.text);
  }
  const auto next = take_ticket(client, first_hall(server.port()));
  ASSERT_EQ(next.status, 201) << next.text;
  EXPECT_GT(std::stoul(next.at("number").substr(1)), before.size());
}

TEST_F(BackupTest, NeverWritesOverAnEarlierOne) {
  ASSERT_EQ(back_up().status, 0);
  const auto again = back_up();
  EXPECT_EQ(again.status, 1);
  EXPECT_NE(again.err.find((copy / "town.db").string()), std::string::npos) << again.err;
}

TEST_F(BackupTest, RestoreRefusesAFolderWithoutABackup) {
  bring_key();
  const auto refused = restore(town.folder() / "nowhere");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find((town.folder() / "nowhere").string()), std::string::npos) << refused.err;
}

TEST_F(BackupTest, RestoreRefusesATownThatIsThere) {
  ASSERT_EQ(back_up().status, 0);
  const auto refused = run(Words{"restore", copy.string()} + town.settings());
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find((town.data() / "town.db").string()), std::string::npos) << refused.err;
}

TEST_F(BackupTest, RestoreRefusesWithoutTheKey) {
  ASSERT_EQ(back_up().status, 0);
  const auto refused = restore(copy);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find((elsewhere / "town.key").string()), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(elsewhere / "town.db"));
}

TEST_F(BackupTest, RestoreRefusesADamagedBackupAndLeavesNothing) {
  ASSERT_EQ(back_up().status, 0);
  fs::resize_file(copy / "town.db", fs::file_size(copy / "town.db") / 2 / 4'096 * 4'096);
  bring_key();
  const auto refused = restore(copy);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find((copy / "town.db").string()), std::string::npos) << refused.err;
  for (const auto& left : fs::directory_iterator{elsewhere}) {
    EXPECT_EQ(left.path().filename(), "town.key") << "half a town stands in the way of the next try";
  }
}

class PostgresBackupTest : public ::testing::TestWithParam<storage::Engine> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresBackupTest);

TEST_P(PostgresBackupTest, IsLeftToTheServersOwnMeans) {
  const Town town{GetParam()};
  const auto backup = run(Words{"backup", (town.folder() / "copy").string()} + town.settings());
  EXPECT_EQ(backup.status, 1);
  EXPECT_NE(backup.err.find("pg_dump"), std::string::npos) << backup.err;
  EXPECT_FALSE(fs::exists(town.folder() / "copy" / "town.db"));
  const auto restore = run(Words{"restore", (town.folder() / "copy").string()} + town.settings());
  EXPECT_EQ(restore.status, 1);
  EXPECT_NE(restore.err.find("pg_restore"), std::string::npos) << restore.err;
}

INSTANTIATE_TEST_SUITE_P(engines, PostgresBackupTest, ::testing::ValuesIn(postgres_only()),
                         testing::engine_name);

}  // namespace
}  // namespace doorstep::process
