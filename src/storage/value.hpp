// What may be bound to a statement and read from a row: 64-bit
// integers, doubles, text, bytes and null, on both engines.
//
// Id, Instant, bool and integers are integers; described enums, Day and LocalTime are text; std::optional is
// the same or null. A null keeps the type it would have had, so that PostgreSQL never has to guess.
//
// Refused with std::invalid_argument, because the engines would differ: text that is not UTF-8 or holds
// U+0000, and numbers that are not finite. The edges refuse these earlier, with a problem a person can read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace doorstep::storage {

enum class Type { integer, real, text, bytes };

// Bytes are apart from text, so that neither is stored as the other.
using Bytes = std::vector<unsigned char>;

struct BytesView {
  const unsigned char* data = nullptr;
  std::size_t size = 0;
};

// A value to bind. Views must live until the statement has run; a std::string holds what had to be made.
struct Bound {
  Type type = Type::integer;
  std::variant<std::monostate, std::int64_t, double, std::string_view, BytesView, std::string> value;
  // A list for `x in (:name)`, see in(), or rows for `values (:name)`, see rows(); `value` is then unused.
  bool list = false;
  std::vector<Bound> items;
  std::size_t width = 0;  // of each row; 0: a list
};

// Defined in sql_impl.hpp for the types named above, string
// literals, std::string_view, BytesView and spans of bytes.
template <class T>
Bound bound(const T& value);

// The most values that `in` takes. A longer list is a query that should have been a join. So many values has
// a set of rows at most, too.
constexpr std::size_t list_items_max = 1'024;

// A list for `where id in (:ids)`, written {"ids", in(ids)}. It becomes that many parameters, rounded up to
// 1, 4, 16, 64, 256 or 1,024 (the last value is repeated), so that a statement has six prepared forms at
// most. An empty list matches nothing; `not in` of an empty list therefore matches nothing either, as `not in
// (null)` does: ask first.
struct List {
  Type type = Type::integer;
  std::vector<Bound> items;
  std::size_t width = 0;  // of each row; 0: a list
};
template <class Range>
List in(const Range& values);

// Rows for `insert into t (a, b) values (:rows)`, written {"rows", rows(described_structs)}: the members of
// each are the values of a row, in their order. Each number of rows is a prepared form of its own, so they
// are few, as the facts of a person are. No rows are nothing to insert: ask first.
template <class Range>
List rows(const Range& structs);

// Throws std::invalid_argument unless `text` is UTF-8 without U+0000.
void check_text(std::string_view text);

}  // namespace doorstep::storage
