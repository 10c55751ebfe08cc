// The words somebody looks for in a list: "示例 STATION ７". All of them are found, each anywhere, in any
// order; case, width and what is no letter make no difference. The engines do not agree in that, so a list is
// read and then looked through. What is found by pinyin, and ranked, is search_text.hpp's.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

class SearchWords {
 public:
  // Without any, everything has them.
  explicit SearchWords(const std::optional<std::string>& asked);

  bool empty() const { return words_.empty(); }
  // Whether each of the words is in one of the texts at least.
  bool are_in(std::initializer_list<std::string_view> texts) const;

 private:
  std::vector<std::string> words_;
};

}  // namespace doorstep
