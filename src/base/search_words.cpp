#include "base/search_words.hpp"

#include <algorithm>
#include <stdexcept>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

namespace doorstep {

namespace {

// Width and case made plain: "ＡＢ" and "ab". The wide space of Chinese keyboards is one like others, then.
std::string folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status))
    folding->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("a text cannot be folded");
  return out;
}

}  // namespace

SearchWords::SearchWords(const std::optional<std::string>& asked) {
  const auto plain = folded(asked.value_or(""));
  for (std::size_t at = 0; at < plain.size();) {
    const auto from = plain.find_first_not_of(" \t\r\n", at);
    if (from == std::string::npos) break;
    at = std::min(plain.find_first_of(" \t\r\n", from), plain.size());
    words_.push_back(plain.substr(from, at - from));
  }
}

bool SearchWords::are_in(std::initializer_list<std::string_view> texts) const {
  if (empty()) return true;
  std::vector<std::string> plain;
  for (const auto text : texts) plain.push_back(folded(text));
  return std::ranges::all_of(words_, [&](const std::string& word) {
    return std::ranges::any_of(plain,
                               [&](const std::string& text) { return text.find(word) != std::string::npos; });
  });
}

}  // namespace doorstep
