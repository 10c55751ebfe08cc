// Sheets as clerks upload them.
#pragma once

#include <string>
#include <vector>

#include "sheets/xlsx.hpp"
#include "testing/small_town.hpp"

namespace doorstep::testing {

using SheetLines = std::vector<std::vector<std::string>>;

inline std::string sheet_bytes(const std::vector<std::string>& headings, const SheetLines& rows) {
  sheets::NewSheet sheet{.name = "名单", .columns = {}, .rows = rows};
  for (const auto& heading : headings) sheet.columns.push_back({.heading = heading});
  return sheets::write_xlsx(sheet);
}

inline Sent as_sheet() { return {.headers = {{"content-type", std::string{sheets::xlsx_media_type}}}}; }

inline std::string upload_path(const std::string& kind) {
  return "/api/imports?kind=" + kind + "&name=list.xlsx";
}

inline Answer upload(SmallTown& town, Browser& who, const std::string& kind,
                     const std::vector<std::string>& headings, const SheetLines& rows) {
  return town.call(who, "POST", upload_path(kind), sheet_bytes(headings, rows), as_sheet());
}

// What comes next with an import, of the version that an answer shows.
inline Answer import_step(SmallTown& town, Browser& who, const Answer& import, const std::string& what,
                          const std::string& body = "") {
  return town.call(who, "POST", "/api/imports/" + import.text("id") + '/' + what, body,
                   {.headers = {{"if-match", '"' + std::to_string(import.number("version")) + '"'}}});
}

// Runs it until it is done or undone.
inline Answer run_import(SmallTown& town, Browser& who, Answer import) {
  do {
    import = import_step(town, who, import, "run");
    EXPECT_EQ(import.status, 200) << import.problem();
  } while (import.status == 200 &&
           (import.text("state") == "importing" || import.text("state") == "undoing"));
  return import;
}

}  // namespace doorstep::testing
