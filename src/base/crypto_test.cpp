#include "base/crypto.hpp"

#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace doorstep {
namespace {

std::string unhex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(Entropy, OfTheSystemNeverRepeats) {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(seen.insert(new_token(system_entropy())).second);
}

TEST(Entropy, OfASeedRepeats) {
  SeededEntropy a(7);
  SeededEntropy b(7);
  SeededEntropy c(8);
  const auto first = random_bytes(a, 100);
  EXPECT_EQ(first, random_bytes(b, 100));
  EXPECT_NE(first, random_bytes(c, 100));
  EXPECT_NE(first, random_bytes(a, 100));
}

TEST(Tokens, Are128BitsIn22Characters) {
  SeededEntropy entropy(1);
  for (int i = 0; i < 1'000; ++i) {
    const auto token = new_token(entropy);
    EXPECT_EQ(token.size(), token_chars);
    EXPECT_TRUE(is_token(token)) << token;
    EXPECT_TRUE(same_token(token, std::string(token)));
  }
  EXPECT_TRUE(is_token("AAAAAAAAAAAAAAAAAAAAAA"));
  for (const auto* text : {"", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA=",
                           "AAAAAAAAAAAAAAAAAAAA+A", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAA AAAAAAAAAAA"}) {
    EXPECT_FALSE(is_token(text)) << text;
  }
  EXPECT_FALSE(same_token("a", "ab"));
  EXPECT_FALSE(same_token("aa", "ab"));
  EXPECT_TRUE(same_token("", ""));
}

TEST(Digests, AreTheStandardOnes) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  // RFC 4231, case 2.
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 5869, cases 1 and 3.
  EXPECT_EQ(to_hex(hkdf_sha256(std::string(22, '\x0b'), unhex("000102030405060708090a0b0c"),
                               unhex("f0f1f2f3f4f5f6f7f8f9"), 42)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_EQ(to_hex(hkdf_sha256(std::string(22, '\x0b'), "", "", 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  EXPECT_EQ(to_base64url("\xfb\xff\xfe"), "-__-");
}

TEST(Base64url, IsReadBackAndNothingElseIs) {
  for (std::size_t size = 0; size < 70; ++size) {
    const auto bytes = random_bytes(system_entropy(), size);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes) << size;
  }
  for (const auto* text : {"A", "AA==", "A+/A", "AAAA\n", "AA AA", "AB"})
    EXPECT_EQ(from_base64url(text), "") << text;
}

TEST(Passwords, AreVerified) {
  const auto stored = hash_password("correct horse", password_cost_for_tests);
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << stored;
  EXPECT_TRUE(verify_password(stored, "correct horse"));
  EXPECT_FALSE(verify_password(stored, "correct horse "));
  EXPECT_FALSE(verify_password(stored, ""));
  EXPECT_NE(stored, hash_password("correct horse", password_cost_for_tests));
  for (const auto& broken : {std::string(), std::string("x"), stored.substr(0, 40), std::string(500, 'x')}) {
    EXPECT_FALSE(verify_password(broken, "correct horse"));
    EXPECT_TRUE(password_hash_outdated(broken));
  }
  EXPECT_TRUE(password_hash_outdated(stored));
  EXPECT_FALSE(password_hash_outdated(stored, password_cost_for_tests));
  EXPECT_FALSE(verify_nobody("correct horse", password_cost_for_tests));
}

TEST(Passwords, CostWhatIsSaid) {
  const auto stored = hash_password("x");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << stored;
  EXPECT_FALSE(password_hash_outdated(stored));
  EXPECT_TRUE(verify_password(stored, "x"));
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!Printable<Secret> && Printable<std::string>);
static_assert(!fmt::is_formattable<Secret>::value && fmt::is_formattable<std::string>::value);
static_assert(!std::is_convertible_v<Secret, std::string> &&
              !std::is_convertible_v<Secret, std::string_view>);

TEST(Secrets, AreRevealedOnlyWhenAsked) {
  Secret secret(std::string("hidden"));
  EXPECT_EQ(secret.reveal(), "hidden");
  Secret moved(std::move(secret));
  EXPECT_EQ(moved.reveal(), "hidden");
  EXPECT_TRUE(secret.empty());  // NOLINT(bugprone-use-after-move): this is what is tested
  Secret copy;
  copy = moved;
  EXPECT_EQ(copy.reveal(), "hidden");
  copy = std::move(moved);
  EXPECT_EQ(copy.reveal(), "hidden");
  EXPECT_TRUE(moved.empty());  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace doorstep
