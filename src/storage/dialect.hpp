// The dialect of docs/sql.md, rewritten for an engine: column words, binds by name, STRICT tables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sql.hpp"

namespace doorstep::storage {

// What a statement does, as far as storage must know.
enum class Verb { read, change, schema };

// `:name`, which takes `count` parameters of the engine from `first` on (1-based); more than one for a list,
// and for rows, each of which stands in parentheses of its own.
struct Parameter {
  std::string name;
  std::size_t first = 1;
  std::size_t count = 1;
  bool list = false;
  std::size_t width = 0;  // of each row; 0: no rows
};

struct Parsed {
  std::string text;
  std::vector<Parameter> parameters;
  std::size_t parameter_count = 0;
  Verb verb = Verb::read;
};

// Throws std::logic_error for what the dialect leaves out: transaction control, pragmas, `?` and `$1`, a
// lower-case column type, deferred constraints, a bind that is missing or superfluous.
Parsed parse(std::string_view statement, Engine engine, std::span<const Bind> binds);

// How many parameters a list of `items` values is given.
std::size_t list_class(std::size_t items);

// The value bound to a parameter.
const Bound& bind_for(const Parsed& parsed, std::size_t parameter, std::span<const Bind> binds);

// Value `i` of a list, the last one repeated; nulls for an empty list.
const Bound& list_item(const Bound& list, std::size_t i);

// What tells the prepared forms of one statement apart: the types of its binds, the classes of its lists and
// the number of its rows.
void append_shape(std::string& key, std::span<const Bind> binds);

// The statements of a script, split at `;` outside quotes and comments; empty ones are left out.
std::vector<std::string> split_script(std::string_view script);

// An identifier in double quotes.
std::string quoted(std::string_view identifier);

}  // namespace doorstep::storage
