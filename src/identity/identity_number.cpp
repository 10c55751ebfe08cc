#include "identity/identity_number.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace doorstep::identity {

namespace {

constexpr std::size_t length = 18;
constexpr std::size_t digits = length - 1;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char check_character(std::string_view number) {
  constexpr std::array<int, digits> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view characters = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < digits; ++i) sum += (number[i] - '0') * weights[i];
  return characters[static_cast<std::size_t>(sum) % characters.size()];
}

}  // namespace

std::optional<Day> birth_date_in(std::string_view number) {
  if (number.size() != length) return std::nullopt;
  const auto part = [&](std::size_t from, std::size_t count) {
    return std::string{number.substr(from, count)};
  };
  return parse_day(part(6, 4) + '-' + part(10, 2) + '-' + part(12, 2));
}

bool is_identity_number(std::string_view number) {
  return number.size() == length && std::ranges::all_of(number.substr(0, digits), is_digit) &&
         birth_date_in(number) && number.back() == check_character(number);
}

}  // namespace doorstep::identity
