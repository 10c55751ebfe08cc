// Typed 64-bit ids, shown to clients only as strings such as "tk_1a2b". Ids are no secrets; tokens are.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

// `Tag` has a static constexpr std::string_view prefix, two or three letters.
template <class Tag>
struct Id {
  using tag = Tag;
  std::int64_t value = 0;

  auto operator<=>(const Id&) const = default;
};

// The prefix, "_", and Crockford's base 32 in lower case. `value` is never negative.
std::string id_text(std::string_view prefix, std::int64_t value);
void append_id(std::string& out, std::string_view prefix, std::int64_t value);
// Takes only what id_text writes: no leading zeros, no upper case, no look-alikes, nothing above 2^63 - 1.
std::optional<std::int64_t> parse_id(std::string_view prefix, std::string_view text);

template <class Tag>
std::string to_string(Id<Tag> id) {
  return id_text(Tag::prefix, id.value);
}

template <class Tag>
std::optional<Id<Tag>> parse_id(std::string_view text) {
  const auto value = parse_id(Tag::prefix, text);
  return value ? std::optional{Id<Tag>{*value}} : std::nullopt;
}

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

}  // namespace doorstep

template <class Tag>
struct std::hash<doorstep::Id<Tag>> {
  std::size_t operator()(doorstep::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
