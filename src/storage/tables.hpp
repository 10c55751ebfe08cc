// The tables that migrations make, read from their text: what each column holds, in the words of docs/sql.md,
// which the engines forget (to both of them an instant is a number). For whoever treats all tables alike.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/migrations.hpp"
#include "storage/value.hpp"

namespace doorstep::storage {

enum class Holds { id, number, real, text, bytes, instant, day, truth, json };

// As which type it is bound and read.
Type type_of(Holds holds);

struct Column {
  std::string name;
  Holds holds{};
  bool nullable = true;
  std::string refers_to = {};  // the table of which it names a row
};

struct Table {
  std::string name;
  std::vector<Column> columns;           // in the order in which they came
  std::vector<std::string> primary_key;  // empty where it has none
  std::set<std::string> refers_to;       // tables, itself among them

  // Its place; throws std::logic_error where there is no such column.
  std::size_t index_of(std::string_view column) const;
};

// As they are after the last of the steps, in the order in which they were made. Throws std::logic_error for
// a change of a table that it cannot read.
std::vector<Table> tables_of(std::span<const Migration> migrations);

}  // namespace doorstep::storage
