// Which C++ types are JSON, and how: the one list that reader,
// writer and schema share. Part of base/json.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/enums.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace doorstep::json_detail {

enum class Shape {
  none,
  boolean,
  integer,
  number,
  text,
  secret,
  enumeration,
  id,
  instant,
  day,
  local_time,
  list,
  map,
  optional,
  patch,
  structure,
};

// What a list, map, optional or Patch holds; void for everything else.
template <class T>
struct Holder {
  static constexpr Shape shape = Shape::none;
  using Inner = void;
};
template <class T>
struct Holder<std::vector<T>> {
  static constexpr Shape shape = Shape::list;
  using Inner = T;
};
template <class T>
struct Holder<std::map<std::string, T>> {
  static constexpr Shape shape = Shape::map;
  using Inner = T;
};
template <class T>
struct Holder<std::optional<T>> {
  static constexpr Shape shape = Shape::optional;
  using Inner = T;
};
template <class T>
struct Holder<Patch<T>> {
  static constexpr Shape shape = Shape::patch;
  using Inner = T;
};

template <class T>
using Inner = typename Holder<T>::Inner;

template <class T>
consteval Shape find_shape() {
  if constexpr (std::is_same_v<T, bool>) {
    return Shape::boolean;
  } else if constexpr (std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t>) {
    return Shape::integer;
  } else if constexpr (std::is_same_v<T, double>) {
    return Shape::number;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return Shape::text;
  } else if constexpr (std::is_same_v<T, Secret>) {
    return Shape::secret;
  } else if constexpr (is_id<T>) {
    return Shape::id;
  } else if constexpr (std::is_same_v<T, Instant>) {
    return Shape::instant;
  } else if constexpr (std::is_same_v<T, Day>) {
    return Shape::day;
  } else if constexpr (std::is_same_v<T, LocalTime>) {
    return Shape::local_time;
  } else if constexpr (Holder<T>::shape != Shape::none) {
    return Holder<T>::shape;
  } else if constexpr (DescribedEnum<T>) {
    return Shape::enumeration;
  } else if constexpr (std::is_class_v<T> && boost::describe::has_describe_members<T>::value) {
    return Shape::structure;
  } else {
    return Shape::none;
  }
}

template <class T>
inline constexpr Shape shape_of = find_shape<T>();

template <class T>
using Members =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T, class Descriptor>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;

// Whether all of T has a JSON form; `Seen` are the structs around it, so that a tree of itself ends.
template <bool Writing, class T, class... Seen>
consteval bool has_json() {
  if constexpr ((std::is_same_v<T, Seen> || ...)) {
    return true;
  } else if constexpr (shape_of<T> == Shape::none) {
    return false;
  } else if constexpr (shape_of<T> == Shape::secret) {
    return !Writing;
  } else if constexpr (!std::is_void_v<Inner<T>>) {
    return has_json<Writing, Inner<T>, Seen...>();
  } else if constexpr (shape_of<T> == Shape::structure) {
    return []<class... D>(boost::mp11::mp_list<D...>) {
      return (has_json<Writing, MemberType<T, D>, T, Seen...>() && ...);
    }(boost::mp11::mp_rename<Members<T>, boost::mp11::mp_list>{});
  } else {
    return true;
  }
}

// An input may leave these out.
template <class T>
inline constexpr bool may_be_absent = shape_of<T> == Shape::optional || shape_of<T> == Shape::patch;

// A member's own bounds, and those of the elements where it is a list or a map.
struct MemberBounds {
  Bounds own{};
  Bounds element{};
};

// The bounds that T gives "kinds" and "kinds[]". (Copying of a name happens at compile time only.)
template <class T, class Descriptor>
consteval MemberBounds bounds_of() {
  if constexpr (requires { T::bounds(std::string_view{}); }) {
    constexpr std::string_view name{Descriptor::name};
    char element[name.size() + 2]{};
    name.copy(element, name.size());
    element[name.size()] = '[';
    element[name.size() + 1] = ']';
    return {.own = T::bounds(name), .element = T::bounds(std::string_view{element, sizeof element})};
  } else {
    return {};
  }
}

}  // namespace doorstep::json_detail
