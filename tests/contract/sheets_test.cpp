// Lists as sheets: all of the list that its page would show, to the same people, and no more of it; and
// nothing in them that a program would run.
#include <algorithm>
#include <map>
#include <set>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "contract/stage.hpp"
#include "network/town_file.hpp"
#include "sheets/archive.hpp"
#include "sheets/test_office.hpp"
#include "testing/devices.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

// What a program that opens a sheet would take for a formula.
constexpr const char* formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")"};

std::string json_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) (quoted += c == '"' ? "\\" : "") += c;
  return quoted + '"';
}

void record_formulas(Stage& stage) {
  int number = 0;
  for (const auto* formula : formulas) {
    const auto recorded = stage.post("manager", "/api/staff",
                                     R"({"username":"formula)" + std::to_string(++number) + R"(","name":)" +
                                         json_text(formula) + R"(,"post":{"zh":)" + json_text(formula) +
                                         R"(,"en":"x"},"password":"window-and-door"})");
    EXPECT_EQ(recorded.status, 201) << recorded.problem();
  }
}

// Lists of staff that go out as no sheet, and why not.
const std::map<std::string, std::string> without_sheet{
    {"list_sessions", "where one is signed in oneself"},
    {"list_passkeys", "one's own"},
    {"find_people", "people leave the house one by one, by who may take them along"},
    {"find_cases_of_applicant", "people"},
    {"list_merges", "people"},
    {"look_at_mandates", "people"},
    {"find_volunteers", "people"},
    {"list_import_rows", "what a clerk brought in goes back by the rows that were not imported"},
    {"list_import_outcomes", "ids of what was recorded, for the page that leads there"},
    {"list_grid_areas", "lines, to draw a map from"},
    {"list_work", "of what one has in hand; a venue's cases have it"},
    {"list_unit_cases", "of what one has in hand; a venue's cases have it"},
    {"list_system_cases", "goes out as that system's own file"},
    {"list_system_files", "of files, each of which is fetched itself"},
    {"list_inquiries", "what was asked and answered is looked at for itself, and without it there is little"},
    {"list_ratings", "what people thought goes out counted, and not one by one"},
    {"list_services", "the buttons of a ticket machine"},
    {"list_windows", "no page lists them"},
    {"list_dead_messages", "no page lists them"}};

bool is_list(const api::Route& route) {
  return std::ranges::any_of(route.parameters, [](const auto& each) { return each.name == "cursor"; }) ||
         boost::json::serialize(route.body).find("\"cursor\"") != std::string::npos;
}

Sent in_english() { return {.headers = {{"accept-language", "en"}}}; }

class SheetsTest : public ::testing::TestWithParam<storage::Engine> {
 protected:
  SheetsTest() : stage(GetParam()) {}

  Answer sheet_answer(const std::string& who, const std::string& path, const Sent& more = {}) {
    const auto answer = stage.get(who, path, more);
    EXPECT_EQ(answer.status, 200) << path << ' ' << answer.problem();
    return answer;
  }
  sheets::Sheet sheet(const std::string& who, const std::string& path, const Sent& more = {}) {
    return sheets::read_xlsx(sheet_answer(who, path, more).bytes);
  }
  // The cells of one of its columns.
  static std::vector<std::string> column(const sheets::Sheet& read, const std::string& heading) {
    std::vector<std::string> cells;
    const auto at = std::ranges::find(read.columns, heading);
    EXPECT_NE(at, read.columns.end()) << heading;
    for (const auto& row : read.rows)
      cells.push_back(row.cells.at(static_cast<std::size_t>(at - read.columns.begin())));
    return cells;
  }
  // How many items all pages of the list have.
  std::size_t listed(const std::string& who, const std::string& path) {
    std::size_t count = 0;
    std::string cursor;
    do {
      const auto page =
          stage.get(who, path + (path.find('?') == std::string::npos ? '?' : '&') + "limit=100" + cursor);
      EXPECT_EQ(page.status, 200) << path << ' ' << page.problem();
      count += page.at("items").as_array().size();
      cursor = page.at("next").is_null() ? "" : "&cursor=" + page.text("next");
    } while (!cursor.empty());
    return count;
  }
  // Members of staff whom nobody asked for: "many1" and so on.
  void put_staff(int count) {
    stage.town.write([&](Transaction& tx, Instant at) {
      tx.run(
          "insert into staff (id, username, name, post_zh, post_en, password_hash, created_at)"
          " with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < :count)"
          " select 900000000 + n, 'many' || n, '示例', '窗口', 'Window', 'none', cast(:at as INT) from numbers",
          {{"count", count}, {"at", at}});
    });
  }

