// Past activities from a sheet. It is Tuesday, 2026-11-24.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/import_kinds.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_fixture.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SheetLines;

class ImportedPastActivities : public testing::ImportsOfAKind {
 protected:
  ImportedPastActivities()
      : ImportsOfAKind("past_activities",
                       {"活动主题", "活动日期", "活动类型", "主办单位", "地点", "人数", "时长", "备注"}) {}
  void SetUp() override {
    const auto made =
        post("admin", "/api/venues",
             R"({"kind":"station","organisation":")" + town.organisation +
                 R"(","name":{"zh":"示例红吧","en":"Tower"},"address":{"zh":"示例路","en":"Sample Road"}})");
    EXPECT_EQ(made.status, 201) << made.problem();
    venue = made.text("id");
  }

  std::string venue;
};

const std::vector<std::string> knives{"磨刀日",   "2026年3月7日", "志愿服务", "示例中心",
                                      "示例红吧", "35人",         "1.5",      "雨天改在室内"};

TEST_P(ImportedPastActivities, AreOnRecordWithWhatTheirRowSays) {
  const auto done = run("director", upload("director", {knives, {"读书", "2020.1.2", "Club", "示例镇"}}));
  EXPECT_EQ(done.number("recorded"), 2);
  const auto list = get("greeter", "/api/past-activities");
  const auto& first = list.at("items").as_array().at(0);
  EXPECT_EQ(first.at("title").as_string(), "磨刀日");
  EXPECT_EQ(first.at("day").as_string(), "2026-03-07");
  EXPECT_EQ(first.at("kind").as_string(), "volunteering");
  EXPECT_EQ(first.at("venue").as_string(), venue);
  EXPECT_EQ(first.at("organisation").as_string(), town.organisation);
  EXPECT_EQ(first.at("attended").as_int64(), 35);
  EXPECT_EQ(first.at("minutes").as_int64(), 90);
  const auto& second = list.at("items").as_array().at(1);
  EXPECT_EQ(second.at("kind").as_string(), "club");
  EXPECT_TRUE(second.at("venue").is_null());
  EXPECT_TRUE(second.at("attended").is_null());
}

TEST_P(ImportedPastActivities, AreShownWithWhatIsWrong) {
  run("director", upload("director", {knives}));
  const auto import = upload("director", {{"一", "上周", "党课", "示例镇", "", "", ""},
                                          {"二", "2026-03-07", "看电影", "示例镇", "", "", ""},
                                          {"三", "2026-03-07", "党课", "没有的组织", "", "", ""},
                                          {"四", "2026-03-07", "党课", "示例镇", "没有的场所", "", ""},
                                          {"四又", "2026-03-07", "党课", "示例镇", "示例中心", "", ""},
                                          {"五", "2026-03-07", "党课", "示例镇", "", "很多", ""},
                                          {"六", "2026-03-07", "党课", "示例镇", "", "2.5", ""},
                                          {"七", "2026-03-07", "党课", "示例镇", "", "", "半天"},
                                          {"", "2026-03-07", "党课", "示例镇", "", "", ""},
                                          knives,
                                          {"十", "2026-11-25", "党课", "示例镇", "", "", ""}});
  EXPECT_THAT(faulty_columns("director", import),
              ElementsAre("day", "kind", "organisation", "venue", "venue", "attended", "attended", "hours",
                          "title", "title", "none"))
      << "two venues have that name; whether a day has come is told when the row is recorded";
  EXPECT_EQ(run("director", import).number("refused"), 11);
  EXPECT_EQ(value<std::int64_t>("select count(*) from past_activities"), 1)
      << "nothing is left of a row that was refused";
}

TEST_P(ImportedPastActivities, AreAManagersOfTheOrganisationAlone) {
  const auto import = upload("director_elsewhere", {knives});
  EXPECT_THAT(faulty_columns("director_elsewhere", import), ElementsAre(""));
  EXPECT_EQ(run("director_elsewhere", import).number("refused"), 1);
  EXPECT_EQ(testing::upload(town, as("greeter"), "past_activities", {"活动名称"}, {{"一"}}).problem(),
            "not_allowed");
}

TEST_P(ImportedPastActivities, AreTakenBackButForThoseThatWerePutRight) {
  const auto done =
      run("director", upload("director", {knives, {"读书", "2020-01-02", "兴趣小组", "示例中心"}}));
  const auto made = things("director", done, "recorded");
  ASSERT_EQ(made.size(), 2u);
  const auto edited = town.call(as("director"), "PATCH", "/api/past-activities/" + made[0],
                                R"({"attended":40})", testing::if_match(1));
  EXPECT_EQ(edited.status, 200) << edited.problem();
  const auto undone = undo("director", done);
  EXPECT_THAT(things("director", undone, "kept"), ElementsAre(made[0]));
  EXPECT_THAT(things("director", undone, "ended"), ElementsAre(made[1]));
  EXPECT_EQ(run("director", upload("director", {{"读书", "2020-01-02", "兴趣小组", "示例中心"}}))
                .number("recorded"),
            1)
      << "what was taken back may come again";
}

TEST_P(ImportedPastActivities, ComeAsTheirTemplateShowsInBothLanguages) {
  const auto kind = past_activities_kind();
  for (const auto& column : kind.columns) {
    EXPECT_FALSE(column.help.zh.empty() || column.help.en.empty()) << column.key;
    EXPECT_FALSE(column.example.zh.empty() || column.example.en.empty()) << column.key;
  }
  for (const auto language : {Language::zh, Language::en}) {
    imports::Cells example;
    for (const auto& column : kind.columns) example[column.key] = column.example.in(language);
    EXPECT_THAT(kind.check(example), IsEmpty());
  }
}

TEST_P(ImportedPastActivities, ReadNoTableToItsEnd) {
  const auto kind = past_activities_kind();
  const imports::Cells cells{{"title", "示例"},          {"day", "2026-03-07"}, {"kind", "club"},
                             {"organisation", "示例镇"}, {"venue", "示例红吧"}, {"attended", "3"}};
  const auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    kind.look_up(tx, admin, cells, {});
    kind.end(tx, admin, kind.record(tx, admin, cells, {}));
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedPastActivities);

}  // namespace doorstep::network
