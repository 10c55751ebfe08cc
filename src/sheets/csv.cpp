#include "sheets/csv.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

#include <csv.h>
#include <unicode/ucnv.h>

#include "base/ensure.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "sheets/cells.hpp"
#include "sheets/headings.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::size_t piece_bytes = 64 * 1024;  // read between two looks at the limits

// A cell that begins like this is taken for a formula by the programs that open it; so is one with
// apostrophes before it, once one of them is taken away.
bool begins_a_formula(std::string_view cell) {
  const auto first = cell.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view{"=+-@"}.contains(cell[first]);
}

std::string in_utf8_from_gb18030(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from{ucnv_open("gb18030", &error), &ucnv_close};
  ensure(U_SUCCESS(error), "ICU knows GB 18030");
  // What no text has is a fault, and not a question mark.
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to{ucnv_open("utf-8", &error), &ucnv_close};
  ensure(U_SUCCESS(error), "ICU knows UTF-8");
  std::string text(bytes.size() * 2 + 4, '\0');  // two bytes become three, four become four
  auto* target = text.data();
  const auto* source = bytes.data();
  ucnv_convertEx(to.get(), from.get(), &target, text.data() + text.size(), &source,
                 bytes.data() + bytes.size(), nullptr, nullptr, nullptr, nullptr, true, true, &error);
  if (U_FAILURE(error)) throw Problem{"not_a_sheet"};
  text.resize(static_cast<std::size_t>(target - text.data()));
  return text;
}

// As text with one kind of line ends, so that every line counts as one row.
std::string text_of(std::string_view bytes) {
  if (bytes.contains('\0')) throw Problem{"not_a_sheet"};
  auto text = valid_utf8(bytes) ? std::string{bytes} : in_utf8_from_gb18030(bytes);
  if (text.starts_with(utf8_mark)) text.erase(0, utf8_mark.size());
  std::string lines;
  lines.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r')
      lines += text[at];
    else if (at + 1 == text.size() || text[at + 1] != '\n')
      lines += '\n';
  }
  return lines;
}

// Called by a library in C, through which nothing may be thrown: what is wrong is kept until the piece is
// read.
class Rows {
 public:
  explicit Rows(const Limits& limits) : limits_(limits) {}

  void cell(std::string_view stored) {
    auto text = trimmed(stored);
    if (text.starts_with('\'') && begins_a_formula(text)) text.remove_prefix(1);
    std::optional<Doubt> doubt;
    if (text.size() > limits_.cell_bytes_max) doubt = Doubt::too_long;
    if (!doubt && is_rounded_number(text)) doubt = Doubt::rounded;
    row_.cells.emplace_back(text);
    if (doubt) {
      cut_utf8(row_.cells.back(), 100);
      doubts.push_back({number_, row_.cells.size() - 1, *doubt});
    }
    ++cells_;
    text_bytes_ += row_.cells.back().size();
  }

  void end_row() {
    row_.number = number_++;
    while (!row_.cells.empty() && row_.cells.back().empty()) row_.cells.pop_back();
    widest_ = std::max(widest_, row_.cells.size());
    if (!row_.cells.empty()) rows.push_back(std::move(row_));
    row_ = {};
  }

  void require_limits() const {
    if (out_of_memory) throw std::bad_alloc{};
    if (widest_ > limits_.columns_max || row_.cells.size() > limits_.columns_max)
      throw Problem{"sheet_too_wide", {std::to_string(limits_.columns_max)}};
    if (rows.size() > limits_.rows_max + heading_rows_max)
      throw Problem{"sheet_too_many_rows", {std::to_string(limits_.rows_max)}};
    if (cells_ > limits_.cells_max || text_bytes_ > limits_.text_bytes_max ||
        doubts.size() > limits_.rows_max * 2)
      throw Problem{"sheet_too_large"};
  }

  std::vector<Row> rows;
  std::vector<CellDoubt> doubts;
  bool out_of_memory = false;

 private:
  const Limits& limits_;
  Row row_;
  std::int64_t number_ = 1;
  std::size_t cells_ = 0, text_bytes_ = 0, widest_ = 0;
};

template <class Work>
void without_throwing(void* rows, const Work& work) {
  auto& of_file = *static_cast<Rows*>(rows);
  try {
    work(of_file);
  } catch (const std::bad_alloc&) {
    of_file.out_of_memory = true;
  }
}

void take_cell(void* text, std::size_t size, void* rows) {
  without_throwing(rows, [&](Rows& of_file) { of_file.cell({static_cast<const char*>(text), size}); });
}

void take_row_end(int, void* rows) {
  without_throwing(rows, [](Rows& of_file) { of_file.end_row(); });
}

Rows rows_of(const std::string& text, const Limits& limits) {
  csv_parser parser{};
  ensure(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) == 0, "the reader of CSV begins");
  const std::unique_ptr<csv_parser, decltype(&csv_free)> freed{&parser, &csv_free};
  Rows rows{limits};
  for (std::size_t at = 0; at < text.size(); at += piece_bytes) {
    const auto size = std::min(piece_bytes, text.size() - at);
    if (csv_parse(&parser, text.data() + at, size, take_cell, take_row_end, &rows) != size)
      throw Problem{"sheet_broken"};
    rows.require_limits();
  }
  if (csv_fini(&parser, take_cell, take_row_end, &rows) != 0) throw Problem{"sheet_broken"};
  rows.require_limits();
  return rows;
}

void write_cell(std::string& bytes, const std::string& cell) {
  const auto text = begins_a_formula(cell) ? "'" + cell : cell;
  std::string quoted(text.size() * 2 + 2, '\0');
  quoted.resize(csv_write(quoted.data(), quoted.size(), text.data(), text.size()));
  bytes += quoted;
}

void write_row(std::string& bytes, const std::vector<std::string>& cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at > 0) bytes += ',';
    write_cell(bytes, cells[at]);
  }
  bytes += "\r\n";
}

}  // namespace

Sheet read_csv(std::string_view bytes, const ReadOptions& options) {
  if (bytes.size() > options.limits.bytes_max) throw Problem{"sheet_too_large"};
  if (!options.sheet.empty() && options.sheet != csv_sheet_name)
    throw Problem{"no_such_sheet", {options.sheet}};
  auto rows = rows_of(text_of(bytes), options.limits);
  auto sheet = sheet_of(std::string{csv_sheet_name}, std::move(rows.rows), rows.doubts, options);
  // Any text is a table of one column; nobody means that.
  if (sheet.columns.size() < 2) throw Problem{"not_a_sheet"};
  return sheet;
}

std::string write_csv(const NewSheet& sheet) {
  std::string bytes{utf8_mark};
  std::vector<std::string> headings;
  for (const auto& column : sheet.columns) headings.push_back(column.heading);
  write_row(bytes, headings);
  for (const auto& row : sheet.rows) write_row(bytes, row);
  return bytes;
}

}  // namespace doorstep::sheets
