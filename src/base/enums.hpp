// The names of a described enum's values, as JSON and the database carry them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

namespace doorstep {

struct EnumName {
  std::string_view name;
  std::int64_t value;
};

namespace enum_detail {

// The name of `value`; it is a bug to ask for a value that the enum does not describe.
std::string_view name_in(std::span<const EnumName> names, std::int64_t value);
const EnumName* find_in(std::span<const EnumName> names, std::string_view name);

template <class E>
constexpr auto table_of() {
  using Described = boost::describe::describe_enumerators<E>;
  std::array<EnumName, boost::mp11::mp_size<Described>::value> table{};
  std::size_t at = 0;
  boost::mp11::mp_for_each<Described>(
      [&](auto d) { table[at++] = {d.name, static_cast<std::int64_t>(d.value)}; });
  return table;
}

}  // namespace enum_detail

template <class E>
concept DescribedEnum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

// In the order of the description.
template <DescribedEnum E>
inline constexpr auto enum_names = enum_detail::table_of<E>();

template <DescribedEnum E>
std::string_view name_of(E value) {
  return enum_detail::name_in(enum_names<E>, static_cast<std::int64_t>(value));
}

template <DescribedEnum E>
std::optional<E> enum_named(std::string_view name) {
  const auto* found = enum_detail::find_in(enum_names<E>, name);
  return found ? std::optional{static_cast<E>(found->value)} : std::nullopt;
}

}  // namespace doorstep
