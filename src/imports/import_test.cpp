// An upload on its way: every step in every state, rows refused one by one, an import taken back.
#include "imports/import.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "sheets/xlsx.hpp"
#include "testing/small_town.hpp"

namespace doorstep::imports {
namespace {

using doorstep::testing::Answer;
using doorstep::testing::Browser;

using Rows = std::vector<std::vector<std::string>>;

class ImportTest : public doorstep::testing::SmallTownTest {
 protected:
  ImportTest()
      : admin(town.sign_in("admin")), manager(town.sign_in("manager")), director(town.sign_in("director")) {}

  Answer upload(Browser& who, const std::string& kind, const std::vector<std::string>& headings,
                const Rows& rows) {
    sheets::NewSheet sheet{.name = "名单", .columns = {}, .rows = rows};
    for (const auto& heading : headings) sheet.columns.push_back({.heading = heading});
    return town.call(who, "POST", "/api/imports?kind=" + kind + "&name=list.xlsx", sheets::write_xlsx(sheet),
                     {.headers = {{"content-type", std::string{sheets::xlsx_media_type}}}});
  }
  Answer upload_staff(Browser& who, const Rows& rows) {
    auto answer = upload(who, "staff", {"用户名", "姓名", "岗位"}, rows);
    EXPECT_EQ(answer.status, 201) << answer.problem();
    return answer;
  }
  Answer step(Browser& who, const Answer& import, const std::string& what, const std::string& body = "") {
    return town.call(who, "POST", "/api/imports/" + import.text("id") + '/' + what, body,
                     {.headers = {{"if-match", '"' + std::to_string(import.number("version")) + '"'}}});
  }
  Answer run_to_end(Browser& who, Answer import) {
    do {
      import = step(who, import, "run");
      EXPECT_EQ(import.status, 200) << import.problem();
    } while (import.status == 200 &&
             (import.text("state") == "importing" || import.text("state") == "undoing"));
    return import;
  }
  static Rows colleagues(int count, int from = 0) {
    Rows rows;
    for (int i = from; i < from + count; ++i)
      rows.push_back({"u" + std::to_string(i), "示例 " + std::to_string(i), "窗口"});
    return rows;
  }
  // An import of 21 rows brought into that state.
  Answer in_state(ImportState state, int from) {
    auto import = upload_staff(admin, colleagues(21, from));
    if (state == ImportState::draft) return import;
    if (state == ImportState::dropped) return step(admin, import, "stop");
    import = step(admin, import, "run");
    if (state == ImportState::importing) return import;
    import = step(admin, import, "run");
    if (state == ImportState::done) return import;
    import = step(admin, import, "undo");
    if (state == ImportState::undoing) return import;
    return run_to_end(admin, import);
  }

