#include "base/ids.hpp"

#include <array>
#include <limits>

#include "base/ensure.hpp"

namespace doorstep {
namespace {

// Crockford's base 32 in lower case: no i, l, o or u, so an id read over the phone is written down right.
constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
static_assert(digits.size() == 32);

constexpr std::size_t digits_max = 13;  // 63 bits, five at a time

constexpr auto digit_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}();

}  // namespace

void append_id(std::string& out, std::string_view prefix, std::int64_t value) {
  ensure(value >= 0, "ids are never negative");
  char text[digits_max];
  auto at = digits_max;
  auto rest = static_cast<std::uint64_t>(value);
  do {
    text[--at] = digits[rest & 31U];
    rest >>= 5;
  } while (rest != 0);
  out += prefix;
  out += '_';
  out.append(text + at, digits_max - at);
}

std::string id_text(std::string_view prefix, std::int64_t value) {
  std::string out;
  append_id(out, prefix, value);
  return out;
}

std::optional<std::int64_t> parse_id(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  if (text.empty() || text.front() != '_') return std::nullopt;
  text.remove_prefix(1);
  if (text.empty() || text.size() > digits_max) return std::nullopt;
  if (text.front() == '0' && text.size() > 1) return std::nullopt;

  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = digit_values[static_cast<unsigned char>(c)];
    if (digit < 0) return std::nullopt;
    value = value << 5 | static_cast<std::uint64_t>(digit);  // 13 digits are 65 bits at most: see below
  }
  // Thirteen digits hold 65 bits; a first digit above 7 would have pushed bits out.
  if (text.size() == digits_max && digit_values[static_cast<unsigned char>(text.front())] > 7)
    return std::nullopt;
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace doorstep
