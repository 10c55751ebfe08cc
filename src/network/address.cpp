#include "network/address.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.hpp"

namespace doorstep::network {

namespace {

constexpr int digits_max = 6;

// A text of UTF-8 as its characters, each a view into it.
std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    characters.push_back(text.substr(at, next - at));
    at = next;
  }
  return characters;
}

bool is_one_of(std::string_view character, std::string_view all) {
  // A whole character of UTF-8 is found in no other place than its own.
  return !character.empty() && all.find(character) != std::string_view::npos;
}

bool is_digit(std::string_view character) {
  return character.size() == 1 && character[0] >= '0' && character[0] <= '9';
}

constexpr std::string_view chinese_digits = "零一二三四五六七八九";
constexpr std::string_view chinese_numerals = "零〇一二两三四五六七八九十百千";

int digit_value(std::string_view character) {
  if (character == "〇") return 0;
  if (character == "两") return 2;
  const auto digits = characters_of(chinese_digits);
  return static_cast<int>(std::ranges::find(digits, character) - digits.begin());
}

int unit_value(std::string_view character) {
  return character == "十" ? 10 : character == "百" ? 100 : character == "千" ? 1'000 : 0;
}

// "十二" is 12, "一百零五" 105, "一〇五一" 1051.
std::int64_t numeral_value(const std::vector<std::string_view>& numerals) {
  const bool has_units = std::ranges::any_of(numerals, [](auto each) { return unit_value(each) > 0; });
  std::int64_t value = 0, digit = 0;
  bool digit_said = false;
  for (const auto each : numerals) {
    if (!has_units) {
      value = std::min<std::int64_t>(value * 10 + digit_value(each), 10'000'000);
    } else if (const auto unit = unit_value(each); unit > 0) {
      value += (digit_said && digit > 0 ? digit : 1) * unit;
      digit = 0;
      digit_said = false;
    } else {
      digit = digit_value(each);
      digit_said = true;
    }
  }
  return has_units ? value + digit : value;
}

// Numerals of Chinese become digits where they count something: before 弄, 号 and their like. Those of a
// name, as in 三新路, stay.
std::vector<std::string> with_plain_numbers(const std::vector<std::string_view>& characters) {
  std::vector<std::string> plain;
  for (std::size_t at = 0; at < characters.size();) {
    std::size_t end = at;
    while (end < characters.size() && is_one_of(characters[end], chinese_numerals)) ++end;
    const bool counts = end > at && end < characters.size() && is_one_of(characters[end], "弄号支幢栋室");
    if (!counts) {
      plain.emplace_back(characters[at++]);
      continue;
    }
    const std::vector<std::string_view> numerals{characters.begin() + static_cast<std::ptrdiff_t>(at),
                                                 characters.begin() + static_cast<std::ptrdiff_t>(end)};
    for (const char digit : std::to_string(numeral_value(numerals))) plain.emplace_back(1, digit);
    at = end;
  }
  return plain;
}

// Letters, digits and Chinese; no spaces and marks, but one space where two numbers would run together. 12#
// is 12号.
std::string plain_text(std::string_view text) {
  std::string plain;
  bool left_out = false;
  const auto after_digit = [&] { return !plain.empty() && plain.back() >= '0' && plain.back() <= '9'; };
  const auto folded = folded_width(text);
  for (const auto each : characters_of(folded)) {
    const bool is_letter = each.size() == 1
                               ? (each[0] >= '0' && each[0] <= '9') || (each[0] >= 'a' && each[0] <= 'z') ||
                                     (each[0] >= 'A' && each[0] <= 'Z') || each[0] == '-'
                               : !is_one_of(each, "，。、；：“”‘’（）《》·—～…　");
    if (each == "#" && after_digit()) plain += "号";
    if (is_letter && left_out && is_digit(each) && after_digit()) plain += ' ';
    if (is_letter) plain += each;
    left_out = !is_letter;
  }
  return plain;
}

// What lies around a street: each ends the name of a larger place, unless it belongs to a word of its own.
bool ends_larger_place(const std::vector<std::string_view>& characters, std::size_t at) {
  if (at < 1 || at + 1 >= characters.size()) return false;
  if (!is_one_of(characters[at], "省市区县镇乡")) return false;
  if (characters[at] == "区" && is_one_of(characters[at - 1], "小社园校厂院景街")) return false;
  if (characters[at] == "市" && is_one_of(characters[at - 1], "超城都夜菜")) return false;
  return !is_digit(characters[at + 1]) && !is_one_of(characters[at + 1], "路街道弄巷村号大");
}

std::string without_larger_places(std::string_view text) {
  const auto characters = characters_of(text);
  std::size_t begin = 0;
  for (std::size_t at = 0; at < characters.size(); ++at) {
    if (at > begin && ends_larger_place(characters, at)) begin = at + 1;
  }
  std::string rest;
  for (std::size_t at = begin; at < characters.size(); ++at) rest += characters[at];
  return rest;
}

struct Number {
  std::optional<std::int32_t> value;  // none: too long to be one
  std::string_view word;              // the character after it
};

std::vector<Number> numbers_in(const std::vector<std::string>& characters, std::size_t from) {
  std::vector<Number> numbers;
  for (std::size_t at = from; at < characters.size();) {
    std::string digits;
    while (at < characters.size() && is_digit(characters[at])) digits += characters[at++];
    if (digits.empty()) {
      ++at;
      continue;
    }
    Number number{.value = {}, .word = at < characters.size() ? std::string_view{characters[at]} : ""};
    if (digits.size() <= digits_max) number.value = static_cast<std::int32_t>(std::stol(digits));
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

std::string normal_street(std::string_view text) { return without_larger_places(plain_text(text)); }

Address parse_address(std::string_view text) {
  const auto plain = plain_text(text);
  const auto characters = with_plain_numbers(characters_of(plain));
  const auto first = std::ranges::find_if(characters, [](const std::string& each) { return is_digit(each); });
  std::string street;
  std::for_each(characters.begin(), first, [&](const std::string& each) { street += each; });
  Address address{.street = normal_street(street), .lane = {}, .number = {}};
  // A bare number is the house's only where it comes first; after a building or a stairway it is a flat's.
  bool comes_first = true;
  for (const auto& number : numbers_in(characters, static_cast<std::size_t>(first - characters.begin()))) {
    const bool bare = number.word.empty() || number.word == "-" || number.word == " ";
    if (number.word == "弄" && !address.lane) {
      address.lane = number.value;
    } else if (number.word == "号" || (bare && comes_first)) {
      address.number = number.value;
      break;
    } else {
      comes_first = false;
    }
  }
  return address;
}

}  // namespace doorstep::network
