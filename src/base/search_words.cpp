#include "base/search_words.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace doorstep {

SearchWords::SearchWords(const std::optional<std::string>& asked) {
  const auto plain = folded_words(asked.value_or(""));
  for (std::size_t at = 0; at < plain.size();) {
    const auto end = std::min(plain.find(' ', at), plain.size());
    words_.push_back(plain.substr(at, end - at));
    at = end + 1;
  }
}

bool SearchWords::are_in(std::initializer_list<std::string_view> texts) const {
  if (empty()) return true;
  std::vector<std::string> plain;
  for (const auto text : texts) plain.push_back(folded_words(text));
  return std::ranges::all_of(words_, [&](const std::string& word) {
    return std::ranges::any_of(plain,
                               [&](const std::string& text) { return text.find(word) != std::string::npos; });
  });
}

}  // namespace doorstep
