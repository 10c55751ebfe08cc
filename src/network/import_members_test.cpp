// Members and volunteers from a sheet: people on record or new, sealed, looked through by whoever brought
// them in. It is Tuesday, 2026-11-24.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "network/import_kinds.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::if_match;
using ::testing::IsEmpty;
using testing::SheetLines;
using ::testing::SizeIs;

class ImportedMembers : public testing::HallTest {
 protected:
  void SetUp() override {
    for (const std::string name : {"第一党支部", "第二党支部"}) {
      const auto made = post("admin", "/api/organisations",
                             R"({"kind":"branch","parent":")" + town.organisation + R"(","name":{"zh":")" +
                                 name + R"(","en":"Branch"},"official_name":"中共)" + name + "委员会\"}");
      EXPECT_EQ(made.status, 201) << made.problem();
    }
    const auto made =
        post("admin", "/api/venues",
             R"({"kind":"station","organisation":")" + town.organisation +
                 R"(","name":{"zh":"示例红吧","en":"Tower"},"address":{"zh":"示例路","en":"Sample Road"}})");
    EXPECT_EQ(made.status, 201) << made.problem();
    venue = made.text("id");
  }
  Answer upload(const SheetLines& rows, const std::string& who = "manager") {
    auto import = testing::upload(
        town, as(who), "members",
        {"党员姓名", "手机号", "身份证号码", "出生日期", "所在支部", "党员类别", "入党时间"}, rows);
    EXPECT_EQ(import.status, 201) << import.problem();
    return import;
  }
  Answer bring_volunteers(const SheetLines& rows) {
    auto import =
        testing::upload(town, as("manager"), "volunteers",
                        {"志愿者姓名", "手机号", "编号", "特长", "注册日期", "场所", "服务组织"}, rows);
    EXPECT_EQ(import.status, 201) << import.problem();
    return import;
  }
  Answer run(const Answer& import) { return testing::run_import(town, as("manager"), import); }
  Answer undo(const Answer& import) { return run(testing::import_step(town, as("manager"), import, "undo")); }
  std::vector<std::string> things(const Answer& import, const std::string& outcome) {
    const auto list = get("manager", "/api/imports/" + import.text("id") + "/outcomes?outcome=" + outcome);
    return testing::texts_in(list.at("items"), "thing");
  }
  // Why rows were refused, in Chinese, the first fault of each.
  std::vector<std::string> refused(const Answer& import) {
    const auto list = get("manager", "/api/imports/" + import.text("id") + "/outcomes?outcome=refused");
    std::vector<std::string> found;
    for (const auto& item : list.at("items").as_array())
      found.emplace_back(item.at("faults").as_array().at(0).at("why").at("zh").as_string());
    return found;
  }
  // The columns in which the rows of the preview are faulty, the first of each.
  std::vector<std::string> faulty_columns(const Answer& import) {
    const auto rows = post("manager", "/api/imports/" + import.text("id") + "/rows");
    std::vector<std::string> columns;
    for (const auto& item : rows.at("items").as_array()) {
      const auto& faults = item.at("faults").as_array();
      columns.emplace_back(faults.empty() ? "none" : std::string{faults.at(0).at("column").as_string()});
    }
    return columns;
  }
  std::string person(const std::string& more) {
    const auto made = post("officer1", "/api/people", R"({"name":"王示例")" + more + "}");
    EXPECT_EQ(made.status, 201) << made.problem();
    return made.text("id");
  }
  Answer membership(const std::string& id) {
    return post("officer1", "/api/people/" + id + "/membership/look", R"({"purpose":"核对"})");
  }
  Answer file(const std::string& id) {
    return post("officer1", "/api/people/" + id + "/look", R"({"purpose":"核对"})");
  }
  std::int64_t looks(const std::string& action, bool allowed) {
    return value<std::int64_t>("select count(*) from audit where action = :action and allowed = :allowed",
                               {{"action", action}, {"allowed", allowed}});
  }

  std::string venue;
};

const std::vector<std::string> wang{"王示例",     "13900000001", "000000194803070028", "1948-03-07",
                                    "第一党支部", "正式",        "1999年7月1日"};
const std::vector<std::string> li{"李示例", "13900000002", "", "", "中共第二党支部委员会", "预备", ""};

TEST_P(ImportedMembers, AreOnRecordWithTheirBranch) {
  const auto done = run(upload({wang, li}));
  EXPECT_EQ(done.number("recorded"), 2);
  const auto made = things(done, "recorded");
  const auto first = membership(made.at(0));
  EXPECT_EQ(first.text("membership.branch_name"), "中共第一党支部委员会");
  EXPECT_EQ(first.text("membership.kind"), "full");
  EXPECT_EQ(first.text("membership.joined_on"), "1999-07-01");
  EXPECT_EQ(file(made.at(0)).text("identity_number"), "000000194803070028");
  EXPECT_EQ(membership(made.at(1)).text("membership.kind"), "probationary");
}

