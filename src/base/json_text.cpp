#include "base/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace doorstep {
namespace {

// 0: as it is; 'u': \u00XX; else the letter after the backslash.
constexpr auto escapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

constexpr char escape_of(char c) { return escapes[static_cast<unsigned char>(c)]; }

// Whether any of eight bytes is a control character, a quote or
// a backslash (the classic "has a byte below n").
bool needs_escape(std::uint64_t eight) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  const auto quote = eight ^ (ones * '"');
  const auto backslash = eight ^ (ones * '\\');
  const auto found =
      ((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash);
  return (found & highs) != 0;
}

// How many bytes from `from` on can be copied as they are.
std::size_t plain_run(std::string_view text, std::size_t from) {
  auto at = from;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, 8);
    if (needs_escape(eight)) break;
  }
  while (at < text.size() && escape_of(text[at]) == 0) ++at;
  return at - from;
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const auto run = plain_run(text, at);
    out.append(text, at, run);
    at += run;
    if (at == text.size()) break;
    const auto c = static_cast<unsigned char>(text[at++]);
    const char escape[] = {
        '\\', escapes[c], '0', '0', static_cast<char>('0' + (c >> 4)), "0123456789abcdef"[c & 15U]};
    out.append(escape, escapes[c] == 'u' ? 6 : 2);
  }
  out += '"';
}

void append_json_integer(std::string& out, std::int64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) throw std::domain_error("a number that is written as JSON is finite");
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

}  // namespace doorstep
