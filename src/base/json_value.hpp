// Reading a described struct from JSON that was put together in memory (from a path, a query, a YAML file),
// and printing documents for people.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "base/json.hpp"
#include "base/json_schema.hpp"

namespace doorstep {

// As read_json: throws the same problems, with the same paths.
template <class T>
T read_value(const boost::json::value& value) {
  static_assert(JsonReadable<T>,
                "a member of this type has no JSON form; see base/json.hpp for those that have");
  T out{};
  json_detail::read_into(out, value, json_detail::Path{}, json_detail::MemberBounds{});
  return out;
}

// Throws Problem malformed_json.
boost::json::value parse_json(std::string_view text);

// Indented by two, members in their order, with a newline at the end.
std::string pretty_json(const boost::json::value& value);

}  // namespace doorstep