TEST_P(ImportedMembers, ArePutToThePersonWhoIsOnRecord) {
  const auto by_number = person(R"(,"identity_number":"000000194803070028")");
  const auto done = run(upload({wang}));
  EXPECT_THAT(things(done, "recorded"), ElementsAre(by_number + " membership"));
  EXPECT_EQ(membership(by_number).text("membership.kind"), "full");
  EXPECT_EQ(looks("correct_person", true), 1) << "that they are on record was told, and is recorded";
  EXPECT_TRUE(file(by_number).at("phone").is_null()) << "nothing else of theirs is changed";
}

TEST_P(ImportedMembers, AreFoundByPhoneAndNameAsWell) {
  const auto by_phone = person(R"(,"phone":"13900000001")");
  EXPECT_THAT(things(run(upload({wang})), "recorded"), ElementsAre(by_phone + " membership"));
}

TEST_P(ImportedMembers, AreRefusedAlikeWhateverItIsThatDoesNotFit) {
  const auto known = person(R"(,"phone":"13900000001","identity_number":"000000194803070028")");
  run(upload({wang}));
  auto renamed = wang, other_number = wang;
  renamed[0] = "王别名";
  other_number[2] = "000000195206150032";
  other_number[3] = "";
  const auto again = run(upload({wang, {"王示例", "13900000001", "", "", "第二党支部", "正式", ""}}));
  EXPECT_THAT(refused(again), ElementsAre(HasSubstr("已经登记过"), HasSubstr("同样的姓名和电话")))
      << "they are members already";
  const auto strange = run(upload({renamed, other_number}));
  EXPECT_EQ(refused(strange), refused(again)) << "another name, another number: the same is told";
  EXPECT_EQ(membership(known).text("membership.branch_name"), "中共第一党支部委员会");
  EXPECT_EQ(looks("identity_number_known", false), 2);
  EXPECT_EQ(looks("phone_and_name_known", false), 2);
}

TEST_P(ImportedMembers, AreShownWithWhatIsWrongAndAPreviewLooksForNobody) {
  person(R"(,"identity_number":"000000194803070028")");
  const auto import = upload({wang,
                              {"甲", "", "", "", "第一党支部", "正式", ""},
                              {"乙", "13900000003", "", "", "没有的支部", "正式", ""},
                              {"丙", "13900000004", "", "", "示例社区", "正式", ""},
                              {"丁", "13900000005", "", "", "第一党支部", "也许", ""},
                              {"戊", "13900000006", "", "", "第一党支部", "正式", "去年"},
                              {"己", "13900000007", "", "", "第一党支部", "正式", "2026-11-25"},
                              {"庚", "13900000008", "", "", "", "正式", ""}});
  EXPECT_THAT(faulty_columns(import),
              ElementsAre("none", "", "branch", "branch", "kind", "joined_on", "joined_on", "branch"));
  EXPECT_EQ(looks("import_rows", true), 1);
  EXPECT_EQ(post("admin", "/api/imports/" + import.text("id") + "/rows").problem(), "not_allowed");
  EXPECT_EQ(looks("import_rows", false), 1);
  EXPECT_EQ(testing::upload(town, as("officer1"), "members", {"姓名"}, {{"一"}}).problem(), "not_allowed");
}

TEST_P(ImportedMembers, AreTakenBackAsTheyCame) {
  const auto known = person(R"(,"phone":"13900000001")");
  const auto done = run(upload({wang, li}));
  const auto made = things(done, "recorded");
  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(undo(done).number("ended"), 2);
  EXPECT_EQ(file(known).text("name"), "王示例") << "who was there before stays";
  EXPECT_TRUE(membership(known).at("membership").is_null());
  EXPECT_EQ(file(made[1]).problem(), "person_erased") << "who came with the sheet goes";
}

TEST_P(ImportedMembers, StayWhenTheirRecordWasTouchedSince) {
  const auto known = person(R"(,"phone":"13900000001")");
  const auto done = run(upload({wang, li}));
  const auto made = things(done, "recorded");
  const auto corrected =
      town.call(as("officer1"), "PATCH", "/api/people/" + known, R"({"address":"示例路 2 号"})", if_match(2));
  EXPECT_EQ(corrected.status, 200) << corrected.problem();
  const auto volunteers = run(bring_volunteers({{"李示例", "13900000002", "", "理发", "", "", ""}}));
  EXPECT_THAT(things(volunteers, "recorded"), ElementsAre(made.at(1) + " volunteering"));
  EXPECT_THAT(things(undo(done), "kept"), ElementsAre(known + " membership", made.at(1)));
  EXPECT_EQ(undo(volunteers).number("ended"), 1);
  EXPECT_TRUE(file(made.at(1)).at("volunteering").is_null());
}

