// Cases under way go on by a changed matter, at the word of an engineer.
#include <gmock/gmock.h>

#include "process/program.hpp"

namespace doorstep::process {
namespace {

using ::testing::HasSubstr;

class MatterMoveTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  Ended move(const std::string& matter, const Words& more = {}) const {
    return run(Words{"matter", "move", matter} + more + town.settings());
  }

  const Town town{GetParam()};
};

TEST_P(MatterMoveTest, SaysHowManyGoOnAndKnowsWhatThereIs) {
  const auto tried = move("suggestion", {"--dry-run"});
  EXPECT_EQ(tried.status, 0) << tried.err;
  EXPECT_THAT(tried.out, HasSubstr("0 of suggestion would go on"));
  const auto done = move("suggestion");
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("0 of suggestion go on"));
  const auto unknown = move("moon");
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("no_such_matter"));
  EXPECT_EQ(run({"matter"}).status, 2);
}

INSTANTIATE_TEST_SUITE_P(engines, MatterMoveTest, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

}  // namespace
}  // namespace doorstep::process