  Stage stage;
};

TEST_P(SheetsTest, HoldAllOfTheListInTheLanguageThatIsAskedFor) {
  put_staff(230);
  const auto all = listed("manager", "/api/staff");
  const auto answer = sheet_answer("manager", "/api/staff.xlsx");
  EXPECT_EQ(
      answer.headers.at("content-disposition"),
      "attachment; filename=\"sheet.xlsx\"; filename*=UTF-8''%E5%B7%A5%E4%BD%9C%E4%BA%BA%E5%91%98%202026-11-24.xlsx");
  const auto chinese = sheets::read_xlsx(answer.bytes);
  EXPECT_EQ(chinese.name, "工作人员");
  EXPECT_THAT(chinese.columns, ElementsAre("姓名", "岗位", "用户名", "角色"));
  EXPECT_THAT(chinese.rows, SizeIs(all));
  const auto names = column(chinese, "用户名");
  EXPECT_THAT(std::set(names.begin(), names.end()), SizeIs(all)) << "each once";
  EXPECT_THAT(names, IsSupersetOf({"officer1", "many1", "many230"}));
  EXPECT_THAT(column(chinese, "角色"), Contains("窗口人员"));
  const auto english = sheet("manager", "/api/staff.xlsx", in_english());
  EXPECT_THAT(english.columns, ElementsAre("Name", "Post", "User name", "Roles"));
  EXPECT_THAT(column(english, "Roles"), Contains("Window officer"));
}

TEST_P(SheetsTest, AreThereForEveryListOrItIsSaidWhyNot) {
  const auto& routes = stage.town.api().routes();
  std::set<std::string> without;
  for (const auto& route : routes) {
    if (!is_list(*route) || route->rules.who.is_resident) continue;
    const auto sheet = std::ranges::find_if(
        routes, [&](const auto& each) { return each->whole_list && each->path == route->path + ".xlsx"; });
    if (sheet == routes.end()) without.insert(route->name);
  }
  std::set<std::string> said;
  for (const auto& [name, why] : without_sheet) said.insert(name);
  EXPECT_EQ(without, said);
}

TEST_P(SheetsTest, HaveALineForEachItemOfTheirList) {
  stage.take_in("officer1", 1);
  stage.post("officer1", stage.window(1, "/finish"));
  stage.alarm();
  stage.absence_of("officer1");  // while no post of theirs would be empty
  const auto post = stage.post_held_by("officer1");
  stage.slip("officer1", post, "officer2");
  const auto community = stage.community();
  stage.houses(community, "示例一路");
  stage.grid();
  stage.past_activity();
  upload(stage.town, stage.as("admin"), "organisations", {"名称"}, {{"示例"}});
  const auto device = paired_device(stage.town, stage.as("manager"));
  const auto venue = stage.town.venue, officer = stage.staff("officer1");
  const std::pair<const char*, std::string> lists[] = {
      {"admin", "/api/staff"},
      {"admin", "/api/grants?venue=" + venue},
      {"officer1", "/api/venues"},
      {"officer1", "/api/communities"},
      {"officer1", "/api/grids"},
      {"officer1", "/api/matters"},
      {"officer1", stage.organisation("/venues")},
      {"officer1", "/api/communities/" + community + "/addresses"},
      {"officer1", "/api/past-activities"},
      {"admin", "/api/imports"},
      {"officer1", device.path("/history")},
      {"officer1", "/api/venues/" + venue + "/devices"},
      {"officer1", "/api/venues/" + venue + "/posts"},
      {"admin", "/api/absences?staff=" + officer},
      {"officer2", "/api/handovers"},
      {"officer1", "/api/desk/cases?venue=" + venue},
      {"officer1", "/api/desk/deadlines?venue=" + venue},
      {"officer1", "/api/desk/alarms?venue=" + venue}};
  for (const auto& [who, path] : lists) {
    auto as_sheet = path;
    as_sheet.insert(std::min(path.find('?'), path.size()), ".xlsx");
    const auto count = listed(who, path);
    EXPECT_GT(count, 0U) << path;
    EXPECT_THAT(sheet(who, as_sheet).rows, SizeIs(count)) << as_sheet;
  }
  const auto board = sheet("officer1", "/api/venues/" + venue + "/roster.xlsx?from=2026-11-25&days=14");
  EXPECT_THAT(board.rows, SizeIs(14U)) << "a line for each post and day";
  EXPECT_EQ(column(board, "日期").front(), "2026-11-25");
  const auto days = sheet("officer1", "/api/calendar.xlsx?year=2026");
  EXPECT_THAT(days.rows, SizeIs(stage.get("officer1", "/api/calendar/2026").at("days").as_array().size()));
}

