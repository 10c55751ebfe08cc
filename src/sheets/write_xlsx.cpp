#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "sheets/archive.hpp"
#include "sheets/cells.hpp"
#include "sheets/parts.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::size_t choice_rows = 50'000;
constexpr std::size_t piece_bytes = 64 * 1024;

void append_choices(std::string& out, const NewSheet& sheet) {
  std::string rules;
  int count = 0;
  for (std::size_t column = 0; column < sheet.columns.size(); ++column) {
    std::string list;
    for (const auto& choice : sheet.columns[column].choices) list += (list.empty() ? "" : ",") + choice;
    // Longer ones, and those with a comma or a quotation mark within, such a list cannot say.
    const bool sayable = std::ranges::none_of(sheet.columns[column].choices, [](const auto& choice) {
      return choice.find_first_of(",\"") != std::string::npos;
    });
    if (list.empty() || !sayable || character_count(list) > 255) continue;
    const auto name = column_name(column);
    fmt::format_to(
        std::back_inserter(rules),
        "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"0\" sqref=\"{0}{1}:{0}{2}\"><formula1>\"",
        name, 2 + sheet.note_rows, choice_rows + 1);
    append_text(rules, list);
    rules += "\"</formula1></dataValidation>";
    ++count;
  }
  if (count > 0) out += fmt::format("<dataValidations count=\"{}\">{}</dataValidations>", count, rules);
}

std::string sheet_part(const NewSheet& sheet) {
  std::string out;
  append_sheet_head(out, sheet.columns);
  for (std::size_t row = 0; row < sheet.rows.size(); ++row)
    append_row(out, row + 2, sheet.rows[row], row < sheet.note_rows ? Style::note : Style::plain,
               row < sheet.note_rows ? std::span<const NewColumn>{} : sheet.columns);
  out += rows_end;
  append_choices(out, sheet);
  out += sheet_end;
  return out;
}

// A sheet's part, made piece by piece while it is written.
std::function<bool(std::string&)> pieces_of(SheetToCome sheet) {
  return [sheet = std::move(sheet), number = std::size_t{0}, ended = false](std::string& piece) mutable {
    if (ended) return false;
    if (number == 0) {
      append_sheet_head(piece, sheet.columns);
      number = 1;
    }
    std::vector<std::string> cells;
    while (piece.size() < piece_bytes) {
      cells.clear();
      if (number == data_rows_max + 1 || !sheet.next(cells)) {
        ended = true;
        (piece += rows_end) += sheet_end;
        break;
      }
      append_row(piece, ++number, cells, Style::plain, sheet.columns);
    }
    return true;
  };
}

}  // namespace

std::string write_xlsx(const NewSheet& sheet) {
  auto parts = book_parts({sheet.name});
  parts.emplace_back(sheet_part_name(0), sheet_part(sheet));
  return make_archive(parts);
}

void write_xlsx_file(const std::filesystem::path& path, std::vector<SheetToCome> sheets) {
  std::vector<std::string> names;
  for (const auto& sheet : sheets) names.push_back(sheet.name);
  std::vector<std::pair<std::string, std::function<bool(std::string&)>>> sheet_parts;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    sheet_parts.emplace_back(sheet_part_name(i), pieces_of(std::move(sheets[i])));
  write_archive(path.string(), book_parts(names), std::move(sheet_parts));
}

}  // namespace doorstep::sheets
