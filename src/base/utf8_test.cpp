#include "base/utf8.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace doorstep {
namespace {

using namespace std::string_literals;

TEST(Utf8, IsTold) {
  for (const auto* text : {"", "plain", "居民服务中心", "café", "😀", "一二三四五六七八九十"}) {
    EXPECT_TRUE(valid_utf8(text)) << text;
    EXPECT_EQ(repaired_utf8(text), text);
  }
  for (const auto* text : {"\xff", "\xc0\x80", "\xe5\xb1", "ascii first \x80", "\xed\xa0\x80",
                           "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xe0\x80\xaf"}) {
    EXPECT_FALSE(valid_utf8(text)) << text;
    EXPECT_TRUE(valid_utf8(repaired_utf8(text)));
  }
  EXPECT_EQ(repaired_utf8("居\xff民"), "居\uFFFD民");
}

TEST(Utf8, IsCutBetweenCharacters) {
  for (const auto& [bytes, expected] : std::vector<std::pair<std::size_t, std::string>>{
           {9, "居民a"}, {7, "居民a"}, {6, "居民"}, {5, "居"}, {3, "居"}, {2, ""}, {0, ""}}) {
    std::string text = "居民a";
    cut_utf8(text, bytes);
    EXPECT_EQ(text, expected) << bytes;
  }
}

TEST(Controls, AreFound) {
  EXPECT_FALSE(has_control("张三 Zhang", Lines::one));
  EXPECT_FALSE(has_control("一\n二\t三\r\n", Lines::many));
  EXPECT_TRUE(has_control("一\n二", Lines::one));
  for (const auto& text : {"a\0b"s, "a\x01"s, "a\x7f"s, "a\u0085"s, "a\u202E"s, "a\u2066"s, "a\uFFFE"s,
                           "\x1b[31m"s, "a\u2028"s, "\xff"s}) {
    EXPECT_TRUE(has_control(text, Lines::one)) << text;
    EXPECT_TRUE(has_control(text, Lines::many)) << text;
  }
}

TEST(Trimming, KnowsTheWideSpace) {
  EXPECT_EQ(trimmed(" \t 张 三 \n"), "张 三");
  EXPECT_EQ(trimmed("\u3000张三\u3000\u00A0"), "张三");
  EXPECT_EQ(trimmed("\u3000 "), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Characters, AreCounted) {
  EXPECT_EQ(character_count(""), 0U);
  EXPECT_EQ(character_count("张三ab😀"), 5U);
}

TEST(Width, IsFolded) { EXPECT_EQ(folded_width("１３８　ＡＢＣ"), "138 ABC"); }

TEST(Masks, ShowEnoughToRecognizeAndNoMore) {
  EXPECT_EQ(mask_phone("13812341234"), "138****1234");
  EXPECT_EQ(mask_phone(" 13812341234 "), "138****1234");
  EXPECT_EQ(mask_phone("59121234"), "****1234");
  EXPECT_EQ(mask_phone("12345"), "***45");
  EXPECT_EQ(mask_phone("110"), "***");
  EXPECT_EQ(mask_phone(""), "");
  EXPECT_EQ(mask_phone("+8613812341234"), "**********1234");
  EXPECT_EQ(mask_name("张三"), "张*");
  EXPECT_EQ(mask_name("欧阳小美"), "欧*");
  EXPECT_EQ(mask_name("Anna Berg"), "A*");
  EXPECT_EQ(mask_name("𠮷田"), "𠮷*");
  EXPECT_EQ(mask_name("张"), "*");
  EXPECT_EQ(mask_name(" "), "*");
}

TEST(SortKeys, OrderChineseByPinyin) {
  std::vector<std::string> names = {"赵", "阿宝", "张三", "李四", "张", "王五", "Zoe", "anna", "Bob", "陈"};
  std::ranges::sort(names, {}, [](const std::string& name) { return sort_key(name); });
  const std::vector<std::string> chinese_part = {"阿宝", "陈", "李四", "王五", "张", "张三", "赵"};
  std::vector<std::string> chinese;
  std::vector<std::string> latin;
  for (const auto& name : names) {
    (static_cast<unsigned char>(name[0]) < 0x80 ? latin : chinese).push_back(name);
  }
  EXPECT_EQ(chinese, chinese_part);
  EXPECT_EQ(latin, (std::vector<std::string>{"anna", "Bob", "Zoe"}));
  EXPECT_FALSE(sort_key_version().empty());
  EXPECT_EQ(sort_key("张三").find('\0'), std::string::npos);
  EXPECT_FALSE(sort_key(std::string(500, 'x')).empty());
}

RC_GTEST_PROP(Utf8Property, AnyBytesAreRepairedAndCut, (const std::vector<std::uint8_t>& bytes)) {
  std::string text(bytes.begin(), bytes.end());
  auto repaired = repaired_utf8(text);
  RC_ASSERT(valid_utf8(repaired));
  RC_ASSERT(valid_utf8(text) == (repaired == text));
  cut_utf8(repaired, repaired.size() / 2);
  RC_ASSERT(valid_utf8(repaired));
  RC_ASSERT(valid_utf8(trimmed(repaired)));
  RC_ASSERT(valid_utf8(mask_phone(repaired)));
  RC_ASSERT(valid_utf8(mask_name(repaired)));
  trimmed(text);
  has_control(text, Lines::many);
  sort_key(text);
}

TEST(FoldedWords, HaveOneSpaceBetweenThem) {
  EXPECT_EQ(folded_words("ＡＢ角 / Ask us!"), "ab角 ask us");
  EXPECT_EQ(folded_words("办不成的事、意见建议"), "办不成的事 意见建议");
  EXPECT_EQ(folded_words(" ·-"), "");
}

TEST(LetterPairs, AreWhatANameIsFoundBy) {
  using Pairs = std::vector<std::string>;
  EXPECT_EQ(letter_pairs("王小明"), (Pairs{"王小", "小明"}));
  EXPECT_EQ(letter_pairs("  欧阳　小　明 "), (Pairs{"欧阳", "阳小", "小明"}));
  EXPECT_EQ(letter_pairs("Ann Ng"), (Pairs{"an", "nn", "ng"}));
  EXPECT_EQ(letter_pairs("ＡＮＮＡ"), letter_pairs("anna")) << "each pair once: an, nn, na";
  EXPECT_EQ(letter_pairs("Jose\u0301"), letter_pairs("JOS\u00c9"));
  EXPECT_EQ(letter_pairs("𠮷田"), (Pairs{"𠮷田"})) << "a letter beyond the first plane is one letter";
  EXPECT_EQ(letter_pairs("王"), Pairs{});
  EXPECT_EQ(letter_pairs(" ·-"), Pairs{});
}

}  // namespace
}  // namespace doorstep
