// Sheets in which every row asks most: members of whom all is known, in the preview and in a run.
#include "contract/costs.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

const std::vector<std::string> headings{"姓名",       "电话",     "身份证号", "出生日期",
                                        "所在党支部", "党员类别", "入党日期"};

// As many as a page of the preview has.
SheetLines many_members() {
  SheetLines rows;
  for (int i = 0; i < 20; ++i)
    rows.push_back(
        {"示例", "139000001" + std::to_string(10 + i), "", "", "示例第一党支部", "正式", "1999-07-01"});
  return rows;
}

// As many as a run takes: all new, with a phone that is somebody else's, too.
SheetLines members() {
  SheetLines rows;
  char between = 'a';
  for (const auto* number : {"000000194803070036", "000000194803070044", "000000194803070052",
                             "000000194803070060", "000000194803070079"}) {
    std::string many_letters;
    for (char letter = 'a'; letter <= 'z'; ++letter) many_letters += {letter, between};
    ++between;
    rows.push_back(
        {many_letters, "13900000051", number, "1948-03-07", "示例第一党支部", "正式", "1999-07-01"});
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
  EXPECT_EQ(import.number("recorded"), 5);
  get("/" + import.text("id") + "/outcomes?outcome=recorded");
  import = import_step(stage.town, admin, import, "undo");
  EXPECT_EQ(run_import(stage.town, admin, import).number("ended"), 5);
}

}  // namespace doorstep::testing