TEST_P(SheetsTest, ShowOrganisationsAsATree) {
  const auto tree = sheet("officer1", "/api/organisations.xlsx");
  const auto names = column(tree, "名称"), parents = column(tree, "上级组织"), levels = column(tree, "层级");
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(levels.front(), "1");
  for (std::size_t row = 0; row < names.size(); ++row) {
    if (levels[row] == "1") continue;
    const auto above =
        std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(row), parents[row]);
    EXPECT_NE(above, names.begin() + static_cast<std::ptrdiff_t>(row)) << "what stands above comes before";
  }
  const auto root = stage.get("officer1", stage.organisation()).text("parent");
  const auto below = sheet("officer1", "/api/organisations.xlsx?parent=" + root);
  EXPECT_THAT(below.rows, Not(::testing::IsEmpty()));
  EXPECT_LT(below.rows.size(), tree.rows.size());
  EXPECT_EQ(column(below, "层级").front(), "1");
}

TEST_P(SheetsTest, KeepTheFiltersOfTheList) {
  stage.post("admin", "/api/venues",
             R"({"kind":"station","organisation":")" + stage.town.organisation +
                 R"(","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"}})");
  EXPECT_THAT(column(sheet("officer1", "/api/venues.xlsx?kind=station"), "名称"), ElementsAre("示例站"));
  EXPECT_EQ(stage.get("officer1", "/api/venues.xlsx?kind=castle").status, 400);
  EXPECT_EQ(stage.get("nobody", "/api/venues.xlsx").problem(), "not_signed_in");
}

// By words that are typed and by what is ticked, too: the same ones as in the list, and no others.
TEST_P(SheetsTest, HoldWhatWasLookedForAndNothingElse) {
  const auto organisation = R"("organisation":")" + stage.town.organisation + '"';
  for (const auto* name : {R"("zh":"示例甲站","en":"Alpha")", R"("zh":"示例乙站","en":"Beta")"}) {
    const auto made = stage.post("admin", "/api/venues",
                                 R"({"kind":"station","name":{)" + std::string{name} + "}," + organisation +
                                     R"(,"address":{"zh":"示例路","en":"Sample Road"}})");
    EXPECT_EQ(made.status, 201) << made.problem();
  }
  stage.community();
  stage.grid();
  const std::pair<const char*, std::vector<std::string>> lists[] = {
      {"/api/venues",
       {"words=ALPHA", "words=road%20beta", "words=nowhere", "open=true", "open=true&words=alpha"}},
      {"/api/communities", {"words=310114102001", "words=nowhere", "without_branch=true"}},
      {"/api/grids", {"words=sample", "words=nowhere"}}};
  for (const auto& [path, wishes] : lists) {
    const auto all = listed("officer1", path);
    for (const auto& wish : wishes) {
      const auto some = listed("officer1", path + ("?" + wish));
      EXPECT_THAT(sheet("officer1", path + (".xlsx?" + wish)).rows, SizeIs(some)) << path << ' ' << wish;
      if (wish.ends_with("nowhere")) {
        EXPECT_LT(some, all) << path;
      }
    }
  }
  EXPECT_THAT(column(sheet("officer1", "/api/venues.xlsx?words=ALPHA"), "名称"), ElementsAre("示例甲站"));
  const auto levels = column(sheet("officer1", "/api/venues.xlsx"), "级别");
  EXPECT_EQ(levels.front(), "中心") << "in the order of the page";
  EXPECT_EQ(levels.back(), "站点");
}

TEST_P(SheetsTest, OfHousesStandByStreetAndNumber) {
  const auto community = stage.community();
  const auto path = "/api/communities/" + community + "/addresses";
  for (const auto* houses :
       {R"({"street":"示例路","lane":9})", R"({"street":"示例路","from":51})",
        R"({"street":"别的路","side":"odd"})", R"({"street":"示例路","from":10,"to":50})"}) {
    const auto made = stage.post("admin", path, houses);
    EXPECT_EQ(made.status, 201) << made.problem();
  }
  const auto read = sheet("officer1", path + ".xlsx");
  EXPECT_THAT(column(read, "路名、小区名或村名"), ElementsAre("别的路", "示例路", "示例路", "示例路"));
  EXPECT_THAT(column(read, "从几号"), ElementsAre("1", "10", "51", "1"));
  EXPECT_THAT(column(read, "到几号（空着就是到最后）"), ElementsAre("", "50", "", ""));
  EXPECT_THAT(column(read, "几弄"), ElementsAre("", "", "", "9"));
  EXPECT_THAT(column(read, "哪一侧"), ElementsAre("只有单号", "两侧都是", "两侧都是", "两侧都是"));
}

