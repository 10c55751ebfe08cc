#include "base/search_text.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "base/utf8.hpp"

namespace doorstep {
namespace {

constexpr std::size_t behind_all_words = 1'000;  // characters of a line: more tell no more

// Words that say nothing of what is looked for.
constexpr std::array<std::string_view, 16> small_words = {
    "a", "an", "and", "do", "for", "how", "i", "in", "is", "my", "of", "want", "the", "to", "at", "need"};

bool is_latin(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Reading Chinese does not change the reader: one is enough for all threads.
const icu::Transliterator& reader() {
  static const std::unique_ptr<const icu::Transliterator> made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> from_icu(icu::Transliterator::createInstance(
        icu::UnicodeString::fromUTF8("Han-Latin; Latin-ASCII; Lower"), UTRANS_FORWARD, status));
    if (U_FAILURE(status))
      throw std::runtime_error(std::string("ICU reads no Chinese: ") + u_errorName(status));
    return from_icu;
  }();
  return *made;
}

// ICU reads a character of several readings by the commonest, which in what people come for is not meant: 地
// is land here and no particle, as in 场地 and 地址. It is read as 第, which has that one reading.
std::string pinyin(std::string_view words) {
  auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(words.data(), static_cast<std::int32_t>(words.size())));
  text.findAndReplace(icu::UnicodeString{u"地"}, icu::UnicodeString{u"第"});
  reader().transliterate(text);
  std::string read;
  text.toUTF8String(read);
  return folded_words(read);
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(by), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// The initials apart, so that each of them may begin what is typed.
std::string initials(std::string_view syllables) {
  std::string letters;
  for (const auto syllable : split(syllables, ' ')) {
    if (!letters.empty()) letters += ' ';
    letters += syllable.front();
  }
  return letters;
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

// Whether the line goes on with the word from there, spaces in the line left out.
bool goes_on(std::string_view line, std::string_view word) {
  std::size_t matched = 0;
  for (std::size_t at = 0; at < line.size() && matched < word.size(); ++at) {
    if (line[at] == ' ') continue;
    if (line[at] != word[matched]) return false;
    ++matched;
  }
  return matched == word.size();
}

bool stands_in_line(std::string_view line, std::string_view word) {
  if (!is_latin(word)) return line.find(word) != std::string_view::npos;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool begins = line[at] != ' ' && (at == 0 || line[at - 1] == ' ');
    if (begins && goes_on(line.substr(at), word)) return true;
  }
  return false;
}

bool stands_in(std::string_view text, std::string_view word) {
  return std::ranges::any_of(split(text, '\n'),
                             [&](std::string_view line) { return stands_in_line(line, word); });
}

// The characters of the longest Chinese line that the sentence holds; a single character says nothing.
std::size_t longest_line_in(std::string_view sentence, std::string_view text) {
  std::size_t longest = 0;
  for (const auto line : split(text, '\n')) {
    const auto plain = without_spaces(std::string{line});
    if (is_latin(plain) || sentence.find(plain) == std::string_view::npos) continue;
    longest = std::max(longest, character_count(plain));
  }
  return longest < 2 ? 0 : longest;
}

// "jobs" finds "job", and "job" finds "jobs" as every beginning of a word does.
void make_singular(std::string& word) {
  if (word.size() > 3 && is_latin(word) && word.ends_with('s')) word.pop_back();
}

}  // namespace

std::string search_text(const std::vector<std::string>& texts) {
  std::vector<std::string> lines;
  const auto add = [&](std::string line) {
    if (!line.empty() && std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
  };
  for (const auto& text : texts) {
    auto words = folded_words(text);
    if (!is_latin(words)) {
      auto syllables = pinyin(words);
      add(initials(syllables));
      add(std::move(syllables));
    }
    add(std::move(words));
  }
  std::string stored;
  for (const auto& line : lines) (stored += line) += '\n';
  return stored;
}

Search::Search(std::string_view typed) {
  const auto words = folded_words(typed);
  sentence_ = without_spaces(words);
  for (const auto word : split(words, ' ')) {
    const bool is_letter = word.size() == 1 && is_latin(word);
    if (is_letter || std::ranges::find(small_words, word) != small_words.end()) continue;
    make_singular(words_.emplace_back(word));
  }
}

std::optional<std::size_t> Search::rank(std::span<const std::string_view> texts) const {
  std::size_t farthest = 0;
  for (const auto& word : words_) {
    const auto found =
        std::ranges::find_if(texts, [&](std::string_view text) { return stands_in(text, word); });
    farthest = std::max(farthest, static_cast<std::size_t>(found - texts.begin()));
  }
  if (farthest < texts.size()) return farthest;
  std::size_t longest = 0;
  for (const auto text : texts) longest = std::max(longest, longest_line_in(sentence_, text));
  if (longest == 0) return std::nullopt;
  return texts.size() + behind_all_words - std::min(longest, behind_all_words);
}

}  // namespace doorstep
