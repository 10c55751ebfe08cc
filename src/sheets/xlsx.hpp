// .xlsx in and out, as pure functions over bytes.
//
//   const auto sheet = read_xlsx(bytes, {.known_headings = {"姓名", "name"}});
//   const auto bytes = write_xlsx({.name = "组织", .columns = {{"名称", 30}}, .rows = {{"南翔镇"}}});
//
// Nothing of either is ever a formula: what is read of a formula is its result, and what is written is a
// text, or a number that was made from digits here.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sheets/sheet.hpp"

namespace doorstep::sheets {

// Throws Problem sheet_too_large, not_a_sheet, sheet_encrypted, sheet_old_format, sheet_broken,
// no_such_sheet, sheet_too_many_rows, sheet_too_wide. Memory: the cells, the shared texts, and some hundred
// kilobytes.
Sheet read_xlsx(std::string_view bytes, const ReadOptions& options = {});

// The same bytes for the same sheet. Columns of texts say so, so that what is typed into them later — an
// identity number of 18 digits — stays as it is typed.
std::string write_xlsx(const NewSheet& sheet);

// A sheet whose rows come one by one: for what is too long for memory.
struct SheetToCome {
  std::string name;  // as a NewSheet's; no two of a book are the same
  std::vector<NewColumn> columns;
  std::function<bool(std::vector<std::string>& cells)> next;  // false: there are no more
};

// Below the headings; the programs that read it know no more.
inline constexpr std::size_t data_rows_max = 1'048'575;

// Writes a book into a new file. Rows past data_rows_max are left for the next sheet to ask for. Throws
// std::runtime_error, and what `next` throws; then there is no file.
void write_xlsx_file(const std::filesystem::path& path, std::vector<SheetToCome> sheets);

inline constexpr std::string_view xlsx_media_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

}  // namespace doorstep::sheets
