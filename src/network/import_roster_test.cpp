// The month board from a sheet. It is Tuesday, 2026-11-24.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/import_kinds.hpp"
#include "testing/plans.hpp"
#include "testing/post_fixture.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using testing::SheetLines;

class ImportedRoster : public PostTest {
 protected:
  Answer upload(const SheetLines& rows) {
    auto import =
        testing::upload(town, as("manager"), "roster", {"场所", "岗位名称", "值班日期", "值班人"}, rows);
    EXPECT_EQ(import.status, 201) << import.problem();
    return import;
  }
  Answer run(const Answer& import) { return testing::run_import(town, as("manager"), import); }
  Answer undo(const Answer& import) { return run(testing::import_step(town, as("manager"), import, "undo")); }
  Answer put(const std::string& post_id, const std::string& day, const std::string& who) {
    return post("manager", "/api/posts/" + post_id + "/roster",
                R"({"day":")" + day + R"(","staff":")" + staff(who) + "\"}");
  }
};

TEST_P(ImportedRoster, NamesWhoIsOnDuty) {
  held_post();
  const auto done = run(upload({{"示例中心", "综合窗口", "2026-11-24", "示例 officer3"},
                                {"示例中心", "综合窗口", "2026年11月25日", "greeter"}}));
  EXPECT_EQ(done.number("recorded"), 2);
  EXPECT_THAT(board(), ElementsAre("officer3 roster", "greeter roster", "officer1 a"));
}

TEST_P(ImportedRoster, RefusesWhatIsNotClearOrNotPossible) {
  const auto id = held_post();
  for (const std::string username : {"one", "two"}) {
    const auto made =
        post("manager", "/api/staff",
             R"({"username":")" + username +
                 R"(","name":"同名","post":{"zh":"岗","en":"P"},"password":"window-and-door"})");
    EXPECT_EQ(made.status, 201) << made.problem();
  }
  EXPECT_EQ(put(id, "2026-11-26", "officer2").status, 200);
  EXPECT_EQ(away("officer3", "2026-11-27", "2026-11-27").status, 201);
  const auto done = run(upload({{"示例中心", "综合窗口", "2026-11-26", "officer3"},
                                {"示例中心", "综合窗口", "2026-11-27", "officer3"},
                                {"示例中心", "综合窗口", "2026-11-23", "officer3"},
                                {"示例中心", "没有", "2026-11-28", "officer3"},
                                {"示例中心", "综合窗口", "2026-11-28", "没有"},
                                {"示例中心", "综合窗口", "2026-11-28", "同名"},
                                {"示例中心", "综合窗口", "下周", "officer3"}}));
  EXPECT_EQ(done.number("refused"), 7);
  EXPECT_EQ(value<std::int64_t>("select count(*) from roster"), 1)
      << "nothing is left of a row that was refused";
}

TEST_P(ImportedRoster, IsTakenBackWhereNobodyChangedIt) {
  const auto id = held_post();
  const auto done = run(upload({{"示例中心", "综合窗口", "2026-11-25", "officer3"},
                                {"示例中心", "综合窗口", "2026-11-26", "officer3"}}));
  EXPECT_EQ(done.number("recorded"), 2);
  EXPECT_EQ(put(id, "2026-11-26", "officer2").status, 200);
  const auto undone = undo(done);
  EXPECT_EQ(undone.number("ended"), 1);
  EXPECT_EQ(undone.number("kept"), 1);
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer1 a", "officer2 roster"));
}

TEST_P(ImportedRoster, ReadsNoTableToItsEnd) {
  held_post();
  const auto kind = roster_kind();
  const imports::Cells cells{
      {"venue", "示例中心"}, {"post", "综合窗口"}, {"day", "2026-11-25"}, {"staff", "officer3"}};
  const auto& manager = caller_of("manager");
  testing::read_plans(town, [&](Transaction& tx) {
    kind.look_up(tx, manager, cells, {});
    kind.end(tx, manager, kind.record(tx, manager, cells, {}));
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedRoster);

}  // namespace doorstep::network