TEST_P(SheetsTest, OfADeviceSayWhoDidWhatToIt) {
  const auto device = paired_device(stage.town, stage.as("manager"));
  stage.post("manager", device.path("/lock"), R"({"reason":"=屏幕坏了"})", if_match(1));
  const auto read = sheet("officer1", device.path("/history.xlsx"));
  EXPECT_THAT(column(read, "做了什么"), ElementsAre("停用", "配对"));
  EXPECT_THAT(column(read, "说明"), ElementsAre("=屏幕坏了", ""));
  EXPECT_EQ(column(read, "工作人员").front(), stage.get("officer1", device.path("/history"))
                                                  .at("items")
                                                  .as_array()[0]
                                                  .at("by")
                                                  .at("name")
                                                  .as_string());
}

TEST_P(SheetsTest, OfImportsHideWhatTheListHides) {
  upload(stage.town, stage.as("manager"), "organisations", {"名称"}, {{"示例"}, {""}});
  upload(stage.town, stage.as("admin"), "organisations", {"名称"}, {{"示例"}});
  EXPECT_THAT(column(sheet("manager", "/api/imports.xlsx"), "文件"), SizeIs(1));
  const auto all = sheet("admin", "/api/imports.xlsx");
  EXPECT_THAT(column(all, "文件"), ElementsAre(Not(""), ""))
      << "what a colleague's sheet is called is theirs";
  EXPECT_THAT(column(all, "导入的是什么"), ElementsAre("组织", "组织"));
  EXPECT_THAT(column(all, "状态"), ElementsAre("草稿，还没导入", "草稿，还没导入"));
  EXPECT_NE(column(all, "上传的人").front(), column(all, "上传的人").back());
  EXPECT_THAT(sheet("admin", "/api/imports.xlsx?mine=true").rows, SizeIs(1U));
  EXPECT_EQ(stage.get("officer1", "/api/imports.xlsx").problem(), "not_allowed");
}

TEST_P(SheetsTest, OfAnOrganisationsVenuesSayWhatIsAroundThem) {
  const auto community = stage.community();
  const auto made = stage.post(
      "admin", "/api/venues",
      R"({"kind":"station","organisation":")" + stage.town.organisation + R"(","community":")" + community +
          R"(","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"R"}})");
  EXPECT_EQ(made.status, 201) << made.problem();
  const auto read = sheet("officer1", stage.organisation("/venues.xlsx"), in_english());
  EXPECT_EQ(column(read, "Name").back(), "Sample");
  EXPECT_EQ(column(read, "Level").back(), "Station");
  EXPECT_EQ(column(read, "Run by").back(), stage.get("officer1", stage.organisation()).text("name.en"));
  EXPECT_THAT(column(read, "Community").back(), Not(""));
}

TEST_P(SheetsTest, AreAskedForWithoutPages) {
  for (const std::string wish : {"limit=5", "cursor=c1", "limit=20000"}) {
    const auto refused = stage.get("manager", "/api/staff.xlsx?" + wish);
    EXPECT_EQ(refused.problem(), "unknown_member") << wish;
    EXPECT_EQ(refused.text("path"), wish.substr(0, wish.find('='))) << wish;
  }
  EXPECT_EQ(stage.post("auditor", "/api/audit/read.xlsx", R"({"purpose":"p","limit":5})").problem(),
            "unknown_member");
  EXPECT_EQ(stage.get("manager", "/api/staff?limit=101").problem(), "out_of_range")
      << "what a sheet may ask of its list, a client may not";
}

TEST_P(SheetsTest, RefuseWhatIsTooMuchForOne) {
  put_staff(1'000);
  const auto refused = stage.get("manager", "/api/staff.xlsx", in_english());
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.problem(), "list_too_long_for_sheet");
  EXPECT_THAT(refused.text("detail"), HasSubstr("1000"));
}

TEST_P(SheetsTest, NeverHoldAFormula) {
  record_formulas(stage);
  const auto answer = sheet_answer("manager", "/api/staff.xlsx");
  const auto read = sheets::read_xlsx(answer.bytes);
  for (const auto* formula : formulas) {
    EXPECT_THAT(column(read, "姓名"), Contains(formula));
    EXPECT_THAT(column(read, "岗位"), Contains(formula));
  }
  std::string markup;
  sheets::Archive{answer.bytes, 10'000'000}.read("xl/worksheets/sheet1.xml",
                                                 [&](std::string_view piece) { markup += piece; });
  EXPECT_THAT(markup, Not(HasSubstr("<f"))) << "no formula";
  EXPECT_THAT(markup, Not(HasSubstr("<v>"))) << "and nothing but texts";
}

