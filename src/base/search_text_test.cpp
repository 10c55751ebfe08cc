#include "base/search_text.hpp"

#include <gtest/gtest.h>

namespace doorstep {
namespace {

const std::string name = search_text({"党员组织关系转入", "Transfer your Party membership to this town"});
const std::string words = search_text({"换支部", "搬家了", "转组织关系", "new branch"});
const std::string_view both[] = {name, words};

std::optional<std::size_t> rank_of(std::string_view typed) { return Search{typed}.rank(both); }

TEST(SearchText, IsFoundAsPeopleType) {
  for (const auto* typed : {"组织关系", "党员 转入", "zuzhi", "zu zhi guan xi", "ZuZhiGuanXi", "zzgx", "dyzz",
                            "transfer", "TRANS", "party member", "transfer my membership", "towns", "转"})
    EXPECT_EQ(rank_of(typed), 0U) << typed;
}

TEST(SearchText, IsFoundInWhatSaysLessToo) {
  for (const auto* typed : {"支部", "new branch", "banjia", "bj", "搬家 党员", "transfer branch"})
    EXPECT_EQ(rank_of(typed), 1U) << typed;
}

TEST(SearchText, IsNotFoundByWhatIsNotInIt) {
  for (const auto* typed : {"离婚", "hun", "ansfer", "uzhi", "组织关系 离婚", "zzgxx", "我想问一问"})
    EXPECT_EQ(rank_of(typed), std::nullopt) << typed;
}

TEST(SearchText, IsFoundInASentenceThatSaysIt) {
  const auto rank = rank_of("你好，我搬家了怎么办");
  ASSERT_TRUE(rank);
  EXPECT_GT(*rank, std::size(both)) << "behind what holds every word";
  const auto longer = rank_of("我想转组织关系到这里");
  ASSERT_TRUE(longer);
  EXPECT_LT(*longer, *rank) << "the longest first";
}

TEST(SearchText, OfNothingIsNothing) {
  for (const auto* typed : {"", " ", "d", "my", "，。", "to the"})
    EXPECT_FALSE(Search{typed}.says_something()) << typed;
  EXPECT_TRUE(Search{"转"}.says_something());
  EXPECT_EQ(search_text({}), "");
  EXPECT_EQ(search_text({"", "··"}), "");
}

}  // namespace
}  // namespace doorstep
