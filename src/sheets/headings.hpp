// What every reader ends with: which row holds the headings, and what stands below it.
#pragma once

#include "sheets/sheet.hpp"

namespace doorstep::sheets {

inline constexpr std::size_t heading_rows_max = 20;  // how far down the headings are looked for

// Throws Problem sheet_too_many_rows.
Sheet sheet_of(std::string name, std::vector<Row> rows, const std::vector<CellDoubt>& doubts,
               const ReadOptions& options);

}  // namespace doorstep::sheets
