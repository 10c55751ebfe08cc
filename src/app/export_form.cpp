#include "app/export_form.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "app/wiring.hpp"
#include "base/crypto.hpp"
#include "base/json_text.hpp"
#include "base/json_value.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;
namespace json = boost::json;

using storage::Holds;

namespace {

// JSON stands in the line as it is where it reads back as the same text, and as a text where it would not.
bool stands_as_it_is(const std::string& text) {
  if (!text.starts_with('{') && !text.starts_with('[')) return false;
  try {
    const auto within = '[' + text + ']';  // as deep as it will stand
    return json::serialize(parse_json(within)) == within;
  } catch (const Problem&) {
    return false;
  }
}

bool stands_in_quotes(const ExportedValue& value, Holds as) {
  if (as == Holds::json) return !stands_as_it_is(std::get<std::string>(value));
  return as != Holds::id && as != Holds::number && as != Holds::real && as != Holds::truth;
}

// What is wrong with a value; its place is said by whoever read it.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

const json::string& text_in(const json::value& value) {
  if (const auto* text = value.if_string()) return *text;
  throw Unreadable{"is no text"};
}

std::int64_t whole_in(const json::value& value) {
  if (const auto* number = value.if_int64()) return *number;
  throw Unreadable{"is no whole number"};
}

std::string bytes_in(std::string_view text) {
  auto bytes = from_base64url(text);
  if (bytes.empty() && !text.empty()) throw Unreadable{"is no base64url"};
  return bytes;
}

std::int64_t instant_in(std::string_view text) {
  if (const auto at = parse_instant(text)) return at->micros;
  throw Unreadable{"is no instant"};
}

ExportedValue value_in(const json::value& value, Holds as) {
  if (value.is_null()) return {};
  switch (as) {
    case Holds::id:
    case Holds::number: return whole_in(value);
    case Holds::real:
      if (!value.is_number()) throw Unreadable{"is no number"};
      return value.to_number<double>();
    case Holds::truth:
      if (!value.is_bool()) throw Unreadable{"is neither true nor false"};
      return std::int64_t{value.get_bool() ? 1 : 0};
    case Holds::instant: return instant_in(text_in(value));
    case Holds::bytes: return bytes_in(text_in(value));
    case Holds::json: return value.is_string() ? std::string{value.get_string()} : json::serialize(value);
    case Holds::text:
    case Holds::day: break;
  }
  return std::string{text_in(value)};
}

}  // namespace

fs::path summary_file(const fs::path& folder) { return folder / "town.json"; }
fs::path table_file(const fs::path& folder, const std::string& table) {
  return folder / "tables" / (table + ".json");
}
fs::path stored_file(const fs::path& folder, const std::string& name) { return folder / "files" / name; }
fs::path sheets_file(const fs::path& folder, const std::string& room) {
  return folder / "sheets" / (room + ".xlsx");
}

std::string stored_name(std::string_view media_type, std::string_view content) {
  return sha256_hex(std::string{media_type} + '\0' + sha256(content));
}

LeavingTable::LeavingTable(std::string room_, storage::Table table_, ExportedTable how_)
    : room(std::move(room_)),
      table(std::move(table_)),
      how(std::move(how_)),
      special(table.columns.size(), nullptr) {
  for (const auto& column : how.columns) special[table.index_of(column.name)] = &column;
}

bool LeavingTable::goes_out(std::size_t column) const {
  return special[column] == nullptr || special[column]->left_out.empty();
}

Holds LeavingTable::shown_as(std::size_t column) const {
  const auto* how_it_leaves = special[column];
  if (how_it_leaves == nullptr || !how_it_leaves->open) return table.columns[column].holds;
  return how_it_leaves->json ? Holds::json : Holds::text;
}

std::vector<LeavingTable> leaving_tables() {
  const auto tables = storage::tables_of(all_migrations());
  std::vector<LeavingTable> leaving;
  for (auto& room : all_exported_rooms()) {
    for (auto& how : room.tables) {
      const auto table = std::ranges::find(tables, how.name, &storage::Table::name);
      if (table == tables.end()) throw std::logic_error("there is no table " + how.name + " to leave");
      leaving.emplace_back(room.name, *table, std::move(how));
    }
  }
  return leaving;
}

