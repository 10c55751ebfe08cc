// A disk without room, on a small file system of its own. Only
// root can mount one: for others the test is not there.
#include <fstream>

#include <gtest/gtest.h>
#include <sys/mount.h>

#include "process/browser.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;

class SmallDisk {
 public:
  SmallDisk()
      : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=12m") == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const fs::path& path() const { return folder_.path(); }

  void fill() const {
    std::ofstream rest{path() / "rest", std::ios::binary};
    const std::string page(4'096, 'x');
    while (rest << page << std::flush) {
    }
  }
  void make_room() const { fs::remove(path() / "rest"); }

 private:
  TemporaryFolder folder_;
  bool mounted_;
};

std::vector<std::string> disks() {
  return SmallDisk{}.mounted() ? std::vector<std::string>{"tmpfs"} : std::vector<std::string>{};
}

class DiskFullTest : public ::testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DiskFullTest);

TEST_P(DiskFullTest, TheServerLivesAnswers503AndWorksWhenThereIsRoom) {
  const SmallDisk disk;
  ASSERT_TRUE(disk.mounted());
  const Town elsewhere{storage::Engine::sqlite};
  const auto settings = elsewhere.settings(disk.path() / "var");
  fs::copy(elsewhere.data(), disk.path() / "var", fs::copy_options::recursive);
  Server server{settings};
  const auto hall = first_hall(server.port());
  Client client{server.port()};
  std::vector<Answer> tickets;
  tickets.push_back(take_ticket(client, hall));

  disk.fill();
  Answer refused;
  // What the log has room for still goes in.
  for (int i = 0; i < 5'000 && refused.status == 0; ++i) {
    auto answer = take_ticket(client, hall);
    ASSERT_NE(answer.status, 0) << "the server is gone: " << server.wait().out;
    if (answer.status == 201) {
      tickets.push_back(std::move(answer));
    } else {
      refused = std::move(answer);
    }
  }
  EXPECT_EQ(refused.status, 503) << refused.text;
  EXPECT_EQ(refused.at("code"), "storage_unavailable");
  EXPECT_NE(refused.header("retry-after"), "");
  EXPECT_TRUE(server.process().running()) << server.process().err();
  EXPECT_EQ(ask(client, "GET", "/api/halls/" + hall + "/queue").status, 200) << "reading needs no room";
  EXPECT_NE(server.process().err().find("make room"), std::string::npos) << server.process().err();

  disk.make_room();
  const auto ticket = take_ticket(client, hall);
  ASSERT_EQ(ticket.status, 201) << ticket.text;
  tickets.push_back(ticket);
  EXPECT_EQ(std::stoul(ticket.at("number").substr(1)), tickets.size())
      << "a number was skipped or given twice";
  for (const auto& each : tickets) {
    EXPECT_EQ(ask(client, "GET", "/api/tickets/" + each.at("token")).at("number"), each.at("number"));
  }
  EXPECT_EQ(server.stop().status, 0);
  EXPECT_EQ(run(Words{"check"} + settings).status, 0);
}

INSTANTIATE_TEST_SUITE_P(disks, DiskFullTest, ::testing::ValuesIn(disks()),
                         [](const auto& disk) { return disk.param; });

}  // namespace
}  // namespace doorstep::process
