// The parts of a workbook, as text. A cell is a text, or a number of digits alone, so that none can become a
// formula.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sheets/xlsx.hpp"

namespace doorstep::sheets {

inline constexpr std::string_view xml_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

// What the styles are, by their place in cellXfs. The first three are text (format 49).
enum class Style { plain = 1, heading = 2, note = 3, number = 4, day = 5, moment = 6 };

void append_text(std::string& out, std::string_view text);
// Cells past the columns are texts, and so are all without columns.
void append_row(std::string& out, std::size_t number, const std::vector<std::string>& cells, Style style,
                std::span<const NewColumn> columns = {});
// Up to and with the row of the headings.
void append_sheet_head(std::string& out, const std::vector<NewColumn>& columns);
inline constexpr std::string_view rows_end = "</sheetData>";
inline constexpr std::string_view sheet_end = "</worksheet>";

// All parts but the sheets themselves, by their names in the archive; and the name of a sheet, from 0.
std::vector<std::pair<std::string, std::string>> book_parts(const std::vector<std::string>& names);
std::string sheet_part_name(std::size_t sheet);

}  // namespace doorstep::sheets
