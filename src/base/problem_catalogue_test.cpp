// The rules that the catalogue's texts keep.
#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/problem_texts.hpp"
#include "base/utf8.hpp"

namespace doorstep {
namespace {

// All that stands in braces.
std::set<std::string> places_in(std::string_view text) {
  std::set<std::string> found;
  for (auto from = text.find('{'); from != std::string_view::npos; from = text.find('{', from + 1)) {
    found.emplace(text.substr(from, text.find('}', from) - from + 1));
  }
  return found;
}

bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

TEST(ProblemCatalogue, HasEachCodeOnceAndInPlainWords) {
  std::set<std::string_view> codes;
  for (const auto& text : problem_catalogue()) {
    EXPECT_TRUE(codes.insert(text.code).second) << text.code << " stands twice";
    EXPECT_TRUE(std::ranges::all_of(text.code, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }));
    EXPECT_EQ(&problem_text(text.code), &text);
  }
}

TEST(ProblemCatalogue, GivesStatusesOfErrors) {
  for (const auto& text : problem_catalogue()) {
    EXPECT_TRUE(text.status >= 400 && text.status < 600) << text.code;
  }
}

TEST(ProblemCatalogue, IsCompleteInBothLanguages) {
  for (const auto& text : problem_catalogue()) {
    for (const auto part : {text.zh_title, text.zh_detail, text.en_title, text.en_detail}) {
      EXPECT_FALSE(trimmed(part).empty()) << text.code;
      EXPECT_TRUE(valid_utf8(part)) << text.code;
      EXPECT_FALSE(has_control(part, Lines::one)) << text.code;
    }
    EXPECT_TRUE(std::ranges::any_of(text.zh_title, is_wide)) << text.code;
    EXPECT_TRUE(std::ranges::any_of(text.zh_detail, is_wide)) << text.code;
    EXPECT_TRUE(std::ranges::none_of(text.en_title, is_wide)) << text.code;
    EXPECT_TRUE(std::ranges::none_of(text.en_detail, is_wide)) << text.code;
  }
}

TEST(ProblemCatalogue, PunctuatesEachLanguageInItsOwnWay) {
  for (const auto& text : problem_catalogue()) {
    EXPECT_TRUE(text.zh_detail.ends_with("。")) << text.code;
    EXPECT_TRUE(text.en_detail.ends_with('.')) << text.code;
    EXPECT_FALSE(text.zh_title.ends_with("。")) << text.code;
    EXPECT_FALSE(text.en_title.ends_with('.')) << text.code;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(text.en_title.front()))) << text.code;
    for (const auto part : {text.zh_title, text.zh_detail}) {
      for (std::size_t i = 1; i < part.size(); ++i) {
        const bool ascii_punctuation = std::string_view(",.;:!?()").find(part[i]) != std::string_view::npos;
        EXPECT_FALSE(ascii_punctuation && is_wide(part[i - 1])) << text.code << ": " << part;
      }
    }
  }
}

TEST(ProblemCatalogue, SaysWhatToDo) {
  // Advice in Chinese begins with 请 or says what can be done; in
  // English there is a second sentence, or a "please".
  for (const auto& text : problem_catalogue()) {
    EXPECT_TRUE(text.zh_detail.find("请") != std::string_view::npos ||
                text.zh_detail.find("可以") != std::string_view::npos)
        << text.code << ": " << text.zh_detail;
    EXPECT_TRUE(text.en_detail.find("lease") != std::string_view::npos)
        << text.code << ": " << text.en_detail;
  }
}

TEST(ProblemCatalogue, FillsTheSamePlacesInBothLanguages) {
  for (const auto& text : problem_catalogue()) {
    EXPECT_EQ(places_in(text.zh_detail), places_in(text.en_detail)) << text.code;
    EXPECT_TRUE(places_in(text.zh_title).empty() && places_in(text.en_title).empty()) << text.code;
    std::size_t number = 0;
    if (places_in(text.en_detail).contains("{uses}")) continue;  // all the arguments, as a list
    for (const auto& place : places_in(text.en_detail)) {
      EXPECT_EQ(place, "{" + std::to_string(number++) + "}") << text.code;
    }
  }
}

TEST(Problem, IsToldAsRfc9457) {
  const Problem problem("too_long", {"200"}, "materials[2].note");
  EXPECT_STREQ(problem.what(), "too_long");
  const auto told = boost::json::parse(problem_json(problem, Language::en, "req\"1"));
  EXPECT_EQ(told.at("type"), "urn:doorstep:problem:too_long");
  EXPECT_EQ(told.at("title"), "This is too long");
  EXPECT_EQ(told.at("status"), 400);
  EXPECT_EQ(told.at("code"), "too_long");
  EXPECT_EQ(told.at("path"), "materials[2].note");
  EXPECT_EQ(told.at("request_id"), "req\"1");
  EXPECT_NE(told.at("detail").as_string().find("limit is 200"), boost::json::string::npos);
  EXPECT_EQ(told.as_object().size(), 7U);

  const auto zh = boost::json::parse(problem_json(Problem{"queue_empty"}, Language::zh, ""));
  EXPECT_EQ(zh.at("title"), "现在没有人在排队");
  EXPECT_TRUE(zh.at("path").is_null());
}

TEST(Problem, SaysWhatStillHoldsAThing) {
  const Problem problem("venue_in_use", {"posts", "devices"});
  EXPECT_EQ(problem_detail(problem, Language::zh), "这里还有：岗位、配对的设备。请先处理好，再停用。");
  const auto told = boost::json::parse(problem_json(problem, Language::en, ""));
  EXPECT_EQ(told.at("detail"),
            "There are still: posts, paired devices. Please see to these first, then end it.");
  EXPECT_EQ(boost::json::serialize(told.at("uses")),
            R"([{"use":"posts","text":"posts"},{"use":"devices","text":"paired devices"}])");
  for (const auto& use : problem_texts_of_uses()) {
    EXPECT_TRUE(valid_utf8(use.zh) && std::ranges::any_of(use.zh, is_wide)) << use.code;
    EXPECT_TRUE(!use.en.empty() && std::ranges::none_of(use.en, is_wide)) << use.code;
  }
}

TEST(Problem, IsToldInUtf8WhateverAStrangerSent) {
  const Problem problem("too_long", {"\xff"}, "\xfe\x01");
  const auto told = boost::json::parse(problem_json(problem, Language::zh, "\xfd"));
  EXPECT_EQ(told.at("path"), "\uFFFD\x01");
  EXPECT_EQ(told.at("request_id"), "\uFFFD");
}

TEST(Problem, LeavesPlacesWithoutArgumentsEmpty) {
  const auto detail = problem_detail(Problem{"out_of_range", {"{1}"}}, Language::en);
  EXPECT_NE(detail.find("between {1} and ."), std::string::npos) << detail;
}

TEST(ProblemDeathTest, MustBeInTheCatalogue) {
  EXPECT_DEATH(problem_text("no_such_code"), "in the catalogue");
}

}  // namespace
}  // namespace doorstep
