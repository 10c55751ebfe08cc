// Sheets that clerks bring in: what is no sheet, and steps that an import does not allow.
#include "contract/scenes.hpp"
#include "sheets/test_book.hpp"
#include "testing/sheet_uploads.hpp"

namespace doorstep::testing {

namespace {

const std::string no_import = "/api/imports/im_1";
const std::string old_box = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

How uploading(const std::function<std::string()>& bytes, const std::string& more = "") {
  return [=](Stage& stage) {
    return stage.post("admin", upload_path("organisations") + more, bytes(), as_sheet());
  };
}

std::string locked() {
  auto bytes = old_box;
  for (const char c : std::string_view{"EncryptedPackage"}) bytes += {c, '\0'};
  return bytes;
}

std::string book_with(const std::string& rows) { return sheets::testing::make({.rows = rows}); }

std::string too_many_rows() {
  std::string rows;
  for (std::size_t row = 1; row <= sheets::Limits{}.rows_max + 2; ++row)
    rows += "<row r=\"" + std::to_string(row) + "\"><c t=\"inlineStr\"><is><t>x</t></is></c></row>";
  return book_with(rows);
}

Answer draft(Stage& stage) {
  auto made = upload(stage.town, stage.as("admin"), "organisations", {"名称", "类型"}, {{"示例", "企业"}});
  EXPECT_EQ(made.status, 201) << made.problem();
  return made;
}

Answer stepped(Stage& stage, const Answer& import, const std::string& what, const std::string& body = "") {
  return import_step(stage.town, stage.as("admin"), import, what, body);
}

How on_no_import(const std::string& what, const std::string& body = "") {
  return [=](Stage& stage) { return stage.post("admin", no_import + what, body, if_match(1)); };
}

How on_draft(const std::string& what, const std::string& body = "") {
  return [=](Stage& stage) { return stepped(stage, draft(stage), what, body); };
}

How on_dropped(const std::string& what, const std::string& body = "") {
  return [=](Stage& stage) { return stepped(stage, stepped(stage, draft(stage), "stop"), what, body); };
}

How after_its_file_went(const std::string& what) {
  return [=](Stage& stage) {
    const auto import = stepped(stage, draft(stage), "stop");
    return stage.post("admin", "/api/imports/" + import.text("id") + what);
  };
}

}  // namespace

void add_import_scenes(std::vector<Scene>& scenes) {
  const std::string nothing = R"({"columns":{}})";
  const std::vector<Scene> more{
      {"read_import_template", "no_such_import_kind",
       [](Stage& stage) { return stage.get("admin", "/api/imports/kinds/nothing/template"); }},
      {"upload_sheet", "no_such_import_kind",
       [](Stage& stage) {
         return stage.post("admin", upload_path("nothing"), sheet_bytes({"名称"}, {{"示例"}}), as_sheet());
       }},
      {"upload_sheet", "not_a_sheet", uploading([] { return std::string{"一封信，没有表格。\n"}; })},
      {"upload_sheet", "sheet_old_format", uploading([] { return old_box + "..."; })},
      {"upload_sheet", "sheet_encrypted", uploading(locked)},
      {"upload_sheet", "sheet_broken", uploading([] { return book_with("<row r=\"1\"><c></row>"); })},
      {"upload_sheet", "sheet_too_large",
       uploading([] { return std::string(sheets::Limits{}.bytes_max + 1, 'x'); })},
      {"upload_sheet", "sheet_too_many_rows", uploading(too_many_rows)},
      {"upload_sheet", "sheet_too_wide", uploading([] {
         return book_with("<row r=\"1\"><c r=\"CW1\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
       })},
      {"upload_sheet", "no_such_sheet",
       uploading([] { return sheet_bytes({"名称"}, {{"示例"}}); }, "&sheet=nothing")},
      {"upload_sheet", "sheet_empty", uploading([] { return sheet_bytes({"名称"}, {}); })},
      {"map_columns", "no_such_import", on_no_import("/columns", nothing)},
      {"map_columns", "import_step_not_possible", on_dropped("columns", nothing)},
      {"map_columns", "no_such_import_column", on_draft("columns", R"({"columns":{"name_zh":7}})")},
      {"map_columns", "import_column_twice", on_draft("columns", R"({"columns":{"name_zh":0,"kind":0}})")},
      {"read_import", "no_such_import", [](Stage& stage) { return stage.get("admin", no_import); }},
      {"list_import_rows", "no_such_import",
       [](Stage& stage) { return stage.post("admin", no_import + "/rows"); }},
      {"list_import_rows", "import_file_gone", after_its_file_went("/rows")},
      {"list_import_outcomes", "no_such_import",
       [](Stage& stage) { return stage.get("admin", no_import + "/outcomes?outcome=refused"); }},
      {"return_faulty_rows", "no_such_import",
       [](Stage& stage) { return stage.post("admin", no_import + "/faulty-rows"); }},
      {"return_faulty_rows", "import_file_gone", after_its_file_went("/faulty-rows")},
      {"run_import", "no_such_import", on_no_import("/run")},
      {"run_import", "import_step_not_possible", on_dropped("run")},
      {"run_import", "import_columns_missing",
       [=](Stage& stage) { return stepped(stage, stepped(stage, draft(stage), "columns", nothing), "run"); }},
      {"stop_import", "no_such_import", on_no_import("/stop")},
      {"stop_import", "import_step_not_possible", on_dropped("stop")},
      {"undo_import", "no_such_import", on_no_import("/undo")},
      {"undo_import", "import_step_not_possible", on_draft("undo")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
