// Sheets in which every row asks most: members of whom all is known, in the preview and in a run.
#include <fmt/format.h>

#include "contract/costs.hpp"
#include "identity/identity_number.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

const std::vector<std::string> headings{"姓名",       "电话",     "身份证号", "出生日期",
                                        "所在党支部", "党员类别", "入党日期"};

// As many as a page of the preview has, and as a run takes.
constexpr int rows_a_time = 20;

SheetLines many_members() {
  SheetLines rows;
  for (int i = 0; i < rows_a_time; ++i)
    rows.push_back(
        {"示例", "139000001" + std::to_string(10 + i), "", "", "示例第一党支部", "正式", "1999-07-01"});
  return rows;
}

// Of no place: there is no area 000000.
std::string identity_number(int order) {
  const auto number = fmt::format("00000019480307{:03}", order);
  for (const char last : std::string_view{"0123456789X"}) {
    if (identity::is_identity_number(number + last)) return number + last;
  }
  return number;
}

// All new, with a phone that is somebody else's, too.
SheetLines members() {
  SheetLines rows;
  for (int i = 0; i < rows_a_time; ++i) {
    std::string many_letters;
    for (char letter = 'a'; letter <= 'z'; ++letter) many_letters += {letter, static_cast<char>('a' + i)};
    rows.push_back({many_letters, "13900000051", identity_number(100 + i), "1948-03-07", "示例第一党支部",
                    "正式", "1999-07-01"});
  }
  return rows;
}

}  // namespace

void play_imports(Stage& stage) {
  auto& admin = stage.as("admin");
  const auto get = [&](const std::string& path) {
    const auto answer = stage.get("admin", "/api/imports" + path);
    EXPECT_EQ(answer.status, 200) << path << ' ' << answer.problem();
  };
  const auto look = [&](const Answer& import, const std::string& what) {
    const auto answer = stage.post("admin", "/api/imports/" + import.text("id") + what);
    EXPECT_EQ(answer.status, 200) << what << ' ' << answer.problem();
  };
  get("/kinds");
  get("/kinds/members/template");
  const auto drafted = upload(stage.town, admin, "members", headings, many_members());
  EXPECT_EQ(drafted.number("faulty"), 0);
  look(drafted, "/rows");
  EXPECT_EQ(import_step(stage.town, admin, drafted, "stop").status, 200);
  stage.person(R"({"name":"示例","phone":"13900000051"})");
  auto import = upload(stage.town, admin, "members", headings, members());
  import = import_step(
      stage.town, admin, import, "columns",
      R"({"columns":{"name":0,"phone":1,"identity_number":2,"birth_date":3,"branch":4,"kind":5,"joined_on":6}})");
  get("");
  get("/" + import.text("id"));
  look(import, "/faulty-rows");
  import = run_import(stage.town, admin, import);
  EXPECT_EQ(import.number("recorded"), rows_a_time);
  get("/" + import.text("id") + "/outcomes?outcome=recorded");
  import = import_step(stage.town, admin, import, "undo");
  EXPECT_EQ(run_import(stage.town, admin, import).number("ended"), rows_a_time);
}

}  // namespace doorstep::testing
