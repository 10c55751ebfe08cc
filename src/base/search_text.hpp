// Texts that are found by some of their words, as people type them: Chinese characters, the beginnings of
// English words, pinyin without its tones, or its initials ("zzgx" is 组织关系).
//
// Pinyin is made once, when a text is stored (`search_text`), for making it is slow; what is typed is only
// compared. ICU says of a character with two readings the one that is common.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

// What to store beside the texts.
std::string search_text(const std::vector<std::string>& texts);

class Search {
 public:
  explicit Search(std::string_view typed);

  // Whether something was typed that can be looked for; a single Latin letter is not.
  bool says_something() const { return !words_.empty(); }

  // Of several search texts, the most telling first: how far down one has to go to find every word that was
  // typed, 0 for the first. Behind all of those is what merely stands in a Chinese sentence that was typed
  // ("我想转组织关系" holds 转组织关系), the longest first. None: it is not meant.
  std::optional<std::size_t> rank(std::span<const std::string_view> texts) const;

 private:
  std::vector<std::string> words_;
  std::string sentence_;  // without spaces
};

}  // namespace doorstep
