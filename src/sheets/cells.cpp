#include "sheets/cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "base/time.hpp"

namespace doorstep::sheets {

namespace {

constexpr double exact_below = 1e15;          // 15 digits; the sixteenth is lost
constexpr std::int64_t last_day = 2'958'465;  // 9999-12-31 in the system of 1900
constexpr std::int64_t minutes_a_day = 24 * 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Serial 1 is 1900-01-01, and serial 60 a 29 February that never was: the first of such programs believed in
// it, and all that came later keep it.
std::optional<Day> day_of_serial(std::int64_t serial, bool from_1904) {
  constexpr Day before_1900{-25'568};  // 1899-12-31
  constexpr Day first_of_1904{-24'107};
  if (from_1904)
    return serial < 0 || serial > last_day - 1'462 ? std::nullopt
                                                   : std::optional{first_of_1904 + static_cast<int>(serial)};
  if (serial < 1 || serial > last_day || serial == 60) return std::nullopt;
  return before_1900 + static_cast<int>(serial < 60 ? serial : serial - 1);
}

CellText day_text(double value, const NumberFormat& format, bool from_1904) {
  if (!(value >= 0) || value > static_cast<double>(last_day) + 1)
    return {fmt::format("{:.15g}", value), Doubt::no_such_day};
  // Rounded to the minute first, so that 23:59:59.9 is not a day short; what shows days alone has no time.
  auto minutes = format.time
                     ? static_cast<std::int64_t>(std::llround(value * static_cast<double>(minutes_a_day)))
                     : static_cast<std::int64_t>(value) * minutes_a_day;
  const auto serial = minutes / minutes_a_day;
  minutes %= minutes_a_day;
  const auto clock = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  if (!format.day)
    return {serial == 0 ? clock : fmt::format("{}:{:02}", serial * 24 + minutes / 60, minutes % 60)};
  const auto day = day_of_serial(serial, from_1904);
  if (!day) return {fmt::format("{:.15g}", value), Doubt::no_such_day};
  return {minutes == 0 ? to_string(*day) : to_string(*day) + ' ' + clock};
}

}  // namespace

NumberFormat number_format(std::string_view code) {
  NumberFormat format;
  bool other = false;
  // Only the first part: the others are for negative numbers, zero, and text.
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char c = code[at];
    if (c == '"') {
      at = std::min(code.find('"', at + 1), code.size() - 1);
    } else if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '[') {
      const auto end = std::min(code.find(']', at), code.size());
      const auto inside = code.substr(at + 1, end - at - 1);
      // [h] counts hours past a day; [Red] and [$-804] say nothing of days.
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) format.time = true;
      at = end;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      format.day = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      format.time = true;
    } else if ((c == 'm' || c == 'M') && !format.time) {
      // A month, unless hours stand before it or seconds after it.
      const auto next = code.find_first_of("mMsSyYdD", code.find_first_not_of("mM", at));
      if (next != std::string_view::npos && (code[next] == 's' || code[next] == 'S'))
        format.time = true;
      else
        format.day = true;
    } else if (c == '0') {
      ++format.zeros;
    } else {
      other = true;
    }
  }
  if (other || format.day || format.time || format.zeros == 1) format.zeros = 0;
  // "General" and "Standard" have letters that mean something elsewhere.
  if (code == "General" || code == "Standard" || code == "@") return {};
  return format;
}

NumberFormat built_in_format(int number) {
  const auto within = [number](int first, int last) { return number >= first && number <= last; };
  if (within(14, 17) || within(27, 31) || number == 36 || within(50, 54) || within(57, 58))
    return {.day = true};
  if (number == 22) return {.day = true, .time = true};
  if (within(18, 21) || within(32, 35) || within(45, 47) || within(55, 56)) return {.time = true};
  return {};
}

CellText number_text(std::string_view stored, const NumberFormat& format, bool from_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  if (error != std::errc{} || end != stored.data() + stored.size() || !std::isfinite(value))
    return {std::string{stored}, Doubt::error_value};
  if (format.day || format.time) return day_text(value, format, from_1904);
  if (std::abs(value) >= exact_below) return {fmt::format("{:.0f}", value), Doubt::rounded};
  if (value == std::floor(value)) {
    const auto whole = static_cast<std::int64_t>(value);
    return {format.zeros > 0 && whole >= 0 ? fmt::format("{:0{}}", whole, std::min(format.zeros, 15))
                                           : fmt::format("{}", whole)};
  }
  return {fmt::format("{:.15g}", value)};
}

bool is_rounded_number(std::string_view text) {
  const auto exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos || exponent == 0 || !is_digit(text[0])) return false;
  const auto digits = text.substr(0, exponent);
  auto power = text.substr(exponent + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  const auto all_digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, is_digit);
  };
  return power.size() == 2 && all_digits(power) && power >= "10" && std::ranges::count(digits, '.') <= 1 &&
         std::ranges::all_of(digits, [](char c) { return is_digit(c) || c == '.'; });
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '_' && at + 6 < text.size() && text[at + 1] == 'x' && text[at + 6] == '_') {
      unsigned code = 0;
      const char* first = text.data() + at + 2;
      const auto [end, error] = std::from_chars(first, first + 4, code, 16);
      if (error == std::errc{} && end == first + 4 && code < 0x7f) {
        // Only what needed it: control characters, and the low line of such an escape itself.
        if (code == '\n' || code == '\t' || code >= 0x20) out += static_cast<char>(code);
        at += 6;
        continue;
      }
    }
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 || c == '\n' || c == '\t') out += text[at];
  }
  return out;
}

std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (const char c : reference) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    if (upper < 'A' || upper > 'Z') break;
    if (++letters > 3) return std::nullopt;
    column = column * 26 + static_cast<std::size_t>(upper - 'A' + 1);
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

std::string column_name(std::size_t column) {
  std::string name;
  for (++column; column > 0; column = (column - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

}  // namespace doorstep::sheets
