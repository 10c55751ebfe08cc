// Mapping of values and rows; included by sql.hpp.
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <ranges>
#include <type_traits>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/enums.hpp"
#include "storage/sql.hpp"

namespace doorstep::storage {

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept Text = std::is_convertible_v<const T&, std::string_view>;
template <class T>
concept ByteSpan = !Text<T> && std::is_convertible_v<const T&, std::span<const unsigned char>>;

template <class T>
inline constexpr bool unsupported = false;

template <class T>
constexpr Type type_of() {
  if constexpr (is_optional<T>) {
    return type_of<typename T::value_type>();
  } else if constexpr (std::is_integral_v<T> || is_id<T> || std::is_same_v<T, Instant>) {
    return Type::integer;
  } else if constexpr (std::is_floating_point_v<T>) {
    return Type::real;
  } else if constexpr (Text<T> || DescribedEnum<T> || std::is_same_v<T, Day> ||
                       std::is_same_v<T, LocalTime>) {
    return Type::text;
  } else if constexpr (ByteSpan<T> || std::is_same_v<T, BytesView>) {
    return Type::bytes;
  } else {
    static_assert(unsupported<T>, "this type can be neither bound nor read");
  }
}

[[noreturn]] void bad_column(const Rows& rows, int column, std::string_view why);
[[noreturn]] void bad_columns(const Rows& rows, std::span<const std::string_view> expected);

template <class T>
T checked_integer(const Rows& rows, int column) {
  const auto value = rows.integer(column);
  if constexpr (std::is_same_v<T, bool>) {
    if (value != 0 && value != 1) bad_column(rows, column, "is no truth value");
    return value == 1;
  } else {
    if (!std::in_range<T>(value)) bad_column(rows, column, "does not fit");
    return static_cast<T>(value);
  }
}

// Whatever parses may not parse: then the row holds what no statement of ours has written.
template <class T>
T checked(const Rows& rows, int column, std::optional<T> value) {
  if (!value) bad_column(rows, column, "holds an unknown value");
  return *std::move(value);
}

template <class T>
T read_column(const Rows& rows, int column) {
  if constexpr (is_optional<T>) {
    if (rows.is_null(column)) return std::nullopt;
    return read_column<typename T::value_type>(rows, column);
  } else {
    if (rows.is_null(column)) bad_column(rows, column, "is null");
    if constexpr (std::is_integral_v<T>) {
      return checked_integer<T>(rows, column);
    } else if constexpr (is_id<T>) {
      return T{rows.integer(column)};
    } else if constexpr (std::is_same_v<T, Instant>) {
      return Instant{rows.integer(column)};
    } else if constexpr (std::is_same_v<T, double>) {
      return rows.real(column);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return std::string{rows.text(column)};
    } else if constexpr (std::is_same_v<T, Bytes>) {
      const auto bytes = rows.bytes(column);
      return Bytes(bytes.data, bytes.data + bytes.size);
    } else if constexpr (std::is_same_v<T, Day>) {
      return checked<Day>(rows, column, parse_day(rows.text(column)));
    } else if constexpr (std::is_same_v<T, LocalTime>) {
      return checked<LocalTime>(rows, column, parse_local_time(rows.text(column)));
    } else if constexpr (DescribedEnum<T>) {
      return checked<T>(rows, column, enum_named<T>(rows.text(column)));
    } else {
      static_assert(unsupported<T>, "this type can't be read from a row");
    }
  }
}

template <class Row>
using Members =
    boost::describe::describe_members<Row, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class Row>
void check_columns(const Rows& rows) {
  std::array<std::string_view, boost::mp11::mp_size<Members<Row>>::value> names;
  std::size_t at = 0;
  boost::mp11::mp_for_each<Members<Row>>([&](auto member) { names[at++] = member.name; });
  bool same = static_cast<std::size_t>(rows.columns()) == names.size();
  for (std::size_t i = 0; same && i < names.size(); ++i) same = rows.name(static_cast<int>(i)) == names[i];
  if (!same) bad_columns(rows, names);
}

template <class Row>
Row read_row(const Rows& rows) {
  Row row{};
  int column = 0;
  boost::mp11::mp_for_each<Members<Row>>([&](auto member) {
    auto& target = row.*member.pointer;
    target = read_column<std::remove_reference_t<decltype(target)>>(rows, column++);
  });
  return row;
}

}  // namespace detail

