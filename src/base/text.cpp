#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace doorstep {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::string_view strip(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// "0", "1", "0.8", "0.333" in thousandths; anything else is no q-value (RFC 9110, 12.4.2).
std::optional<int> thousandths(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int value = (text[0] - '0') * 1000;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    value += (c - '0') * unit;
    unit /= 10;
  }
  return value <= 1000 ? std::optional{value} : std::nullopt;
}

struct Range {
  std::string_view language;  // its first part: "zh" of "zh-Hans-CN"; "*" for any
  int weight = 1000;          // thousandths
};

std::optional<Range> parse_range(std::string_view item) {
  const auto semicolon = item.find(';');
  const auto tag = strip(item.substr(0, semicolon));
  if (tag.empty()) return std::nullopt;
  Range range{.language = tag.substr(0, tag.find('-'))};
  if (semicolon == std::string_view::npos) return range;
  const auto parameter = strip(item.substr(semicolon + 1));
  if (parameter.size() < 2 || lower(parameter[0]) != 'q' || parameter[1] != '=') return std::nullopt;
  const auto weight = thousandths(parameter.substr(2));
  if (!weight) return std::nullopt;
  range.weight = *weight;
  return range;
}

constexpr int unnamed = -1;

}  // namespace

Language language_from_header(std::string_view accept_language) {
  // What the header says of each: unnamed, refused (0) or
  // wanted (1…1000), and which of two equals came first.
  int zh = unnamed;
  int en = unnamed;
  int any = unnamed;
  bool en_first = false;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    const auto range = parse_range(accept_language.substr(0, comma));
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
    if (!range) continue;
    if (same_word(range->language, "zh")) {
      zh = std::max(zh, range->weight);
    } else if (same_word(range->language, "en")) {
      en_first = en_first || zh == unnamed;
      en = std::max(en, range->weight);
    } else if (range->language == "*") {
      any = std::max(any, range->weight);
    }
  }
  if (zh == unnamed && any != unnamed) zh = any;
  if (en == unnamed && any != unnamed) en = any;
  if (zh == 0 && en != 0) return Language::en;  // whoever refuses Chinese is better served in English
  if (en <= 0) return Language::zh;
  return en > zh || (en == zh && en_first) ? Language::en : Language::zh;
}

}  // namespace doorstep