std::vector<std::string> schema_steps() {
  std::vector<std::string> steps;
  for (const auto& migration : all_migrations()) steps.push_back(migration.room + "/" + migration.name);
  return steps;
}

std::string shown(const ExportedValue& value, Holds as) {
  if (std::holds_alternative<std::monostate>(value)) return {};
  std::string out;
  if (const auto* real = std::get_if<double>(&value)) {
    append_json_number(out, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    out = as == Holds::bytes ? to_base64url(*text) : *text;
  } else {
    const auto number = std::get<std::int64_t>(value);
    if (as == Holds::truth) return number == 1 ? "true" : "false";
    if (as == Holds::instant) return to_string(Instant{number});
    append_json_integer(out, number);
  }
  return out;
}

TableWriter::TableWriter(const fs::path& folder, const LeavingTable& table)
    : table_(table), file_(table_file(folder, table.table.name)) {
  write("[");
}

void TableWriter::write(std::string_view text) {
  file_.write(text);
  digest_.add(text);
}

void TableWriter::add(const ExportedRow& row) {
  line_ = rows_++ == 0 ? "\n{" : ",\n{";
  for (std::size_t column = 0; column < row.values.size(); ++column) {
    if (!table_.goes_out(column)) continue;
    if (line_.back() != '{') line_ += ',';
    append_json_text(line_, table_.table.columns[column].name);
    line_ += ':';
    const auto& value = row.values[column];
    const auto as = table_.shown_as(column);
    if (std::holds_alternative<std::monostate>(value)) {
      line_ += "null";
    } else if (stands_in_quotes(value, as)) {
      append_json_text(line_, shown(value, as));
    } else {
      line_ += shown(value, as);
    }
  }
  line_ += '}';
  write(line_);
}

TableSummary TableWriter::finish() {
  write("\n]\n");
  file_.finish();
  return {.name = table_.table.name, .rows = rows_, .sha256 = digest_.hex()};
}

TableReader::TableReader(const fs::path& folder, const LeavingTable& table)
    : table_(table), path_(table_file(folder, table.table.name)), in_(path_, std::ios::binary) {
  if (!in_) throw ImportError(fmt::format("{}: the file cannot be read", path_.string()));
  if (next_line() != "[") refuse("an export's table begins with [");
}

void TableReader::refuse(std::string_view why) const {
  throw ImportError(fmt::format("{}, line {}: {}", path_.string(), line_, why));
}

std::string TableReader::next_line() {
  ++line_;
  std::string line;
  if (!std::getline(in_, line)) refuse("the file ends too early; it was cut short");
  return line;
}

bool TableReader::next(ExportedRow& row) {
  if (!more_) return false;
  auto line = next_line();
  if (line == "]") {
    more_ = false;
    return false;
  }
  if (line.ends_with(',')) line.pop_back();
  read(row, line);
  return true;
}

void TableReader::read(ExportedRow& row, const std::string& line) const {
  json::value whole;
  try {
    whole = parse_json(line);
  } catch (const Problem&) {
    refuse("this is no row; the file is damaged");
  }
  const auto* members = whole.if_object();
  if (members == nullptr) refuse("this is no row; the file is damaged");
  std::size_t there = 0;
  for (std::size_t column = 0; column < row.values.size(); ++column) {
    row.values[column] = {};
    if (!table_.goes_out(column)) continue;
    const auto& name = table_.table.columns[column].name;
    const auto* value = members->if_contains(name);
    if (value == nullptr) refuse(fmt::format("{} is missing", name));
    ++there;
    const bool may_be_null = table_.table.columns[column].nullable ||
                             table_.shown_as(column) != table_.table.columns[column].holds;
    if (value->is_null() && !may_be_null) refuse(fmt::format("{} is null", name));
    try {
      row.values[column] = value_in(*value, table_.shown_as(column));
    } catch (const Unreadable& wrong) {
      refuse(fmt::format("{} {}", name, wrong.what()));
    }
  }
  if (there != members->size()) refuse("there is more in this row than the table has");
}

}  // namespace doorstep::app
