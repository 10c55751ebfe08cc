// Accounts of staff from a sheet: they open no door before somebody gives them a password and a role.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "identity/accounts.hpp"
#include "identity/import_kinds.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_fixture.hpp"

namespace doorstep::identity {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using testing::SheetLines;

class ImportedStaff : public testing::ImportsOfAKind {
 protected:
  ImportedStaff() : ImportsOfAKind("staff", {"账号", "姓名", "岗位", "英文岗位"}) {}
  std::string sign_in(const std::string& username, const std::string& word) {
    testing::Browser browser;
    return town
        .call(browser, "POST", "/api/session",
              R"({"username":")" + username + R"(","password":")" + word + "\"}")
        .problem();
  }
};

TEST_P(ImportedStaff, SignInOnceTheyWereGivenAPassword) {
  const auto done = run("manager", upload("manager", {{"wang", "王示例", "综合窗口", ""}}));
  EXPECT_EQ(done.number("recorded"), 1);
  const auto id = things("manager", done, "recorded").at(0);
  EXPECT_EQ(sign_in("wang", ""), "too_short") << "there is no empty password";
  EXPECT_EQ(sign_in("wang", "window-and-door"), "wrong_credentials");
  EXPECT_EQ(post("admin", "/api/staff/" + id + "/password", R"({"password":"another-door"})").status, 204);
  EXPECT_EQ(sign_in("wang", "another-door"), "");
}

TEST_P(ImportedStaff, ShowInThePreviewWhoHasTheirNameAlready) {
  const auto import = upload("manager", {{"officer1", "示例", "窗口", ""}, {"new", "示例", "窗口", ""}});
  EXPECT_EQ(import.number("faulty"), 0) << "the sheet alone does not tell";
  const auto rows = post("manager", "/api/imports/" + import.text("id") + "/rows");
  const auto& items = rows.at("items").as_array();
  EXPECT_EQ(items.at(0).at("faults").as_array().at(0).at("column").as_string(), "username");
  EXPECT_TRUE(items.at(1).at("faults").as_array().empty());
  EXPECT_EQ(run("manager", import).number("refused"), 1);
}

TEST_P(ImportedStaff, AreTakenBackByAnAdministratorUnlessTheyWereUsed) {
  const auto done =
      run("manager",
          upload("manager",
                 {{"a", "示例 甲", "窗口", ""}, {"b", "示例 乙", "窗口", ""}, {"c", "示例 丙", "窗口", ""}}));
  const auto made = things("manager", done, "recorded");
  ASSERT_EQ(made.size(), 3u);
  EXPECT_EQ(post("admin", "/api/grants", R"({"staff":")" + made[0] + R"(","role":"greeter"})").status, 201);
  EXPECT_EQ(post("admin", "/api/staff/" + made[1] + "/password", R"({"password":"another-door"})").status,
            204);
  EXPECT_EQ(sign_in("b", "another-door"), "");
  const auto undone = undo("admin", done);
  EXPECT_THAT(things("admin", undone, "kept"), ElementsAre(made[0], made[1]));
  EXPECT_THAT(things("admin", undone, "ended"), ElementsAre(made[2]));
}

TEST_P(ImportedStaff, StayWhenARoomAboveHasSomethingOfTheirs) {
  SheetLines rows;
  for (const std::string name : {"a", "b", "c", "d", "e", "f"})
    rows.push_back({name, "示例 " + name, "窗口", ""});
  const auto done = run("manager", upload("manager", rows));
  const auto made = things("manager", done, "recorded");
  ASSERT_EQ(made.size(), 6u);
  const auto post_id = post("manager", "/api/venues/" + town.venue + "/posts",
                            R"({"name":{"zh":"综合窗口","en":"General window"}})")
                           .text("id");
  const auto does = [&](const std::string& what, const std::string& body) {
    const auto answer = post("manager", what, body);
    EXPECT_LT(answer.status, 300) << what << ' ' << answer.problem();
  };
  does("/api/posts/" + post_id + "/holders", R"({"role":"a","staff":")" + made[0] + "\"}");
  does("/api/posts/" + post_id + "/roster", R"({"day":"2026-11-25","staff":")" + made[1] + "\"}");
  does("/api/posts/" + post_id + "/handovers", R"({"to":")" + made[2] + R"(","note":"示例"})");
  does("/api/absences", R"({"kind":"sudden","from":"2026-11-24","until":"2026-11-24","staff":")" + made[0] +
                            R"(","third":")" + made[3] + "\"}");
  town.write([&](Transaction& tx, Instant) {
    tx.run(
        "insert into grids (id, name_zh, name_en, organisation, head, ring, south, north, west, east, version)"
        " values (1, '示例', 'Sample', :organisation, :head, '[]', 0, 0, 0, 0, 1)",
        {{"organisation", *parse_id<OrganisationTag>(town.organisation)},
         {"head", *parse_id<StaffTag>(made[4])}});
  });
  const auto undone = undo("admin", done);
  EXPECT_THAT(things("admin", undone, "kept"), ElementsAre(made[0], made[1], made[2], made[3], made[4]))
      << "a post, a day on the roster, a slip, standing in, a grid";
  EXPECT_THAT(things("admin", undone, "ended"), ElementsAre(made[5]));
}

TEST_P(ImportedStaff, AreNotAManagersToTakeBack) {
  const auto done = run("manager", upload("manager", {{"a", "示例 甲", "窗口", ""}}));
  const auto undoing = testing::import_step(town, as("manager"), done, "undo");
  EXPECT_EQ(testing::import_step(town, as("manager"), undoing, "run").problem(), "not_allowed")
      << "whoever ends an account is the whole town's administrator";
  EXPECT_EQ(run("admin", undoing).number("ended"), 1) << "who may still take it back";
}

TEST_P(ImportedStaff, ReadNoTableToItsEnd) {
  const auto kind = staff_kind(password_cost_for_tests, {});
  const imports::Cells cells{{"username", "new"}, {"name", "示例"}, {"post_zh", "窗口"}};
  const auto& admin = caller_of("admin");
  const auto prepared = kind.prepare();
  testing::read_plans(town, [&](Transaction& tx) {
    kind.look_up(tx, admin, cells, {});
    kind.end(tx, admin, kind.record(tx, admin, cells, prepared));
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedStaff);

}  // namespace doorstep::identity
