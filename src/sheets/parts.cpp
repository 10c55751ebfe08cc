#include "sheets/parts.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "sheets/cells.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::size_t cell_letters_max = 32'767;  // of the programs that read it
constexpr std::size_t name_letters_max = 31;

constexpr std::string_view root_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
    "</Relationships>";

constexpr std::string_view styles =
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"yyyy-mm-dd hh:mm\"/></numFmts>"
    "<fonts count=\"3\"><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font>"
    "<font><i/><sz val=\"11\"/><color rgb=\"FF666666\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF3EDE4\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"7\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\">"
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "</cellXfs></styleSheet>";

std::string cut_to_letters(std::string_view text, std::size_t letters_max) {
  std::string cut = valid_utf8(text) ? std::string{text} : repaired_utf8(text);
  // A letter has at most four bytes and takes at most two units; so this is on the safe side.
  if (cut.size() > letters_max) {
    std::size_t units = 0, at = 0;
    while (at < cut.size()) {
      const auto byte = static_cast<unsigned char>(cut[at]);
      const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
      units += size == 4 ? 2 : 1;
      if (units > letters_max) break;
      at += size;
    }
    cut.resize(std::min(at, cut.size()));
  }
  return cut;
}

// A sheet's name has none of []:*?/\ and no quotation mark at its ends.
std::string sheet_name(std::string_view wished) {
  std::string name;
  for (const char c : wished) {
    if (std::string_view{"[]:*?/\\'"}.find(c) == std::string_view::npos) name += c;
  }
  name = cut_to_letters(name, name_letters_max);
  return trimmed(name).empty() ? "Sheet1" : name;
}

bool is_digits(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Digits with a point between them or none, and no more than every program keeps. "007" is no number: its
// zeros say something.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  if (!is_digits(whole, 9) || (whole.size() > 1 && whole.starts_with('0'))) return false;
  return point == std::string_view::npos || is_digits(text.substr(point + 1), 6);
}

// Days count from the last one of 1899, as if 1900 had been a leap year: what lies before March of it has no
// number.
std::optional<std::int64_t> day_number(std::string_view text) {
  constexpr std::int64_t number_of_1970 = 25'569, first = 61;
  const auto day = parse_day(text);
  if (!day || day->number + number_of_1970 < first) return std::nullopt;
  return day->number + number_of_1970;
}

std::optional<std::string> moment_number(std::string_view text) {
  constexpr std::size_t day_letters = 10;
  if (text.size() <= day_letters || text[day_letters] != ' ') return std::nullopt;
  const auto day = day_number(text.substr(0, day_letters));
  const auto time = parse_local_time(text.substr(day_letters + 1));
  if (!day || !time) return std::nullopt;
  return fmt::format("{:.6f}", static_cast<double>(*day) + time->minutes / (24.0 * 60));
}

// A cell as a number, made here from what was read: nothing that was given goes out unread.
struct NumberCell {
  std::string value;
  Style style{};
};

std::optional<NumberCell> as_number(std::string_view text, CellKind kind) {
  switch (kind) {
    case CellKind::text: return std::nullopt;
    case CellKind::number:
      if (!is_plain_number(text)) return std::nullopt;
      return NumberCell{std::string{text}, Style::number};
    case CellKind::day: {
      const auto day = day_number(text);
      if (!day) return std::nullopt;
      return NumberCell{std::to_string(*day), Style::day};
    }
    case CellKind::moment: {
      auto moment = moment_number(text);
      if (!moment) return std::nullopt;
      return NumberCell{std::move(*moment), Style::moment};
    }
  }
  return std::nullopt;
}

std::string content_types(std::size_t sheets) {
  std::string out =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>";
  for (std::size_t sheet = 1; sheet <= sheets; ++sheet)
    fmt::format_to(
        std::back_inserter(out),
        "<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
        sheet);
  out +=
      "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
      "</Types>";
  return out;
}

std::string book_relations(std::size_t sheets) {
  std::string out = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  for (std::size_t sheet = 1; sheet <= sheets; ++sheet)
    fmt::format_to(
        std::back_inserter(out),
        "<Relationship Id=\"rId{0}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
        sheet);
  fmt::format_to(
      std::back_inserter(out),
      "<Relationship Id=\"rId{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
      "</Relationships>",
      sheets + 1);
  return out;
}

Style style_of(CellKind kind) {
  switch (kind) {
    case CellKind::text: return Style::plain;
    case CellKind::number: return Style::number;
    case CellKind::day: return Style::day;
    case CellKind::moment: return Style::moment;
  }
  return Style::plain;
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      // A reader would take "_x0041_" for an escape.
      case '_': out += text.substr(at).starts_with("_x") ? "_x005F_" : "_"; break;
      case '\t':
      case '\n': out += c; break;
      default:
        if (byte >= 0x20) out += c;
    }
  }
}

void append_row(std::string& out, std::size_t number, const std::vector<std::string>& cells, Style style,
                std::span<const NewColumn> columns) {
  fmt::format_to(std::back_inserter(out), "<row r=\"{}\">", number);
  for (std::size_t column = 0; column < cells.size(); ++column) {
    if (cells[column].empty()) continue;
    const auto kind = column < columns.size() ? columns[column].kind : CellKind::text;
    if (const auto counted = as_number(cells[column], kind)) {
      fmt::format_to(std::back_inserter(out), "<c r=\"{}{}\" s=\"{}\"><v>{}</v></c>", column_name(column),
                     number, static_cast<int>(counted->style), counted->value);
      continue;
    }
    fmt::format_to(std::back_inserter(out),
                   "<c r=\"{}{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
                   column_name(column), number, static_cast<int>(style));
    append_text(out, cut_to_letters(cells[column], cell_letters_max));
    out += "</t></is></c>";
  }
  out += "</row>";
}

std::vector<std::pair<std::string, std::string>> book_parts(const std::vector<std::string>& names) {
  std::string book{xml_head};
  book +=
      "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>";
  for (std::size_t sheet = 1; sheet <= names.size(); ++sheet) {
    book += "<sheet name=\"";
    append_text(book, sheet_name(names[sheet - 1]));
    fmt::format_to(std::back_inserter(book), "\" sheetId=\"{0}\" r:id=\"rId{0}\"/>", sheet);
  }
  book += "</sheets></workbook>";
  const auto part = [](std::string_view content) { return std::string{xml_head} + std::string{content}; };
  return {{"[Content_Types].xml", part(content_types(names.size()))},
          {"_rels/.rels", part(root_relations)},
          {"xl/workbook.xml", book},
          {"xl/_rels/workbook.xml.rels", part(book_relations(names.size()))},
          {"xl/styles.xml", part(styles)}};
}

std::string sheet_part_name(std::size_t sheet) { return fmt::format("xl/worksheets/sheet{}.xml", sheet + 1); }

void append_sheet_head(std::string& out, const std::vector<NewColumn>& columns) {
  out += xml_head;
  out +=
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\">"
      "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>";
  std::vector<std::string> headings;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    fmt::format_to(std::back_inserter(out),
                   "<col min=\"{0}\" max=\"{0}\" width=\"{1}\" style=\"{2}\" customWidth=\"1\"/>", column + 1,
                   columns[column].width, static_cast<int>(style_of(columns[column].kind)));
    headings.push_back(columns[column].heading);
  }
  out += "</cols><sheetData>";
  append_row(out, 1, headings, Style::heading);
}

}  // namespace doorstep::sheets
