#include "app/table_pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "journal/bytes.hpp"

namespace doorstep::app {

using storage::Holds;
using storage::Type;

namespace {

constexpr std::int64_t page_rows = 500;

ExportedValue value_of(const storage::Rows& rows, int column, Type type) {
  if (rows.is_null(column)) return {};
  switch (type) {
    case Type::integer: return rows.integer(column);
    case Type::real: return rows.real(column);
    case Type::text: return std::string{rows.text(column)};
    case Type::bytes: {
      const auto bytes = rows.bytes(column);
      return std::string{as_text({bytes.data, bytes.size})};
    }
  }
  return {};
}

ExportedRow row_of(const storage::Rows& rows, const storage::Table& table) {
  ExportedRow row{table};
  for (std::size_t column = 0; column < row.values.size(); ++column)
    row.values[column] = value_of(rows, static_cast<int>(column), type_of(table.columns[column].holds));
  return row;
}

std::string names_of(const storage::Table& table) {
  std::string names;
  for (const auto& column : table.columns) names += (names.empty() ? "" : ", ") + column.name;
  return names;
}

// Where there is no key, every column is one; nulls may be among them.
std::string order_of(const storage::Table& table) {
  if (!table.primary_key.empty()) return fmt::to_string(fmt::join(table.primary_key, ", "));
  std::string order;
  for (const auto& column : table.columns)
    order += (order.empty() ? "" : ", ") + column.name + " nulls first";
  return order;
}

}  // namespace

storage::Bind bind_for(const std::string& name, const ExportedValue& value, Holds holds) {
  storage::Bind bind{name.c_str(), std::int64_t{0}};
  if (std::holds_alternative<std::monostate>(value)) {
    bind.value = storage::Bound{type_of(holds), {}, false, {}};
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    bind.value = storage::bound(*number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    bind.value = storage::bound(*real);
  } else if (holds == Holds::bytes) {
    bind.value = storage::bound(as_column(std::get<std::string>(value)));
  } else {
    bind.value = storage::bound(std::get<std::string>(value));
  }
  return bind;
}

std::string TablePages::statement() const {
  const auto& table = table_.table;
  auto text = "select " + names_of(table) + " from " + table.name;
  std::string joint = " where ";
  if (!table_.how.only.empty()) text += std::exchange(joint, " and ") + table_.how.only;
  if (!after_.empty()) {
    const auto& keys = table.primary_key;
    text += keys.size() == 1
                ? fmt::format("{}{} > :{}", joint, keys.front(), keys.front())
                : fmt::format("{}({}) > (:{})", joint, fmt::join(keys, ", "), fmt::join(keys, ", :"));
  }
  text += " order by " + order_of(table);
  return table.primary_key.empty() ? text : text + " limit :page_rows";
}

std::vector<storage::Bind> TablePages::binds() const {
  std::vector<storage::Bind> binds;
  const auto& table = table_.table;
  if (table.primary_key.empty()) return binds;
  for (std::size_t i = 0; i < after_.size(); ++i) {
    const auto& column = table.columns[table.index_of(table.primary_key[i])];
    binds.push_back(bind_for(column.name, after_[i], column.holds));
  }
  binds.emplace_back("page_rows", page_rows);
  return binds;
}

std::vector<ExportedRow> TablePages::next() {
  std::vector<ExportedRow> page;
  if (!more_) return page;
  const auto& table = table_.table;
  snapshot_.sql().query(statement(), binds(),
                        [&](storage::Rows& rows) { page.push_back(row_of(rows, table)); });
  more_ = !table.primary_key.empty() && std::ssize(page) == page_rows;
  after_.clear();
  if (more_) {
    for (const auto& key : table.primary_key) after_.push_back(page.back()[key]);
  }
  for (const auto& column : table_.how.columns) {
    if (column.open && !page.empty()) column.open(snapshot_, page);
  }
  return page;
}

}  // namespace doorstep::app
