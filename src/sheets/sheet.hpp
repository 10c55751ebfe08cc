// A spreadsheet as clerks know it: columns with headings, and rows of text. Whatever a cell held — a date, a
// number, a truth value — it is here as a person would type it; what cannot be told for certain is a fault of
// that cell, and never a guess.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

namespace doorstep::sheets {

// What a stranger's file may measure. Numbers beside a limit on bytes: a small file can name one long text a
// million times.
struct Limits {
  std::size_t bytes_max = 8 * 1024 * 1024;             // the file
  std::size_t unpacked_bytes_max = 160 * 1024 * 1024;  // of the parts that are read
  std::size_t rows_max = 50'000;                       // with something in them, below the headings
  std::size_t columns_max = 100;
  std::size_t cells_max = 1'000'000;
  std::size_t strings_max = 1'000'000;            // texts that cells share
  std::size_t text_bytes_max = 64 * 1024 * 1024;  // of all cells together
  std::size_t cell_bytes_max = 4'000;             // beyond it the cell has a fault
};

enum class Doubt {
  rounded,       // a whole number of more than 15 digits: the program that wrote it lost the last ones
  no_such_day,   // shown as a day that no calendar has
  error_value,   // #N/A, #REF! and the like
  not_computed,  // a formula without its result
  too_long
};
BOOST_DESCRIBE_ENUM(Doubt, rounded, no_such_day, error_value, not_computed, too_long)

struct CellDoubt {
  std::int64_t row = 0;    // as the sheet numbers it, from 1
  std::size_t column = 0;  // from 0
  Doubt doubt{};

  auto operator<=>(const CellDoubt&) const = default;
};

struct Row {
  std::int64_t number = 0;         // as the sheet numbers it, from 1
  bool hidden = false;             // filtered away or hidden by hand: read all the same, and said so
  std::vector<std::string> cells;  // as many as there are columns
};

struct Sheet {
  std::string name;
  std::vector<std::string> columns;  // the headings; empty where one has none
  std::int64_t heading_row = 0;      // its number; zero: the sheet is empty
  std::vector<Row> rows;             // below it, those with something in them
  std::vector<CellDoubt> doubts;     // in the order of the rows; of such a cell the text is for showing only
};

struct ReadOptions {
  std::string sheet = {};  // by name; empty: the first one that is not hidden
  // By these words the row of the headings is found among the first rows: titles and notes may stand above
  // it.
  std::vector<std::string> known_headings = {};
  Limits limits = {};
};

// Whichever of the two forms a file has, .xlsx or .csv; throws what `read_xlsx` and `read_csv` do.
Sheet read_sheet(std::string_view bytes, const ReadOptions& options = {});

// A heading without what people write around it: "*姓 名（必填）" and "姓名" are the same.
std::string plain_heading(std::string_view heading);

// What the cells of a column are to the program that opens it: something to add up, or to sort by its day.
// They are given as texts all the same: "12", "31.295", "2026-11-30", "2026-11-30 14:05". What does not read
// as its kind stays a text.
enum class CellKind { text, number, day, moment };

struct NewColumn {
  std::string heading;
  int width = 16;  // in letters; a Chinese character takes two
  std::vector<std::string> choices =
      {};  // offered by the program that edits it; at most 255 letters together
  CellKind kind = CellKind::text;
};

struct NewSheet {
  std::string name;  // at most 31 letters; what a sheet's name may not have is left out
  std::vector<NewColumn> columns;
  std::vector<std::vector<std::string>> rows;
  std::size_t note_rows = 0;  // so many rows at the top are help and examples, and look it
};

}  // namespace doorstep::sheets
