// An upload on its way: every step in every state, rows refused one by one, an import taken back.
#include "imports/import.hpp"

#include <atomic>
#include <thread>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gmock/gmock.h>

#include "sheets/archive.hpp"
#include "testing/plans.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::imports {
namespace {

using doorstep::testing::Answer;
using doorstep::testing::Browser;

using Rows = doorstep::testing::SheetLines;

class ImportTest : public doorstep::testing::SmallTownTest {
 protected:
  ImportTest()
      : admin(town.sign_in("admin")), manager(town.sign_in("manager")), director(town.sign_in("director")) {}

  Answer upload(Browser& who, const std::string& kind, const std::vector<std::string>& headings,
                const Rows& rows) {
    return doorstep::testing::upload(town, who, kind, headings, rows);
  }
  Answer upload_staff(Browser& who, const Rows& rows) {
    auto answer = upload(who, "staff", {"用户名", "姓名", "岗位"}, rows);
    EXPECT_EQ(answer.status, 201) << answer.problem();
    return answer;
  }
  Answer step(Browser& who, const Answer& import, const std::string& what, const std::string& body = "") {
    return doorstep::testing::import_step(town, who, import, what, body);
  }
  Answer run_to_end(Browser& who, const Answer& import) {
    return doorstep::testing::run_import(town, who, import);
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

TEST_P(ImportTest, IsTheirsWhoUploadedIt) {
  const auto import = upload_staff(manager, colleagues(1));
  EXPECT_EQ(import.text("file_name"), "list.xlsx");
  EXPECT_EQ(step(director, import, "run").problem(), "no_such_import");
  const auto of_all = [&](const std::string& query) {
    return town.call(admin, "GET", "/api/imports" + query).at("items").as_array().size();
  };
  EXPECT_EQ(of_all(""), 1u);
  EXPECT_EQ(of_all("?mine=true"), 0u);
  const auto mapped = step(admin, import, "columns", R"({"columns":{"username":0,"name":1,"post_zh":2}})");
  const auto run = step(admin, mapped, "run"), undoing = step(admin, run, "undo");
  for (const auto& seen : {mapped, run, undoing}) {
    EXPECT_EQ(seen.problem(), "");
    EXPECT_EQ(seen.text("file_name"), "") << "what it is called is for whoever brought it in";
    EXPECT_TRUE(seen.at("headings").as_array().empty());
  }
  EXPECT_EQ(step(admin, upload_staff(manager, colleagues(1, 1)), "stop").text("file_name"), "");
}

TEST_P(ImportTest, ShowsTheCellsAsTheyStandForMappingTheColumns) {
  const auto import = upload(admin, "staff", {"用户名", "备注"},
                             {{"a1", std::string(300, 'x')}, {"a2", ""}, {"a3", "=1+1"}, {"a4", "四"}});
  ASSERT_EQ(import.status, 201) << import.problem();
  const auto rows = town.call(admin, "POST", "/api/imports/" + import.text("id") + "/rows",
                              R"({"as_written":true,"limit":3})");
  ASSERT_EQ(rows.status, 200) << rows.problem();
  const auto& items = rows.at("items").as_array();
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].at("cells").at("0").as_string(), "a1");
  EXPECT_EQ(items[0].at("cells").at("1").as_string().size(), heading_bytes_max);
  EXPECT_FALSE(items[1].at("cells").as_object().contains("1")) << "what is empty is not there";
  EXPECT_EQ(items[2].at("cells").at("1").as_string(), "=1+1");
  EXPECT_TRUE(items[0].at("faults").as_array().empty()) << "that something is missing is said later";
  const auto theirs = "/api/imports/" + upload_staff(manager, colleagues(1)).text("id") + "/rows";
  EXPECT_EQ(town.call(admin, "POST", theirs, "{}").status, 200);
  EXPECT_EQ(town.call(admin, "POST", theirs, R"({"as_written":true})").problem(), "not_allowed")
      << "a column that is not mapped may hold anything";
}

TEST_P(ImportTest, SaysOfEachKindWhatAPageHasToKnow) {
  const auto kinds = town.call(admin, "GET", "/api/imports/kinds");
  EXPECT_EQ(kinds.number("bytes_max"), 8 * 1024 * 1024);
  std::map<std::string, bool> personal;
  std::size_t with_choices = 0;
  for (const auto& kind : kinds.at("items").as_array()) {
    personal[std::string{kind.at("key").as_string()}] = kind.at("personal").as_bool();
    for (const auto& column : kind.at("columns").as_array()) {
      const bool shown = !column.at("example").at("zh").as_string().empty();
      EXPECT_TRUE(shown || !column.at("required").as_bool()) << column.at("key").as_string().c_str();
      with_choices += column.at("choices").as_array().empty() ? 0 : 1;
    }
  }
  EXPECT_TRUE(personal.at("people"));
  EXPECT_FALSE(personal.at("organisations"));
  EXPECT_GT(with_choices, 0u);
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

TEST_P(ImportTest, GivesUpTheSheetOfADraftThatIsDropped) {
  const auto one = upload_staff(admin, colleagues(1)), same = upload_staff(admin, colleagues(1));
  const auto kept = [&] {
    std::int64_t count = 0;
    town.read([&](Snapshot& snapshot, Instant) {
      count = snapshot.value<std::int64_t>("select count(*) from files where kept = 1");
    });
    return count;
  };
  step(admin, one, "stop");
  EXPECT_EQ(kept(), 1) << "the same sheet was uploaded twice";
  const auto dropped = step(admin, same, "stop");
  EXPECT_TRUE(dropped.at("file_gone").as_bool());
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(run_to_end(admin, upload_staff(admin, colleagues(1))).number("recorded"), 1)
      << "and it may be uploaded again";
}

TEST_P(ImportTest, GivesUpASheetThatIsInTheTownWhole) {
  const auto whole = run_to_end(admin, upload_staff(admin, colleagues(1)));
  EXPECT_TRUE(whole.at("file_gone").as_bool());
  const auto in_part = run_to_end(admin, upload_staff(admin, colleagues(2)));
  EXPECT_EQ(in_part.number("refused"), 1);
  EXPECT_FALSE(in_part.at("file_gone").as_bool()) << "one row waits to be put right";
  EXPECT_EQ(run_to_end(admin, step(admin, whole, "undo")).number("ended"), 1);
}

TEST_P(ImportTest, GoesOnOnceWhenTwoPressTheSameButton) {
  const auto import = upload_staff(admin, colleagues(25));
  auto other = town.sign_in("admin");
  std::atomic<int> went_on{0}, differed{0};
  const auto press = [&](Browser& who) {
    const auto answer = step(who, import, "run");
    (answer.status == 200 ? went_on : differed) += 1;
    EXPECT_TRUE(answer.status == 200 || answer.problem() == "version_differs") << answer.problem();
  };
  {
    const std::jthread one{[&] { press(admin); }}, two{[&] { press(other); }};
  }
  EXPECT_EQ(went_on, 1);
  EXPECT_EQ(differed, 1);
  const auto now = town.call(admin, "GET", "/api/imports/" + import.text("id"));
  EXPECT_EQ(now.number("recorded"), 20) << "no row was imported twice, and none was left out";
}

TEST_P(ImportTest, GivesNothingBackThatCouldBecomeAFormula) {
  const std::string evil = R"(=HYPERLINK("http://example.org","+1"))";
  const auto import = upload_staff(admin, {{evil, "", "@SUM(A1)"}, {"-1+1", "", "+cmd"}});
  EXPECT_EQ(import.number("faulty"), 2);
  const auto back = town.call(admin, "POST", "/api/imports/" + import.text("id") + "/faulty-rows");
  ASSERT_EQ(back.status, 200) << back.problem();
  EXPECT_THAT(back.headers.at("content-disposition"), ::testing::StartsWith("attachment;"));
  std::string markup;
  sheets::Archive{back.bytes, 1'000'000}.read("xl/worksheets/sheet1.xml",
                                              [&](std::string_view piece) { markup += piece; });
  EXPECT_THAT(markup, ::testing::Not(::testing::HasSubstr("<f")));
  EXPECT_THAT(markup, ::testing::Not(::testing::ContainsRegex("t=\"(str|n|b|e)\"")));
  const auto sheet = sheets::read_xlsx(back.bytes);
  EXPECT_EQ(sheet.rows.at(0).cells[0], evil) << "it comes back as it was, as text";
  EXPECT_EQ(sheet.rows.at(1).cells[2], "+cmd");
}

TEST_P(ImportTest, ReadsNoTableToItsEnd) {
  const auto draft = upload_staff(admin, colleagues(1)), other = upload_staff(admin, colleagues(2));
  const auto id = *parse_id<ImportTag>(draft.text("id")), dropped = *parse_id<ImportTag>(other.text("id"));
  std::string file;
  town.read([&](Snapshot& snapshot, Instant) {
    file = snapshot.value<std::string>("select file from imports where id = :id", {{"id", id}});
  });
  Kinds kinds;
  kinds.add({.key = "staff",
             .name = {},
             .columns = {},
             .may = [](const Caller&) {},
             .record = [](Transaction&, const Caller&, const Cells&, const std::any&) { return Recorded{}; },
             .end = [](Transaction&, const Caller&, const Recorded&) {}});
  auto whole_town = town.caller_of("admin"), own = town.caller_of("manager");
  doorstep::testing::read_plans(town, [&](Transaction& tx) {
    list_imports(tx, whole_town, {.mine = {}, .cursor = {}, .limit = {}});
    list_imports(tx, whole_town, {.mine = true, .cursor = {}, .limit = {}});
    list_imports(tx, own, {.mine = {}, .cursor = {}, .limit = {}});
    put_import(
        tx, own,
        {.kind = "staff", .file = {file}, .file_name = {}, .sheet = {}, .headings = {}, .columns = {}});
    put_outcomes(tx, id, {{.number = 2, .recorded = Recorded{"st_1"}, .faults = {}}});
    list_import_outcomes(tx, whole_town, {.import = id, .outcome = "recorded", .cursor = {}, .limit = {}});
    refused_rows(tx, id);
    last_recorded(tx, id, 20);
    end_row(tx, id, 2, RowOutcome::ended, {});
    stop_import(tx, whole_town, kinds, {dropped, 1});
    forget_file(tx, whole_town, draft.text("id"), "");
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(ImportTest);

}  // namespace doorstep::imports
