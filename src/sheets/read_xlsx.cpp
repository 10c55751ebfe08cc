#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "sheets/archive.hpp"
#include "sheets/book.hpp"
#include "sheets/cells.hpp"
#include "sheets/headings.hpp"
#include "sheets/markup.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {

namespace {

constexpr std::size_t merges_max = 50'000;
constexpr std::size_t stored_bytes_max = 128 * 1024;

struct Merge {
  std::int64_t first_row = 0, last_row = 0;
  std::size_t column = 0;
};

std::int64_t row_of(std::string_view reference) {
  const auto digits = reference.find_first_of("0123456789");
  std::int64_t row = 0;
  if (digits != std::string_view::npos)
    std::from_chars(reference.data() + digits, reference.data() + reference.size(), row);
  return row;
}

class Cells : public Listener {
 public:
  Cells(const Book& book, const Limits& limits) : book_(book), limits_(limits) {}

  void opens(std::string_view name, const Attributes& attributes) override {
    in_text_ = false;
    if (name == "row") {
      open_row(attributes);
    } else if (name == "c") {
      open_cell(attributes);
    } else if (name == "rPh") {
      in_phonetic_ = true;
    } else if (name == "v" || (name == "t" && !in_phonetic_)) {
      in_text_ = in_cell_;
    } else if (name == "f") {
      computed_ = in_cell_;
    } else if (name == "mergeCell") {
      merge(attributes.find("ref").value_or(""));
    }
  }

  void closes(std::string_view name) override {
    in_text_ = false;
    if (name == "c") close_cell();
    if (name == "rPh") in_phonetic_ = false;
    if (name == "row") close_row();
  }

  void text(std::string_view piece) override {
    if (!in_text_) return;
    if (stored_.size() + piece.size() > stored_bytes_max) throw Problem{"sheet_broken"};
    stored_ += piece;
  }

  // What is merged down several rows holds for each of them.
  void spread_merges() {
    std::size_t left = limits_.cells_max;
    for (const auto& merge : merges_) {
      const auto first = at_or_after(merge.first_row);
      if (first == rows.end() || first->number != merge.first_row || merge.column >= first->cells.size())
        continue;
      const auto shared = first->cells[merge.column];
      const auto doubt = std::ranges::find_if(doubts, [&](const CellDoubt& each) {
        return each.row == merge.first_row && each.column == merge.column;
      });
      for (auto row = first + 1; row != rows.end() && row->number <= merge.last_row; ++row) {
        if (left-- == 0) throw Problem{"sheet_too_large"};
        if (row->cells.size() <= merge.column) row->cells.resize(merge.column + 1);
        auto& cell = row->cells[merge.column];
        if (!cell.empty()) continue;
        count_text(shared.size());
        cell = shared;
        if (doubt != doubts.end()) more_doubts_.push_back({row->number, merge.column, doubt->doubt});
      }
    }
    doubts.insert(doubts.end(), more_doubts_.begin(), more_doubts_.end());
    std::ranges::sort(doubts);
  }

  std::vector<Row> rows;
  std::vector<CellDoubt> doubts;

 private:
  void open_row(const Attributes& attributes) {
    const auto last = row_.number;
    row_ = {};
    row_.number = attributes.find("r") ? row_of(*attributes.find("r")) : last + 1;
    if (row_.number <= last) throw Problem{"sheet_broken"};
    row_.hidden = attributes.is_on("hidden");
    next_column_ = 0;
  }

  void open_cell(const Attributes& attributes) {
    in_cell_ = true;
    computed_ = false;
    stored_.clear();
    type_ = attributes.find("t").value_or("n");
    const auto reference = attributes.find("r");
    const auto column = reference ? column_of(*reference) : std::optional{next_column_};
    if (!column) throw Problem{"sheet_broken"};
    column_ = *column;
    next_column_ = column_ + 1;
    style_ = 0;
    if (const auto style = attributes.find("s"))
      std::from_chars(style->data(), style->data() + style->size(), style_);
  }

  void close_cell() {
    in_cell_ = false;
    auto [text, doubt] = cell_text();
    const auto inside = trimmed(text);
    if (inside.empty() && !doubt) return;
    if (column_ >= limits_.columns_max)
      throw Problem{"sheet_too_wide", {std::to_string(limits_.columns_max)}};
    if (!doubt && inside.size() > limits_.cell_bytes_max) doubt = Doubt::too_long;
    if (!doubt && is_rounded_number(inside)) doubt = Doubt::rounded;
    if (++cells_ > limits_.cells_max) throw Problem{"sheet_too_large"};
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    auto& cell = row_.cells[column_];
    cell = inside;
    if (doubt) {
      cut_utf8(cell, 100);
      if (doubts.size() < limits_.rows_max * 2) doubts.push_back({row_.number, column_, *doubt});
    }
    count_text(cell.size());
  }

