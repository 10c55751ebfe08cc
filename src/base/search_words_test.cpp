#include "base/search_words.hpp"

#include <gtest/gtest.h>

namespace doorstep {
namespace {

bool found(const char* words, std::initializer_list<std::string_view> texts) {
  return SearchWords{std::optional<std::string>{words}}.are_in(texts);
}

TEST(SearchWords, AreAllFoundWhereverTheyStand) {
  EXPECT_TRUE(found("站 示例", {"示例站7", "Station 7"}));
  EXPECT_TRUE(found("示例 station", {"示例站7", "Station 7"})) << "one here, one there";
  EXPECT_FALSE(found("示例 别处", {"示例站7", "Station 7"}));
  EXPECT_FALSE(found("7 Sample", {"Station 7"}));
  EXPECT_FALSE(found("7Station", {"示例站7", "Station 7"})) << "no word reaches from one text into the next";
}

TEST(SearchWords, AreFoundWhateverTheirCaseAndWidth) {
  EXPECT_TRUE(found("ＳＴＡＴＩＯＮ　７", {"Station 7"})) << "the wide space parts words, too";
  EXPECT_TRUE(found("station 7", {"ＳＴＡＴＩＯＮ ７"}));
  EXPECT_TRUE(found("jose\u0301", {"JOS\u00c9"}));
  EXPECT_TRUE(found("A-1 (north)", {"a·1", "North"})) << "what is no letter parts words";
}

TEST(SearchWords, ThatAreNoneAreEverywhere) {
  EXPECT_TRUE(SearchWords{std::nullopt}.empty());
  EXPECT_TRUE(SearchWords{std::nullopt}.are_in({""}));
  EXPECT_TRUE(SearchWords{" \t　 "}.empty());
  EXPECT_TRUE(found("", {}));
  EXPECT_TRUE(found("%_", {"x"})) << "nothing was typed that could be looked for";
}

}  // namespace
}  // namespace doorstep
