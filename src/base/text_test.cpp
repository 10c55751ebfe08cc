#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace doorstep {
namespace {

struct Case {
  std::string_view header;
  Language expected;
};

class AcceptLanguage : public testing::TestWithParam<Case> {};

TEST_P(AcceptLanguage, GivesTheBestOfOurs) {
  EXPECT_EQ(language_from_header(GetParam().header), GetParam().expected) << GetParam().header;
}

using enum Language;
INSTANTIATE_TEST_SUITE_P(
    Headers, AcceptLanguage,
    testing::Values(Case{"", zh}, Case{"*", zh}, Case{"fr", zh}, Case{"zh", zh}, Case{"en", en},
                    Case{"EN-gb", en}, Case{"zh-CN,zh;q=0.9,en;q=0.8", zh},
                    Case{"en-US,en;q=0.9,zh-CN;q=0.8", en}, Case{"fr, en;q=0.5", en},
                    Case{"en;q=0.3, zh-Hans;q=0.7", zh}, Case{"zh;q=0.3 , en ; q=0.7", en},
                    Case{"zh, en", zh}, Case{"en, zh", en}, Case{"en;q=0", zh}, Case{"en;q=0, *", zh},
                    Case{"zh;q=0, *", en}, Case{"zh;q=0", en}, Case{"zh;q=0, en;q=0", zh},
                    Case{"en, *;q=0.1", en}, Case{"*;q=0.5, en;q=0.4", zh}, Case{"en;q=1.1", zh},
                    Case{"en;q=abc", zh}, Case{"en;q=0.1234", zh}, Case{"en;level=1", zh},
                    Case{"english", zh}, Case{",,;q=1,;,en", en}, Case{"en;q=1.000", en},
                    Case{"zh-TW;q=0.1, zh-CN;q=0.9, en;q=0.5", zh}));

TEST(Text, GivesItsLanguages) {
  const Text text{"号", "ticket"};
  EXPECT_EQ(text.in(Language::zh), "号");
  EXPECT_EQ(text.in(Language::en), "ticket");
}

RC_GTEST_PROP(AcceptLanguageProperty, AnyHeaderGivesALanguage, (const std::string& header)) {
  const auto language = language_from_header(header);
  RC_ASSERT(language == Language::zh || language == Language::en);
}

}  // namespace
}  // namespace doorstep
