// A town leaves by the program and comes in by the program, with a key of its own.
#include <fstream>

#include <gtest/gtest.h>

#include "process/browser.hpp"
#include "testing/empty_town.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;
using testing::contents_of;

class ExportTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  Ended leave(const Words& settings, const fs::path& to) const {
    return run(Words{"export", to.string()} + settings);
  }

  const Town town{GetParam()};
  const Town there{GetParam(), false};
  const fs::path out = town.folder() / "out", again = town.folder() / "again";
};

TEST_P(ExportTest, OfATownThatServesIsTakenInByAnother) {
  {
    Server server{town.settings()};
    const auto hall = first_hall(server.port());
    Client client{server.port()};
    for (int i = 0; i < 5; ++i) take_ticket(client, hall);
    const auto done = leave(town.settings(), out);
    ASSERT_EQ(done.status, 0) << done.err;
    EXPECT_NE(done.out.find("open"), std::string::npos) << "whoever has it can read it: " << done.out;
    EXPECT_EQ(server.stop().status, 0);
  }
  const auto done = run(Words{"import", out.string()} + there.settings());
  ASSERT_EQ(done.status, 0) << done.err << done.out;
  EXPECT_NE(done.out.find("Nothing is wrong."), std::string::npos) << done.out;
  ASSERT_EQ(leave(there.settings(), again).status, 0);
  for (const auto& [name, content] : contents_of(out)) {
    EXPECT_TRUE(name == "town.json" || contents_of(again)[name] == content) << name;
  }

  Server server{there.settings()};
  Client client{server.port()};
  const auto next = take_ticket(client, first_hall(server.port()));
  ASSERT_EQ(next.status, 201) << next.text;
  EXPECT_EQ(std::stoul(next.at("number").substr(1)), 6U);
}

TEST_P(ExportTest, RefusesAFolderThatIsNotEmptyAndATownThatIsThere) {
  ASSERT_EQ(leave(town.settings(), out).status, 0);
  const auto twice = leave(town.settings(), out);
  EXPECT_EQ(twice.status, 1);
  EXPECT_NE(twice.err.find(out.string()), std::string::npos) << twice.err;
  const auto over = run(Words{"import", out.string()} + town.settings());
  EXPECT_EQ(over.status, 1);
  EXPECT_NE(over.err.find("there is a town here already"), std::string::npos) << over.err;
  EXPECT_EQ(town.check().status, 0);
}

INSTANTIATE_TEST_SUITE_P(engines, ExportTest, ::testing::ValuesIn(testing::engines()), testing::engine_name);

}  // namespace
}  // namespace doorstep::process