TEST_P(ImportedMembers, StayWhenAnotherRecordStandsForThem) {
  const auto known = person(R"(,"phone":"13900000001")"), twin = person("");
  const auto done = run(upload({wang}));
  const auto merged =
      post("officer1", "/api/people/" + known + "/merge",
           R"({"into":")" + twin + R"(","into_version":1,"reason":"recorded_twice"})", if_match(2));
  EXPECT_EQ(merged.status, 200) << merged.problem();
  EXPECT_EQ(undo(done).number("kept"), 1);
  EXPECT_EQ(membership(twin).text("membership.kind"), "full");
}

TEST_P(ImportedMembers, AreVolunteersToo) {
  const auto done = run(bring_volunteers(
      {{"王示例", "13900000001", "310000900012", "理发、陪伴，手机电脑", "2020年3月5日", "示例红吧", ""},
       {"李示例", "13900000002", "", "", "", "", "第一党支部"}}));
  EXPECT_EQ(done.number("recorded"), 2);
  const auto made = things(done, "recorded");
  const auto shown = file(made.at(0));
  EXPECT_THAT(testing::texts_in(shown.at("volunteering.skills")), ElementsAre("haircuts", "care", "digital"));
  EXPECT_EQ(shown.text("volunteering.register_number"), "310000900012");
  EXPECT_EQ(shown.text("volunteering.since"), "2020-03-05");
  EXPECT_EQ(shown.text("volunteering.venue"), venue);
  EXPECT_EQ(file(made.at(1)).text("volunteering.place_name"), "中共第一党支部委员会");
  const auto here =
      post("director", "/api/volunteers/find", R"({"venue":")" + venue + R"(","purpose":"排班"})");
  EXPECT_THAT(here.at("items").as_array(), SizeIs(1));
  EXPECT_EQ(undo(done).number("ended"), 2);
  EXPECT_EQ(file(made.at(0)).problem(), "person_erased");
}

TEST_P(ImportedMembers, AreVolunteersWithWhatIsWrongInEachRow) {
  const auto import = bring_volunteers({{"甲", "", "", "", "", "", ""},
                                        {"乙", "13900000001", "", "会飞", "", "", ""},
                                        {"丙", "13900000002", "", "", "小时候", "", ""},
                                        {"丁", "13900000003", "123", "", "", "", ""},
                                        {"戊", "13900000004", "3100-0090-0012", "", "", "", ""},
                                        {"己", "13900000005", "", "", "", "示例红吧", "第一党支部"},
                                        {"庚", "13900000006", "", "", "", "没有的场所", ""},
                                        {"辛", "13900000007", "", "", "", "", "没有的组织"},
                                        {"壬", "13900000008", "", "haircuts", "", "", ""}});
  EXPECT_THAT(faulty_columns(import),
              ElementsAre("phone", "skills", "since", "register_number", "register_number", "organisation",
                          "venue", "organisation", "none"));
}

TEST_P(ImportedMembers, ComeAsTheirTemplatesShowInBothLanguages) {
  for (const auto& kind : {members_kind(), volunteers_kind()}) {
    for (const auto language : {Language::zh, Language::en}) {
      imports::Cells example;
      for (const auto& column : kind.columns) {
        EXPECT_FALSE(column.help.in(language).empty()) << column.key;
        if (!column.example.in(language).empty()) example[column.key] = column.example.in(language);
      }
      EXPECT_THAT(kind.check(example), IsEmpty()) << kind.key;
    }
  }
}

TEST_P(ImportedMembers, ReadNoTableToItsEnd) {
  const auto& manager = caller_of("manager");
  const imports::Cells member{{"name", "示例"},
                              {"phone", "13900000001"},
                              {"identity_number", "000000194803070028"},
                              {"branch", "第一党支部"},
                              {"kind", "full"}};
  const imports::Cells volunteer{{"name", "示例"}, {"phone", "13900000001"}, {"venue", "示例红吧"}};
  testing::read_plans(town, [&](Transaction& tx) {
    const auto members = members_kind(), volunteers = volunteers_kind();
    members.look_up(tx, manager, member, {});
    volunteers.look_up(tx, manager, volunteer, {});
    const auto made = members.record(tx, manager, member, {});
    const auto put = volunteers.record(tx, manager, volunteer, {});
    volunteers.end(tx, manager, put);
    members.end(tx, manager, {made.thing, put.version + 1});
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedMembers);

}  // namespace doorstep::network
