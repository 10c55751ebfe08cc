#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "sheets/archive.hpp"
#include "sheets/cells.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::size_t cell_letters_max = 32'767;  // of the programs that read it
constexpr std::size_t name_letters_max = 31;
constexpr std::size_t choice_rows = 50'000;

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

// What the styles below are, by their place in cellXfs. All are text (format 49).
enum Style { plain = 1, heading = 2, note = 3 };

constexpr std::string_view content_types =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
    "</Types>";

constexpr std::string_view root_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
    "</Relationships>";

constexpr std::string_view book_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
    "</Relationships>";

constexpr std::string_view styles =
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<fonts count=\"3\"><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font>"
    "<font><i/><sz val=\"11\"/><color rgb=\"FF666666\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF3EDE4\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\">"
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs></styleSheet>";

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

void append_row(std::string& out, std::size_t number, const std::vector<std::string>& cells, Style style) {
  fmt::format_to(std::back_inserter(out), "<row r=\"{}\">", number);
  for (std::size_t column = 0; column < cells.size(); ++column) {
    if (cells[column].empty()) continue;
    fmt::format_to(std::back_inserter(out),
                   "<c r=\"{}{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
                   column_name(column), number, static_cast<int>(style));
    append_text(out, cut_to_letters(cells[column], cell_letters_max));
    out += "</t></is></c>";
  }
  out += "</row>";
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
  std::string out{xml_head};
  out +=
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\">"
      "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>";
  std::vector<std::string> headings;
  for (std::size_t column = 0; column < sheet.columns.size(); ++column) {
    fmt::format_to(std::back_inserter(out),
                   "<col min=\"{0}\" max=\"{0}\" width=\"{1}\" style=\"{2}\" customWidth=\"1\"/>", column + 1,
                   sheet.columns[column].width, static_cast<int>(Style::plain));
    headings.push_back(sheet.columns[column].heading);
  }
  out += "</cols><sheetData>";
  append_row(out, 1, headings, Style::heading);
  for (std::size_t row = 0; row < sheet.rows.size(); ++row)
    append_row(out, row + 2, sheet.rows[row], row < sheet.note_rows ? Style::note : Style::plain);
  out += "</sheetData>";
  append_choices(out, sheet);
  out += "</worksheet>";
  return out;
}

}  // namespace

std::string write_xlsx(const NewSheet& sheet) {
  std::string book{xml_head};
  book +=
      "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"";
  append_text(book, sheet_name(sheet.name));
  book += "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
  const auto part = [](std::string_view content) { return std::string{xml_head} + std::string{content}; };
  return make_archive({{"[Content_Types].xml", part(content_types)},
                       {"_rels/.rels", part(root_relations)},
                       {"xl/workbook.xml", book},
                       {"xl/_rels/workbook.xml.rels", part(book_relations)},
                       {"xl/styles.xml", part(styles)},
                       {"xl/worksheets/sheet1.xml", sheet_part(sheet)}});
}

}  // namespace doorstep::sheets
