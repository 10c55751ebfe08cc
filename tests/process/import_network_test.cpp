// Files come in by the program: what an engineer is told, what a dry run leaves, and what the shell learns.
#include <fstream>

#include <gmock/gmock.h>

#include "process/browser.hpp"
#include "testing/empty_town.hpp"

namespace doorstep::process {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using testing::contents_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* venues = R"(venues:
  - key: kiosk
    kind: station
    organisation: east
    name: {zh: 示例亭, en: Sample kiosk}
    address: {zh: 示例路, en: Sample Road}
    hours: []
    exceptions: []
)";

class ImportNetworkTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  std::string file(const std::string& text) const {
    std::ofstream{town.folder() / "part.yaml"} << text;
    return (town.folder() / "part.yaml").string();
  }
  Ended import(const std::string& files, const Words& more = {}) const {
    return run(Words{"import", "network", files} + more + town.settings());
  }
  Ended dry_run(const std::string& files) const { return import(files, {"--dry-run"}); }

  // All that the town has, but for when it was read.
  std::map<std::string, std::string> everything() const {
    const TemporaryFolder out;
    const auto left = run(Words{"export", (out.path() / "out").string()} + town.settings());
    EXPECT_EQ(left.status, 0) << left.err;
    auto contents = contents_of(out.path() / "out");
    contents.erase("town.json");
    return contents;
  }

  const Town town{GetParam()};
};

TEST_P(ImportNetworkTest, AFileIsTriedFirstThenImportedAndThenChangesNothing) {
  const auto before = everything();
  const auto tried = dry_run(file(venues));
  EXPECT_EQ(tried.status, 3) << tried.err;
  EXPECT_THAT(tried.out,
              AllOf(HasSubstr("nothing was written"), HasSubstr("+ venue kiosk"), HasSubstr("1 added")));
  EXPECT_EQ(everything(), before);
  const auto done = import(file(venues));
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("1 added, 0 changed, 0 ended, 0 unchanged"));
  const auto again = import(file(venues));
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.out,
              AllOf(HasSubstr("nothing changed"), HasSubstr("0 added, 0 changed, 0 ended, 1 unchanged")));
  EXPECT_EQ(dry_run(file(venues)).status, 0);
  const auto whole = dry_run(demo_town().string());
  EXPECT_EQ(whole.status, 0) << whole.out << whole.err;
  EXPECT_THAT(whole.out, HasSubstr("would change nothing"));
}

TEST_P(ImportNetworkTest, WhatIsWrongIsSaidWithFileLineAndPath) {
  const auto before = everything();
  auto text = std::string{venues} + "grids: [{key: g}]\n";
  text.replace(text.find("station"), 7, "palace ");
  for (const auto& ended : {import(file(text)), dry_run(file(text))}) {
    EXPECT_EQ(ended.status, 1);
    EXPECT_THAT(ended.err, HasSubstr("part.yaml, line 3: venues[0].kind: wrong_type"));
    EXPECT_THAT(ended.err, HasSubstr("part.yaml, line 9: grids[0].ring: missing_member"));
    EXPECT_THAT(ended.out, IsEmpty());
  }
  EXPECT_EQ(everything(), before);
}

TEST_P(ImportNetworkTest, WhatIsInUseDoesNotEnd) {
  // The demo's officers have their role at the centre.
  std::ifstream in{demo_town() / "town.yaml"};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  const auto list = text.find("\nvenues:"), next = text.find("\n  - key: east", list);
  const auto refused = import(file(text.substr(list + 1, next - list) + "    ended: true\n"));
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err,
              HasSubstr("venues[0].ended: venue centre: venue_in_use: There are still: people with a role"));
  EXPECT_EQ(import(file(venues)).status, 0);
  EXPECT_EQ(dry_run(file(std::string{venues} + "    ended: true\n")).status, 3);
  const auto done = import(file(std::string{venues} + "    ended: true\n"));
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("0 added, 0 changed, 1 ended, 0 unchanged"));
  EXPECT_EQ(town.check().status, 0);
}

INSTANTIATE_TEST_SUITE_P(engines, ImportNetworkTest, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST(ImportCommandTest, ADryRunWhereThereIsNoTownMakesNone) {
  const TemporaryFolder folder;
  const auto data = folder.path() / "var";
  const auto tried = run({"import", "--data", data.string(), "network", demo_town().string(), "--dry-run"});
  EXPECT_EQ(tried.status, 3) << tried.err;
  EXPECT_THAT(tried.out, AllOf(HasSubstr("There is no town in"), HasSubstr("+ town"), HasSubstr("64 added")));
  EXPECT_FALSE(fs::exists(data));
}

TEST(ImportCommandTest, ExportsAndFilesAreToldApart) {
  const TemporaryFolder folder;
  const auto files = run({"import", "--data", folder.path().string(), demo_town().string()});
  EXPECT_EQ(files.status, 1);
  EXPECT_THAT(files.err, HasSubstr("doorstep import network " + demo_town().string()));
  EXPECT_EQ(run({"import"}).status, 2);
  EXPECT_EQ(run({"import", "network"}).status, 2);
  const auto help = run({"import", "network", "--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.out, AllOf(HasSubstr("--dry-run"), HasSubstr("--data"), HasSubstr("town.yaml")));
  EXPECT_THAT(run({"import", "network", "--dri-run", "x"}).err, HasSubstr("Did you mean --dry-run"));
}

}  // namespace
}  // namespace doorstep::process
