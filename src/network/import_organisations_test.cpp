// Organisations from a sheet: a tree out of its rows, what is there already, and what is taken back.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/import_kinds.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_fixture.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::HasSubstr;
using testing::SheetLines;

class ImportedOrganisations : public testing::ImportsOfAKind {
 protected:
  ImportedOrganisations() : ImportsOfAKind("organisations", {"组织名称", "类型", "上级", "全称"}) {}
  // Why each row that was refused was, in Chinese.
  std::vector<std::string> refusals(const std::string& who, const Answer& import) {
    const auto list = get(who, "/api/imports/" + import.text("id") + "/outcomes?outcome=refused");
    std::vector<std::string> whys;
    for (const auto& item : list.at("items").as_array())
      whys.emplace_back(item.at("faults").as_array().at(0).at("why").at("zh").as_string());
    return whys;
  }
};

TEST_P(ImportedOrganisations, BuildATreeFromTheirRows) {
  const auto import = upload("director", {{"示例总支", "党总支", "示例镇", ""},
                                          {"示例一支部", "党支部", "示例总支", ""},
                                          {"示例二支部", "支部?", "示例总支", ""},
                                          {"示例中心", "企业", "示例镇", ""},
                                          {"示例三支部", "branch", "没有", ""}});
  EXPECT_EQ(import.number("faulty"), 1) << "no such kind";
  const auto done = run("director", import);
  EXPECT_EQ(done.number("recorded"), 2);
  const auto whys = refusals("director", done);
  ASSERT_EQ(whys.size(), 3u);
  EXPECT_THAT(whys[0], HasSubstr("只能填"));
  EXPECT_THAT(whys[1], HasSubstr("已经有"));
  EXPECT_THAT(whys[2], HasSubstr("没有"));
  EXPECT_EQ(undo("director", done).number("ended"), 2) << "the branch goes before what it stands below";
}

TEST_P(ImportedOrganisations, StandBelowTheOneThatIsMeant) {
  run("admin", upload("admin", {{"同名", "企业", "示例镇", "甲同名"}, {"同名", "企业", "", "乙同名"}}));
  const auto done = run("admin", upload("admin", {{"一", "企业", "同名", ""}, {"二", "企业", "乙同名", ""}}));
  EXPECT_EQ(done.number("recorded"), 1) << "by the official name it is clear";
  EXPECT_THAT(refusals("admin", done).at(0), HasSubstr("分不清"));
}

TEST_P(ImportedOrganisations, AreNotImportedTwice) {
  const SheetLines rows{{"甲", "企业", "", ""}, {"乙", "企业", "甲", ""}};
  EXPECT_EQ(run("admin", upload("admin", rows)).number("recorded"), 2);
  EXPECT_EQ(run("admin", upload("admin", rows)).number("refused"), 2);
}

TEST_P(ImportedOrganisations, GoOnlyWhereOnesRoleReaches) {
  const auto done = run("director_elsewhere", upload("director_elsewhere", {{"甲", "党支部", "示例社区", ""},
                                                                            {"乙", "党支部", "甲", ""},
                                                                            {"丙", "党支部", "示例镇", ""}}));
  EXPECT_EQ(done.number("recorded"), 2) << "also below one that the same run recorded";
  EXPECT_THAT(refusals("director_elsewhere", done).at(0), HasSubstr("权限"));
}

TEST_P(ImportedOrganisations, StayWhenTheyWereTouchedSince) {
  const auto done = run("admin", upload("admin", {{"甲", "企业", "", ""}, {"乙", "企业", "", ""}}));
  const auto list = get("admin", "/api/imports/" + done.text("id") + "/outcomes?outcome=recorded");
  const std::string first{list.at("items").as_array().at(0).at("thing").as_string()};
  const auto edited = town.call(as("admin"), "PATCH", "/api/organisations/" + first,
                                R"({"official_name":"全称"})", testing::if_match(1));
  EXPECT_EQ(edited.status, 200) << edited.problem();
  const auto undone = undo("admin", done);
  EXPECT_EQ(undone.number("ended"), 1);
  EXPECT_EQ(undone.number("kept"), 1);
  const auto kept = get("admin", "/api/imports/" + done.text("id") + "/outcomes?outcome=kept");
  EXPECT_EQ(kept.at("items").as_array().at(0).at("thing").as_string(), first);
  EXPECT_THAT(
      std::string{
          kept.at("items").as_array().at(0).at("faults").as_array().at(0).at("why").at("zh").as_string()},
      HasSubstr("有人用过"));
}

TEST_P(ImportedOrganisations, ReadNoTableToItsEnd) {
  const auto kind = organisations_kind();
  const imports::Cells cells{{"name_zh", "示例"}, {"kind", "firm"}, {"parent", "示例镇"}};
  const imports::Cells root{{"name_zh", "示例"}, {"kind", "firm"}};
  const auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    for (const auto& each : {cells, root}) {
      kind.look_up(tx, admin, each, [](std::string_view, const std::string&) { return false; });
      const auto recorded = kind.record(tx, admin, each, {});
      kind.end(tx, admin, recorded);
    }
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedOrganisations);

}  // namespace doorstep::network
