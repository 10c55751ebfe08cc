#include "identity/identity_number.hpp"

#include <gtest/gtest.h>

namespace doorstep::identity {
namespace {

// Invented, of places that do not exist (000000). The first is the example of GB 11643-1999 itself.
TEST(IdentityNumber, IsKnownByItsCheckCharacter) {
  for (const auto* number : {"11010519491231002X", "00000019500101001X"}) {
    EXPECT_TRUE(is_identity_number(number)) << number;
  }
  EXPECT_EQ(to_string(*birth_date_in("11010519491231002X")), "1949-12-31");
}

TEST(IdentityNumber, IsRefusedWithOneCharacterChangedOrTwoSwapped) {
  const std::string right = "11010519491231002X";
  for (std::size_t i = 0; i + 1 < right.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto wrong = right;
      wrong[i] = digit;
      EXPECT_EQ(is_identity_number(wrong), wrong == right) << wrong;
    }
    auto swapped = right;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_EQ(is_identity_number(swapped), swapped == right) << swapped;
  }
}

TEST(IdentityNumber, HasItsForm) {
  for (const auto* number : {"", "11010519491231002x", "1101051949123100X", "110105491231002",
                             "11010519491331002X", "A1010519491231002X", "11010519491231002XX"}) {
    EXPECT_FALSE(is_identity_number(number)) << number;
  }
}

}  // namespace
}  // namespace doorstep::identity
