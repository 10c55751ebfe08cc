#include "imports/sheet_rows.hpp"

#include <algorithm>
#include <set>

#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep::imports {

namespace {

// The address of a file comes from its content and its type: of this type only imports keep any, so they may
// let go of them, too.
const std::string upload_type = std::string{sheets::xlsx_media_type} + "; for=import";

Text doubt_text(sheets::Doubt doubt) {
  using sheets::Doubt;
  switch (doubt) {
    case Doubt::rounded:
      return {
          "这个号码超过 15 位，表格软件已经丢掉了后面几位。请把这一列设为“文本”格式，照原件重新填写。",
          "This number has more than 15 digits, and the spreadsheet program has lost the last ones. Please give the "
          "column the format “text” and type the number again."};
    case Doubt::no_such_day:
      return {"这个日期不存在。请核对后重新填写。",
              "There is no such day. Please check it and type it again."};
    case Doubt::error_value:
      return {
          "这一格是表格软件的错误值。请改成内容本身。",
          "This cell has an error of the spreadsheet program. Please put the content itself in its place."};
    case Doubt::not_computed:
      return {"这一格是还没有算出结果的公式。请改成内容本身。",
              "This cell has a formula without its result. Please put the content itself in its place."};
    case Doubt::too_long: return {"这一格太长了。请写短一些。", "This cell is too long. Please shorten it."};
  }
  return {};
}

bool is_note(const sheets::Row& row) {
  const auto first = std::ranges::find_if(row.cells, [](const auto& cell) { return !cell.empty(); });
  if (first == row.cells.end()) return true;
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"（说明）", "（示例）", "(help)", "(example)"},
      [&](std::string_view mark) { return first->starts_with(mark); });
}

const Choice* chosen(const Column& column, const std::string& text) {
  const auto plain = sheets::plain_heading(text);
  for (const auto& choice : column.choices) {
    if (plain == sheets::plain_heading(choice.key) || plain == sheets::plain_heading(choice.name.zh) ||
        plain == sheets::plain_heading(choice.name.en))
      return &choice;
  }
  return nullptr;
}

Text choices_of(const Column& column) {
  Text all;
  for (const auto& choice : column.choices) {
    all.zh += (all.zh.empty() ? "" : "、") + choice.name.zh;
    all.en += (all.en.empty() ? "" : ", ") + choice.name.en;
  }
  return {"这里只能填：" + all.zh + "。", "This has to be one of: " + all.en + "."};
}

void add_cell(SheetRow& row, const Column& column, const std::string& text) {
  const auto fault = [&](std::string zh, std::string en) {
    row.faults.push_back({column.key, {std::move(zh), std::move(en)}});
  };
  if (text.empty()) {
    if (column.required) fault("还缺这一项。请补上。", "This is missing. Please fill it in.");
    return;
  }
  row.cells[column.key] = text;
  const auto bytes_max = std::to_string(column.bytes_max);
  if (text.size() > column.bytes_max)
    fault("太长了，最多 " + bytes_max + " 个字节（一个汉字占三个）。请写短一些。",
          "This is too long; the limit is " + bytes_max + " bytes. Please shorten it.");
  else if (has_control(text, Lines::one))
    fault("这里有换行或看不见的字符。请删掉。",
          "There is a line break or an invisible character in it. Please delete that.");
  if (column.choices.empty()) return;
  if (const auto* choice = chosen(column, text)) {
    row.cells[column.key] = choice->key;
  } else {
    row.faults.push_back({column.key, choices_of(column)});
  }
}

}  // namespace

std::vector<std::string> known_headings(const Kind& kind) {
  std::vector<std::string> words;
  for (const auto& column : kind.columns) {
    words.insert(words.end(), {column.key, column.heading.zh, column.heading.en});
    words.insert(words.end(), column.other_headings.begin(), column.other_headings.end());
  }
  return words;
}

Mapping guess_columns(const Kind& kind, const std::vector<std::string>& headings) {
  Mapping mapping;
  std::set<std::size_t> taken;
  const auto take = [&](const Column& column, const std::string& word) {
    for (std::size_t at = 0; at < headings.size() && !mapping.contains(column.key); ++at) {
      if (!headings[at].empty() && !taken.contains(at) &&
          sheets::plain_heading(headings[at]) == sheets::plain_heading(word)) {
        mapping[column.key] = static_cast<std::int32_t>(at);
        taken.insert(at);
      }
    }
  };
  // The columns' own words go before what they are also called.
  for (const auto& column : kind.columns) {
    for (const auto& word : {column.heading.zh, column.heading.en, column.key}) take(column, word);
  }
  for (const auto& column : kind.columns) {
    for (const auto& word : column.other_headings) take(column, word);
  }
  return mapping;
}

