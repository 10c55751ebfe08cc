// An answer that is a spreadsheet to keep. A list has a route of its own for it, beside the one that answers
// JSON, "/api/staff" and "/api/staff.xlsx": see sheet_of.hpp.
#pragma once

#include <string>

#include "sheets/csv.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep {

// Made into bytes by a worker, after the query or command: not on its thread.
struct SheetFile {
  std::string name;  // without its ending
  sheets::NewSheet sheet;
};

// The same for another system, as .csv.
struct CsvFile {
  std::string name;
  sheets::NewSheet sheet;
};

// A list as a sheet has all of it, not a page; beyond this many rows it is not made.
inline constexpr int sheet_file_rows_max = 20'000;

}  // namespace doorstep
