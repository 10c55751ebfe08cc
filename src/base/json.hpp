// JSON over Boost.Describe: one described struct is reader, writer and OpenAPI schema at once.
//
// The reader names the path of what it refuses ("materials[2].kind"), refuses unknown members, numbers that
// do not fit, U+0000 and invalid UTF-8; an absent std::optional member reads as empty. The writer writes
// every member, an empty optional as null. Sealed<T> (base/sealed.hpp) has no writer and so does not compile.
//
// Shapes: bool, int32/int64, double, std::string, described enums (by name), described structs,
// std::vector<T>, std::optional<T>, Patch<T>, Text, Id<Tag>, Instant, Day, LocalTime, std::map<std::string,
// T>; Secret is only read. Bounds: a struct may give `static constexpr Bounds bounds(std::string_view
// member)`; see Bounds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

namespace doorstep {

// An edit's member: absent (leave it), null (clear it, where T is optional) or a value.
template <class T>
struct Patch {
  bool present = false;
  T value{};

  explicit operator bool() const { return present; }
};

// What a text, list, map or number may measure; what does not fit is refused with its path.
// A struct's bounds("kinds") speak of the list, its bounds("kinds[]") of each element; those of a Text, of
// each of its languages.
struct Bounds {
  std::size_t length_min = 0;      // characters of a text without the space around it, items of a list
  std::size_t length_max = 2'000;  // bytes of a text, items of a list
  std::int64_t least = INT64_MIN;  // of a number
  std::int64_t most = INT64_MAX;

  bool operator==(const Bounds&) const = default;
};

// Throws Problem: malformed_json (a member given twice is one), wrong_type, unknown_member, missing_member,
// too_long, too_short, out_of_range, invalid_text.
template <class T>
T read_json(std::string_view text);

namespace json_detail {
template <bool Writing, class T, class... Seen>
consteval bool has_json();
}

template <class T>
concept JsonReadable = json_detail::has_json<false, T>();

template <class T>
concept JsonWritable = json_detail::has_json<true, T>();

// Appends to `out`; the one writer that all others are made of.
// Throws std::domain_error for an infinite double.
template <class T>
  requires JsonWritable<T>
void write_json(std::string& out, const T& value);

template <class T>
  requires JsonWritable<T>
std::string write_json(const T& value);

// A described struct looks different as it comes in: optional members may be left out, bounds are said, and
// what is not known is refused.
enum class Use { input, output };

// The JSON Schema 2020-12 of T. Named structs and enums are referred to as "#/components/schemas/<Name>" and
// put into `components` (once each, with all that they refer to). The name is T's own without namespaces
// ("TicketView"; Page<TicketView> is "TicketViewPage"), or T::schema_name; a struct of an input has "Input"
// after it. Two types of one name are a bug. Include base/json_schema.hpp to call it.
template <class T>
boost::json::value schema_of(Use use, boost::json::object& components);

}  // namespace doorstep

#include "base/json_impl.hpp"
