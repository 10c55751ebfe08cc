// People from a sheet: sealed, looked at by whoever brought them in and by nobody else, and erased when they
// are taken back.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "identity/exported.hpp"
#include "identity/identity.hpp"
#include "identity/import_kinds.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_fixture.hpp"

namespace doorstep::identity {
namespace {

using testing::Answer;
using ::testing::HasSubstr;
using testing::SheetLines;
using ::testing::SizeIs;

class ImportedPeople : public testing::ImportsOfAKind {
 protected:
  ImportedPeople() : ImportsOfAKind("people", {"姓名", "手机号", "身份证号码", "出生日期", "地址"}) {}
  Answer look(const std::string& who, const Answer& import, const std::string& what = "/rows") {
    return post(who, "/api/imports/" + import.text("id") + what);
  }
  // What is wrong with a row of the preview, in Chinese, the columns before it.
  std::vector<std::string> faults(const Answer& rows, std::size_t row) {
    std::vector<std::string> found;
    for (const auto& fault : rows.at("items").as_array().at(row).at("faults").as_array())
      found.push_back(std::string{fault.at("column").as_string()} + ": " +
                      std::string{fault.at("why").at("zh").as_string()});
    return found;
  }
  std::int64_t looks(const std::string& action, bool allowed) {
    return value<std::int64_t>("select count(*) from audit where action = :action and allowed = :allowed",
                               {{"action", action}, {"allowed", allowed}});
  }
};

const SheetLines two{{"王示例", "13900000001", "000000194803070028", "1948年3月7日", "示例路 1 号"},
                     {"李示例", "13900000002", "", "", ""}};

TEST_P(ImportedPeople, AreOnRecordAsThoughAWindowHadRecordedThem) {
  const auto done = run("manager", upload("manager", two));
  EXPECT_EQ(done.number("recorded"), 2);
  const auto first = things("manager", done, "recorded").at(0);
  const auto shown = post("officer1", "/api/people/" + first + "/look", R"({"purpose":"核对"})");
  EXPECT_EQ(shown.text("name"), "王示例");
  EXPECT_EQ(shown.text("birth_date"), "1948-03-07");
  EXPECT_EQ(shown.text("identity_number"), "000000194803070028");
  EXPECT_EQ(shown.text("address"), "示例路 1 号");
}

TEST_P(ImportedPeople, AreShownWithWhatIsWrongInEachRow) {
  const auto import = upload("manager", {{"甲", "", "", "", ""},
                                         {"乙", "一三九", "", "", ""},
                                         {"丙", "", "000000194803070029", "", ""},
                                         {"丁", "13900000001", "000000194803070028", "1950-01-01", ""},
                                         {"戊", "13900000001", "", "去年", ""},
                                         {"", "13900000001", "", "", ""}});
  EXPECT_EQ(import.number("faulty"), 6);
  const auto rows = look("manager", import);
  EXPECT_THAT(faults(rows, 0), ::testing::ElementsAre(HasSubstr("至少要填一样")));
  EXPECT_THAT(faults(rows, 1), ::testing::ElementsAre(HasSubstr("phone: 电话号码应当是数字")));
  EXPECT_THAT(faults(rows, 2), ::testing::ElementsAre(HasSubstr("identity_number: 身份证号码是 18 位")));
  EXPECT_THAT(faults(rows, 3), ::testing::ElementsAre(HasSubstr("birth_date: 和身份证号里的出生日期不一样")));
  EXPECT_THAT(faults(rows, 4), ::testing::ElementsAre(HasSubstr("birth_date: 看不出是哪一天")));
  EXPECT_THAT(faults(rows, 5), ::testing::ElementsAre(HasSubstr("name: 还缺这一项")));
}

TEST_P(ImportedPeople, AreNotImportedTwice) {
  run("manager", upload("manager", two));
  const auto import = upload("manager", two);
  const auto rows = look("manager", import);
  EXPECT_THAT(faults(rows, 0), SizeIs(0)) << "a preview tells nobody who is on record";
  const auto again = run("manager", import);
  EXPECT_EQ(again.number("refused"), 2) << "by the identity number, and by phone and name";
  EXPECT_EQ(looks("identity_number_known", false) + looks("phone_and_name_known", false), 2)
      << "and that it was told is recorded";
  const auto other = run("manager", upload("manager", {{"李家儿", "13900000002", "", "", ""}}));
  EXPECT_EQ(other.number("recorded"), 1) << "a family shares a phone";
}

TEST_P(ImportedPeople, AreToldApartFromThoseFurtherUpInTheSheet) {
  run("manager", upload("manager", {two[1]}));
  const auto done = run("manager", upload("manager", {{"张甲", "13900000003", "", "", ""},
                                                      {"张甲", "13900000003", "", "", ""},
                                                      {"张乙", "13900000003", "", "", ""},
                                                      {"王示例", "13900000001", "000000194803070028", "", ""},
                                                      {"王另一", "", "000000194803070028", "", ""},
                                                      two[1],
                                                      {"赵示例", "13900000004", "", "", "示例路 4 号"}}));
  EXPECT_EQ(done.number("recorded"), 4);
  EXPECT_EQ(done.number("refused"), 3) << "the same once more, another with that number, who is on record";
  const auto made = things("manager", done, "recorded");
  ASSERT_THAT(made, SizeIs(4));
  const std::vector<std::string> names{"张甲", "张乙", "王示例", "赵示例"};
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto shown = post("officer1", "/api/people/" + made[i] + "/look", R"({"purpose":"核对"})");
    EXPECT_EQ(shown.text("name"), names[i]) << "each row has the person it is about";
  }
}

// More rows than go into one statement.
TEST_P(ImportedPeople, MayHaveLongNamesAndBeMany) {
  std::string long_name;
  for (int i = 0; i < 15; ++i) long_name += "示例";
  SheetLines lines;
  for (int n = 0; n < 220; ++n) lines.push_back({long_name, std::to_string(13'900'001'000 + n), "", "", ""});
  const auto done = run("manager", upload("manager", lines));
  EXPECT_EQ(done.number("recorded"), 220);
  const auto marks = value<std::int64_t>("select count(*) from person_marks", {});
  // As when a town comes in from an export.
  town.write([](Transaction& tx, Instant) {
    tx.run("delete from person_marks");
    make_all_marks(tx);
  });
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_marks", {}), marks);
  town.write([](Transaction& tx, Instant) {
    tx.run("delete from person_keys");
    make_all_person_keys(tx);
  });
  EXPECT_EQ(value<std::int64_t>("select count(*) from person_keys", {}), 220);
  EXPECT_GT(marks, 220);
}

TEST_P(ImportedPeople, AreLookedThroughByWhoeverBroughtThemInAndNobodyElse) {
  const auto import = upload("manager", two);
  EXPECT_EQ(look("manager", import).status, 200);
  EXPECT_EQ(look("manager", import, "/faulty-rows").status, 200);
  EXPECT_EQ(looks("import_rows", true), 2);
  EXPECT_EQ(look("admin", import).problem(), "not_allowed");
  EXPECT_EQ(look("admin", import, "/faulty-rows").problem(), "not_allowed");
  EXPECT_EQ(looks("import_rows", false), 2);
  EXPECT_EQ(look("director", import).problem(), "no_such_import");
}

TEST_P(ImportedPeople, LieSealedFromTheUploadOn) {
  testing::upload(town, as("manager"), "people", {"姓名", "手机号", "王绝密"},
                  {{"王绝密", "13900000001", ""}});
  for (const auto* column : {"labels", "columns"}) {
    const auto found = value<std::int64_t>(
        std::string{"select count(*) from imports where cast("} + column + " as TEXT) like '%绝密%'", {});
    EXPECT_EQ(found, 0) << column;
  }
}

TEST_P(ImportedPeople, AreErasedWhenTheyAreTakenBackButForWhomSomethingWasDone) {
  const auto done = run("manager", upload("manager", two));
  const auto made = things("manager", done, "recorded");
  ASSERT_THAT(made, SizeIs(2));
  const auto code = town.new_code_for("13900000002");
  const auto linked = post("officer1", "/api/people/" + made[1] + "/phones",
                           R"({"phone":"13900000002","code":")" + code + "\"}");
  EXPECT_EQ(linked.status, 204) << linked.problem();
  const auto undone = undo("manager", done);
  EXPECT_THAT(things("manager", undone, "kept"), ::testing::ElementsAre(made[1]));
  EXPECT_THAT(things("manager", undone, "ended"), ::testing::ElementsAre(made[0]));
  EXPECT_EQ(post("officer1", "/api/people/" + made[0] + "/look", R"({"purpose":"核对"})").problem(),
            "person_erased");
  EXPECT_EQ(looks("erase_person", true), 1);
}

TEST_P(ImportedPeople, StayWhenTheyWereCorrectedSince) {
  const auto done = run("manager", upload("manager", two));
  const auto made = things("manager", done, "recorded");
  const auto corrected = town.call(as("officer1"), "PATCH", "/api/people/" + made.at(0),
                                   R"({"address":"示例路 2 号"})", testing::if_match(1));
  EXPECT_EQ(corrected.status, 200) << corrected.problem();
  EXPECT_THAT(things("manager", undo("manager", done), "kept"), ::testing::ElementsAre(made.at(0)));
}

TEST_P(ImportedPeople, ReadNoTableToItsEnd) {
  const auto kind = people_kind();
  const imports::Cells cells{
      {"name", "示例"}, {"phone", "13900000001"}, {"identity_number", "000000194803070028"}};
  const auto& manager = caller_of("manager");
  testing::read_plans(town, [&](Transaction& tx) {
    kind.on_look(tx, manager, "im_1", true);
    kind.end(tx, manager, kind.record(tx, manager, cells, {}));
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportedPeople);

}  // namespace doorstep::identity
