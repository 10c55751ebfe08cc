#include "sheets/headings.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep::sheets {

namespace {

std::size_t filled(const Row& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row.cells, [](const auto& cell) { return !cell.empty(); }));
}

// The row with most of the known headings; without any, the first that is as full as headings are: above it
// stand titles, in one cell.
std::size_t heading_of(const std::vector<Row>& rows, const std::vector<std::string>& known) {
  std::set<std::string, std::less<>> words;
  for (const auto& word : known) words.insert(plain_heading(word));
  const auto end = std::min(rows.size(), heading_rows_max);
  std::size_t best = 0, most = 0, fullest = 0;
  for (std::size_t at = 0; at < end; ++at) {
    const auto hits = static_cast<std::size_t>(std::ranges::count_if(
        rows[at].cells, [&](const auto& cell) { return words.contains(plain_heading(cell)); }));
    if (hits > most) {
      most = hits;
      best = at;
    }
    fullest = std::max(fullest, filled(rows[at]));
  }
  if (most > 0) return best;
  for (std::size_t at = 0; at < end; ++at) {
    if (filled(rows[at]) * 2 >= fullest) return at;
  }
  return 0;
}

}  // namespace

std::string plain_heading(std::string_view heading) {
  std::string plain;
  const auto folded = folded_width(heading.substr(0, std::min<std::size_t>(heading.size(), 400)));
  int brackets = 0;
  for (const char c : folded) {
    if (c == '(' || c == '[') ++brackets;
    if (brackets == 0 && c != ' ' && c != '\n' && c != '\t' && c != '*' && c != ':' && c != '_')
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if ((c == ')' || c == ']') && brackets > 0) --brackets;
  }
  return plain;
}

Sheet sheet_of(std::string name, std::vector<Row> rows, const std::vector<CellDoubt>& doubts,
               const ReadOptions& options) {
  Sheet sheet;
  sheet.name = std::move(name);
  if (rows.empty()) return sheet;
  const auto heading = heading_of(rows, options.known_headings);
  sheet.heading_row = rows[heading].number;
  if (rows.size() - heading - 1 > options.limits.rows_max)
    throw Problem{"sheet_too_many_rows", {std::to_string(options.limits.rows_max)}};
  auto below = rows.begin() + static_cast<std::ptrdiff_t>(heading);
  std::size_t width = 0;
  for (auto row = below; row != rows.end(); ++row) width = std::max(width, row->cells.size());
  sheet.columns = std::move(below->cells);
  sheet.columns.resize(width);
  sheet.rows.assign(std::make_move_iterator(below + 1), std::make_move_iterator(rows.end()));
  for (auto& row : sheet.rows) row.cells.resize(width);
  for (const auto& doubt : doubts) {
    if (doubt.row > sheet.heading_row) sheet.doubts.push_back(doubt);
  }
  return sheet;
}

}  // namespace doorstep::sheets