TEST_P(SheetsTest, OfLooksAreLooks) {
  const auto person = stage.person();
  stage.post("officer1", "/api/people/" + person + "/look", R"({"purpose":"=1+1"})");
  const auto asked = R"({"person":")" + person + R"(","purpose":"the yearly check"})";
  const auto answer = stage.post("auditor", "/api/audit/read.xlsx", asked);
  EXPECT_EQ(answer.status, 200) << answer.problem();
  const auto read = sheets::read_xlsx(answer.bytes);
  EXPECT_THAT(column(read, "用途"), ElementsAre("=1+1"));
  EXPECT_THAT(column(read, "编号"), ElementsAre(person));
  EXPECT_EQ(stage.post("manager", "/api/audit/read.xlsx", asked).problem(), "not_allowed");
  const auto after = stage.post("auditor", "/api/audit/read", asked);
  ASSERT_THAT(after.at("items").as_array(), SizeIs(3U)) << "the sheet was recorded, and the refusal";
  EXPECT_FALSE(after.at("items").as_array()[0].at("allowed").as_bool());
  EXPECT_EQ(after.at("items").as_array()[1].at("purpose").as_string(), "the yearly check");
  EXPECT_TRUE(after.at("items").as_array()[1].at("allowed").as_bool());
}

TEST_P(SheetsTest, ShowNothingThatTheListHides) {
  stage.take_in("officer1", 1,
                R"(,"applicant":{"name":"示例 王秀英","phone":"13900000077"},"note":"她说过")");
  const auto post = stage.post_held_by("officer1");
  stage.post("officer1", "/api/posts/" + post + "/handovers",
             R"({"to":")" + stage.staff("officer2") + R"(","note":"王秀英还要来"})");
  for (const auto& path :
       {"/api/desk/cases.xlsx?venue=" + stage.town.venue, std::string{"/api/handovers.xlsx"}}) {
    const auto read = sheet("officer1", path);
    ASSERT_FALSE(read.rows.empty()) << path;
    for (const auto& row : read.rows) {
      for (const auto& cell : row.cells) {
        EXPECT_THAT(cell, Not(HasSubstr("王秀英")));
        EXPECT_THAT(cell, Not(HasSubstr("13900000077")));
        EXPECT_THAT(cell, Not(HasSubstr("她说过")));
      }
    }
  }
}

TEST_P(SheetsTest, TellTheTimeByTheTownsClock) {
  stage.take_in("officer1", 1);
  const auto opened = stage.get("officer1", "/api/desk/cases?venue=" + stage.town.venue)
                          .at("items")
                          .as_array()
                          .front()
                          .at("opened_at")
                          .as_string();
  const auto at = parse_instant(std::string_view{opened});
  ASSERT_TRUE(at);
  const Zone zone{"Asia/Shanghai"};
  EXPECT_THAT(column(sheet("officer1", "/api/desk/cases.xlsx?venue=" + stage.town.venue), "收件时间"),
              ElementsAre(to_string(zone.day_of(*at)) + " " + to_string(zone.time_of(*at))));
}

class OfficeOpens : public sheets::testing::Office {};

TEST_F(OfficeOpens, ARoutesSheetWithTextsForFormulas) {
  Stage stage{storage::Engine::sqlite};
  record_formulas(stage);
  put("staff.xlsx", stage.get("manager", "/api/staff.xlsx", in_english()).bytes);
  const auto shown = as_csv("staff.xlsx");
  EXPECT_THAT(shown, ::testing::StartsWith("Name,Post,User name,Roles\n"));
  for (const auto* line : {"=1+1,x,formula1,", "+1,x,formula2,", "-1,x,formula3,", "@SUM(A1),x,formula4,"})
    EXPECT_THAT(shown, HasSubstr(std::string{"\n"} + line)) << shown;
  const auto path = "/api/venues/" + stage.town.venue + "/roster.xlsx?from=2026-11-25&days=1";
  stage.post_held_by("officer1");
  put("roster.xlsx", stage.get("manager", path, in_english()).bytes);
  EXPECT_THAT(as_csv("roster.xlsx"), HasSubstr("\n2026-11-25,")) << "a day is shown as one";
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(SheetsTest);

}  // namespace doorstep::testing