void require_mapping(const Kind& kind, const Mapping& mapping, std::size_t sheet_columns) {
  std::set<std::int32_t> taken;
  for (const auto& [key, place] : mapping) {
    const bool known = std::ranges::find(kind.columns, key, &Column::key) != kind.columns.end();
    if (!known || place < 0 || static_cast<std::size_t>(place) >= sheet_columns)
      throw Problem{"no_such_import_column", {}, "columns." + key};
    if (!taken.insert(place).second) throw Problem{"import_column_twice", {}, "columns." + key};
  }
}

void require_whole_mapping(const Kind& kind, const Mapping& mapping) {
  for (const auto& column : kind.columns) {
    if (column.required && !mapping.contains(column.key))
      throw Problem{"import_columns_missing", {}, "columns." + column.key};
  }
}

std::vector<Fault> faults_of(const Kind& kind, const Problem& problem) {
  const bool known = std::ranges::find(kind.columns, problem.path, &Column::key) != kind.columns.end();
  return {{known ? problem.path : "",
           {problem_detail(problem, Language::zh), problem_detail(problem, Language::en)}}};
}

SheetRows::SheetRows(const Kind& kind, std::shared_ptr<const sheets::Sheet> sheet, Mapping mapping)
    : kind_(kind), sheet_(std::move(sheet)), mapping_(std::move(mapping)) {
  for (std::size_t at = 0; at < sheet_->rows.size(); ++at) {
    if (!is_note(sheet_->rows[at])) rows_.push_back(at);
  }
  for (const auto& column : kind_.columns) {
    if (!column.unique) continue;
    auto& first = first_[column.key];
    for (std::size_t at = 0; at < rows_.size(); ++at) {
      const auto& text = written_in(at, column.key);
      if (!text.empty()) first.emplace(text, number(at));
    }
  }
}

const std::string& SheetRows::written_in(std::size_t at, std::string_view column) const {
  static const std::string nothing;
  const auto place = mapping_.find(std::string{column});
  return place == mapping_.end() ? nothing : written(at)[static_cast<std::size_t>(place->second)];
}

std::size_t SheetRows::first_after(std::int64_t after) const {
  const auto found =
      std::ranges::upper_bound(rows_, after, {}, [&](std::size_t at) { return sheet_->rows[at].number; });
  return static_cast<std::size_t>(found - rows_.begin());
}

void SheetRows::add_doubts(SheetRow& row) const {
  auto doubt = std::ranges::lower_bound(sheet_->doubts, row.number, {}, &sheets::CellDoubt::row);
  for (; doubt != sheet_->doubts.end() && doubt->row == row.number; ++doubt) {
    for (const auto& [key, place] : mapping_) {
      if (static_cast<std::size_t>(place) == doubt->column)
        row.faults.push_back({key, doubt_text(doubt->doubt)});
    }
  }
}

void SheetRows::add_twice(SheetRow& row) const {
  for (const auto& [key, first] : first_) {
    const auto found = first.find(cell(row.cells, key));
    if (found == first.end() || found->second >= row.number) continue;
    const auto other = std::to_string(found->second);
    row.faults.push_back(
        {key,
         {"和第 " + other + " 行一样。请核对。", "This is the same as in row " + other + ". Please check."}});
  }
}

SheetRow SheetRows::row(std::size_t at) const {
  SheetRow row{.number = number(at), .hidden = sheet_->rows[rows_[at]].hidden, .cells = {}, .faults = {}};
  for (const auto& column : kind_.columns) add_cell(row, column, written_in(at, column.key));
  add_doubts(row);
  add_twice(row);
  if (kind_.check) {
    auto more = kind_.check(row.cells);
    row.faults.insert(row.faults.end(), more.begin(), more.end());
  }
  return row;
}

std::int64_t SheetRows::faulty() const {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < size(); ++at) count += row(at).faults.empty() ? 0 : 1;
  return count;
}

bool SheetRows::above(std::size_t at, std::string_view column, const std::string& text) const {
  for (std::size_t each = 0; each < at; ++each) {
    if (written_in(each, column) == text) return true;
  }
  return false;
}

FileAddress Uploads::keep(const std::string& bytes) {
  return files_.put({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}, upload_type);
}

std::shared_ptr<const SheetRows> Uploads::rows(const Kind& kind, const Import& import) {
  if (!import.file) throw Problem{"import_file_gone"};
  const auto& view = import.view;
  std::shared_ptr<const sheets::Sheet> read;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& kept : kept_) {
      if (kept.kind != &kind || kept.address != import.file->text || kept.sheet != view.sheet) continue;
      if (kept.mapping == view.columns) return kept.rows;
      read = kept.read;
    }
  }
  if (!read) {
    const auto bytes = files_.read(*import.file);
    read = std::make_shared<const sheets::Sheet>(
        sheets::read_sheet({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                           {.sheet = view.sheet, .known_headings = known_headings(kind)}));
  }
  auto rows = std::make_shared<const SheetRows>(kind, read, view.columns);
  const std::lock_guard lock{mutex_};
  if (kept_.size() >= kept_max) kept_.erase(kept_.begin());
  kept_.push_back({&kind, import.file->text, view.sheet, view.columns, read, rows});
  return rows;
}

}  // namespace doorstep::imports
