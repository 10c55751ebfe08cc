#include "base/digest.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace doorstep {
namespace {

TEST(Digests, OfPiecesAreThoseOfTheWhole) {
  const std::string text(100'000, 'x');
  for (const std::size_t piece : {std::size_t{1}, std::size_t{64}, std::size_t{99'999}, text.size()}) {
    Sha256 digest;
    digest.add("");
    for (std::size_t at = 0; at < text.size(); at += piece)
      digest.add(std::string_view{text}.substr(at, piece));
    EXPECT_EQ(digest.hex(), sha256_hex(text)) << piece;
  }
  EXPECT_EQ(Sha256{}.hex(), sha256_hex(""));
}

}  // namespace
}  // namespace doorstep