template <class T>
Bound bound(const T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, List>) {
    return {value.type, {}, true, value.items, value.width};
  } else if constexpr (is_optional<T>) {
    if (!value) return {type_of<T>(), {}, false, {}, 0};
    return bound(*value);
  } else {
    Bound made{type_of<T>(), {}, false, {}, 0};
    if constexpr (std::is_integral_v<T>) {
      if (!std::is_same_v<T, bool> && !std::in_range<std::int64_t>(+value))
        throw std::invalid_argument("integer too large");
      made.value = static_cast<std::int64_t>(value);
    } else if constexpr (is_id<T>) {
      made.value = value.value;
    } else if constexpr (std::is_same_v<T, Instant>) {
      made.value = value.micros;
    } else if constexpr (std::is_floating_point_v<T>) {
      if (!std::isfinite(value)) throw std::invalid_argument("numbers must be finite");
      made.value = static_cast<double>(value);
    } else if constexpr (Text<T>) {
      const std::string_view text = value;
      check_text(text);
      made.value = text;
    } else if constexpr (std::is_same_v<T, BytesView>) {
      made.value = value;
    } else if constexpr (ByteSpan<T>) {
      const std::span<const unsigned char> bytes = value;
      made.value = BytesView{bytes.data(), bytes.size()};
    } else if constexpr (DescribedEnum<T>) {
      made.value = name_of(value);
    } else {
      made.value = to_string(value);  // Day, LocalTime
    }
    return made;
  }
}

template <class Range>
List in(const Range& values) {
  using Value = std::ranges::range_value_t<Range>;
  List list{detail::type_of<Value>(), {}, 0};
  for (const auto& value : values) list.items.push_back(bound(value));
  if (list.items.size() > list_items_max)
    throw std::logic_error("a list of more than 1,024 values; use a join");
  return list;
}

template <class Range>
List rows(const Range& structs) {
  using Row = std::ranges::range_value_t<Range>;
  List list{Type::integer, {}, boost::mp11::mp_size<detail::Members<Row>>::value};
  for (const auto& row : structs) {
    boost::mp11::mp_for_each<detail::Members<Row>>(
        [&](auto member) { list.items.push_back(bound(row.*member.pointer)); });
  }
  if (list.items.empty()) throw std::logic_error("no rows to insert");
  if (list.items.size() > list_items_max) throw std::logic_error("rows of more than 1,024 values");
  return list;
}

template <class Row>
std::vector<Row> Sql::all(std::string_view statement, Binds binds) {
  std::vector<Row> rows;
  query(statement, std::span<const Bind>{binds.begin(), binds.size()}, [&](Rows& found) {
    if (rows.empty()) detail::check_columns<Row>(found);
    rows.push_back(detail::read_row<Row>(found));
  });
  return rows;
}

template <class Row>
std::optional<Row> Sql::maybe(std::string_view statement, Binds binds) {
  std::optional<Row> row;
  query(statement, std::span<const Bind>{binds.begin(), binds.size()}, [&](Rows& found) {
    if (row) throw std::logic_error("more than one row: " + std::string{statement});
    detail::check_columns<Row>(found);
    row = detail::read_row<Row>(found);
  });
  return row;
}

template <class Row>
Row Sql::one(std::string_view statement, Binds binds) {
  auto row = maybe<Row>(statement, binds);
  if (!row) throw std::logic_error("no row: " + std::string{statement});
  return *std::move(row);
}

template <class T>
T Sql::value(std::string_view statement, Binds binds) {
  std::optional<T> value;
  bool found_one = false;
  query(statement, std::span<const Bind>{binds.begin(), binds.size()}, [&](Rows& found) {
    if (found_one) throw std::logic_error("more than one row: " + std::string{statement});
    found_one = true;
    value.emplace(detail::read_column<T>(found, 0));
  });
  if (!found_one) throw std::logic_error("no row: " + std::string{statement});
  return *std::move(value);
}

}  // namespace doorstep::storage