  Browser admin, manager, director;
};

TEST_P(ImportTest, AllowsInEachStateWhatItsTableSays) {
  struct Case {
    ImportState state;
    const char *map, *run, *stop, *undo;  // the state that follows; null: not possible
  };
  const Case table[] = {{ImportState::draft, "draft", "importing", "dropped", nullptr},
                        {ImportState::importing, nullptr, "done", "done", nullptr},
                        {ImportState::done, nullptr, nullptr, nullptr, "undoing"},
                        {ImportState::undoing, nullptr, "undoing", nullptr, nullptr},
                        {ImportState::undone, nullptr, nullptr, nullptr, nullptr},
                        {ImportState::dropped, nullptr, nullptr, nullptr, nullptr}};
  int from = 0;
  for (const auto& row : table) {
    const std::pair<const char*, const char*> steps[] = {
        {"columns", row.map}, {"run", row.run}, {"stop", row.stop}, {"undo", row.undo}};
    for (const auto& [what, follows] : steps) {
      const auto import = in_state(row.state, from += 21);
      EXPECT_EQ(import.text("state"), name_of(row.state));
      const bool mapping = std::string_view{what} == "columns";
      const auto answer =
          step(admin, import, what, mapping ? R"({"columns":{"username":0,"name":1,"post_zh":2}})" : "");
      if (follows == nullptr) {
        EXPECT_EQ(answer.problem(), "import_step_not_possible") << name_of(row.state) << ' ' << what;
      } else {
        ASSERT_EQ(answer.problem(), "") << name_of(row.state) << ' ' << what;
        EXPECT_EQ(answer.text("state"), follows) << name_of(row.state) << ' ' << what;
        EXPECT_EQ(step(admin, import, what, mapping ? R"({"columns":{}})" : "").problem(), "version_differs")
            << "sent twice, it is done once";
      }
    }
  }
}

TEST_P(ImportTest, RefusesRowsOneByOneAndGivesThemBack) {
  const auto import = upload_staff(admin, {{"a1", "示例 甲", "窗口"},
                                           {"officer1", "示例 乙", "窗口"},
                                           {"a2", "", "窗口"},
                                           {"a1", "示例 丙", "窗口"},
                                           {"a3", "示例 丁", "窗口"}});
  EXPECT_EQ(import.number("total"), 5);
  EXPECT_EQ(import.number("faulty"), 2) << "a name is missing, and a user name stands twice";
  const auto rows = town.call(admin, "POST", "/api/imports/" + import.text("id") + "/rows", "{}");
  ASSERT_EQ(rows.status, 200) << rows.problem();
  EXPECT_EQ(rows.at("items").as_array().at(1).at("faults").as_array().size(), 1u) << "taken already";
  const auto done = run_to_end(admin, import);
  EXPECT_EQ(done.text("state"), "done");
  EXPECT_EQ(done.number("recorded"), 2);
  EXPECT_EQ(done.number("refused"), 3);
  const auto back = town.call(admin, "POST", "/api/imports/" + import.text("id") + "/faulty-rows");
  ASSERT_EQ(back.status, 200) << back.problem();
  const auto sheet = sheets::read_xlsx(back.bytes);
  EXPECT_EQ(sheet.columns.back(), "问题");
  ASSERT_EQ(sheet.rows.size(), 3u);
  EXPECT_EQ(sheet.rows[0].cells[0], "officer1");
  EXPECT_THAT(sheet.rows[1].cells[3], ::testing::HasSubstr("姓名"));
}

TEST_P(ImportTest, TakesBackWhatNobodyUsedAndListsTheRest) {
  const auto done = run_to_end(admin, upload_staff(admin, colleagues(25)));
  EXPECT_EQ(done.number("recorded"), 25);
  const auto used = town.call(admin, "GET", "/api/imports/" + done.text("id") + "/outcomes?outcome=recorded");
  const std::string first{used.at("items").as_array().at(0).at("thing").as_string()};
  const auto given =
      town.call(admin, "POST", "/api/grants", R"({"staff":")" + first + R"(","role":"greeter"})");
  ASSERT_EQ(given.status, 201) << given.problem();
  const auto undone = run_to_end(admin, step(admin, done, "undo"));
  EXPECT_EQ(undone.text("state"), "undone");
  EXPECT_EQ(undone.number("ended"), 24);
  EXPECT_EQ(undone.number("kept"), 1);
  const auto kept = town.call(admin, "GET", "/api/imports/" + done.text("id") + "/outcomes?outcome=kept");
  EXPECT_EQ(kept.at("items").as_array().at(0).at("thing").as_string(), first);
}

TEST_P(ImportTest, BuildsATreeFromItsRows) {
  const auto import = upload(director, "organisations", {"组织名称", "类型", "上级"},
                             {{"示例总支", "党总支", "示例镇"},
                              {"示例一支部", "党支部", "示例总支"},
                              {"示例二支部", "支部?", "示例总支"},
                              {"示例中心", "企业", "示例镇"},
                              {"示例三支部", "branch", "没有"}});
  ASSERT_EQ(import.status, 201) << import.problem();
  const auto done = run_to_end(director, import);
  EXPECT_EQ(done.number("recorded"), 2);
  EXPECT_EQ(done.number("refused"), 3) << "no such kind, there already, no such parent";
  const auto undone = run_to_end(director, step(director, done, "undo"));
  EXPECT_EQ(undone.number("ended"), 2) << "the branch goes before what it stands below";
}

TEST_P(ImportTest, IsTheirsWhoUploadedIt) {
  const auto import = upload_staff(manager, colleagues(1));
  EXPECT_EQ(step(director, import, "run").problem(), "no_such_import");
  EXPECT_EQ(step(admin, import, "run").problem(), "");
}

TEST_P(ImportTest, ForgetsTheFileAfterAMonth) {
  const auto import = upload_staff(admin, colleagues(1));
  town.pass(file_kept_for);
  town.fire_timers();
  admin = town.sign_in("admin");
  const auto after = town.call(admin, "GET", "/api/imports/" + import.text("id"));
  EXPECT_EQ(after.text("state"), "dropped");
  EXPECT_TRUE(after.at("file_gone").as_bool());
  EXPECT_EQ(town.call(admin, "POST", "/api/imports/" + import.text("id") + "/rows", "{}").problem(),
            "import_file_gone");
}

TEST_P(ImportTest, TakesItsOwnTemplateBack) {
  for (const std::string kind : {"staff", "organisations"}) {
    const auto made = town.call(admin, "GET", "/api/imports/kinds/" + kind + "/template");
    ASSERT_EQ(made.status, 200) << made.problem();
    const auto back = town.call(admin, "POST", "/api/imports?kind=" + kind + "&name=t.xlsx", made.bytes,
                                {.headers = {{"content-type", std::string{sheets::xlsx_media_type}}}});
    EXPECT_EQ(back.problem(), "sheet_empty") << "help and example are no rows";
  }
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportTest);

}  // namespace doorstep::imports