  void close_row() {
    if (row_.cells.empty()) return;
    if (rows.size() >= limits_.rows_max + heading_rows_max)
      throw Problem{"sheet_too_many_rows", {std::to_string(limits_.rows_max)}};
    const auto number = row_.number;
    rows.push_back(std::move(row_));
    row_ = {};
    row_.number = number;
  }

  CellText cell_text() const {
    if (type_ == "s") {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(stored_.data(), stored_.data() + stored_.size(), index);
      if (error != std::errc{}) return {};
      if (end != stored_.data() + stored_.size() || index >= book_.strings.size())
        throw Problem{"sheet_broken"};
      return {book_.strings[index]};
    }
    if (type_ == "inlineStr" || type_ == "str") return {unescaped(stored_)};
    if (type_ == "e") return {stored_, Doubt::error_value};
    if (type_ == "b") return stored_.empty() ? CellText{} : CellText{stored_ == "1" ? "TRUE" : "FALSE"};
    if (stored_.empty()) return computed_ ? CellText{{}, Doubt::not_computed} : CellText{};
    if (type_ == "d") return {stored_.ends_with("T00:00:00") ? stored_.substr(0, 10) : stored_};
    const auto format = style_ < book_.formats.size() ? book_.formats[style_] : NumberFormat{};
    return number_text(trimmed(stored_), format, book_.from_1904);
  }

  void merge(std::string_view area) {
    const auto colon = area.find(':');
    if (colon == std::string_view::npos) return;
    if (merges_.size() >= merges_max) throw Problem{"sheet_too_large"};
    const auto column = column_of(area);
    const auto first = row_of(area.substr(0, colon));
    const auto last = row_of(area.substr(colon + 1));
    if (column && last > first) merges_.push_back({first, last, *column});
  }

  std::vector<Row>::iterator at_or_after(std::int64_t number) {
    return std::ranges::lower_bound(rows, number, {}, &Row::number);
  }

  void count_text(std::size_t bytes) {
    text_bytes_ += bytes;
    if (text_bytes_ > limits_.text_bytes_max) throw Problem{"sheet_too_large"};
  }

  const Book& book_;
  const Limits& limits_;
  Row row_;
  std::string stored_;
  std::string type_;
  std::size_t column_ = 0, next_column_ = 0, style_ = 0;
  std::size_t cells_ = 0, text_bytes_ = 0;
  bool in_cell_ = false, in_text_ = false, in_phonetic_ = false, computed_ = false;
  std::vector<Merge> merges_;
  std::vector<CellDoubt> more_doubts_;
};

// Excel's own files of before 2007, and those under a password, are boxes of this kind.
void require_no_old_box(std::string_view bytes) {
  constexpr std::string_view magic{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};
  if (!bytes.starts_with(magic)) return;
  constexpr std::string_view word = "EncryptedPackage";
  std::string wide;
  for (const char c : word) wide += {c, '\0'};
  if (bytes.find(wide) != std::string_view::npos) throw Problem{"sheet_encrypted"};
  throw Problem{"sheet_old_format"};
}

const Book::Page& page_of(const Book& book, const std::string& name) {
  const auto found = std::ranges::find_if(
      book.pages, [&](const auto& page) { return name.empty() ? !page.hidden : page.name == name; });
  if (found != book.pages.end()) return *found;
  if (name.empty()) return book.pages.front();
  throw Problem{"no_such_sheet", {name}};
}

}  // namespace

Sheet read_xlsx(std::string_view bytes, const ReadOptions& options) {
  if (bytes.size() > options.limits.bytes_max) throw Problem{"sheet_too_large"};
  require_no_old_box(bytes);
  Archive archive{bytes, options.limits.unpacked_bytes_max};
  const auto book = read_book(archive, options.limits);
  const auto& page = page_of(book, options.sheet);
  Cells cells{book, options.limits};
  read_markup(archive, page.part, cells);
  cells.spread_merges();
  return sheet_of(page.name, std::move(cells.rows), cells.doubts, options);
}

}  // namespace doorstep::sheets
