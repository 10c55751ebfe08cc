// The codes of RFC 6238 and RFC 4648's letters, by their test vectors.
#include "identity/totp.hpp"

#include <gtest/gtest.h>

#include "identity/qr_picture.hpp"

namespace doorstep::identity {
namespace {

const std::string rfc_secret = "12345678901234567890";

Instant at_second(std::int64_t second) { return {second * 1'000'000}; }

TEST(Totp, AgreesWithTheVectorsOfRfc6238) {
  // Appendix B, SHA-1; the vectors have eight digits, an app shows the last six.
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "287082"},
                                                          {1'111'111'109, "081804"},
                                                          {1'111'111'111, "050471"},
                                                          {1'234'567'890, "005924"},
                                                          {2'000'000'000, "279037"},
                                                          {20'000'000'000, "353130"}};
  for (const auto& [second, code] : vectors)
    EXPECT_EQ(totp_code(rfc_secret, totp_step(at_second(second))), code) << second;
}

TEST(Totp, TakesTheStepBeforeAndAfterAndNoOther) {
  const auto at = at_second(1'234'567'890);
  const auto now = totp_step(at);
  for (const auto& [step, found] :
       {std::pair{now - 2, false}, {now - 1, true}, {now, true}, {now + 1, true}, {now + 2, false}}) {
    const auto code = totp_code(rfc_secret, step);
    EXPECT_EQ(step_of_code(rfc_secret, code, at, 0), found ? std::optional{step} : std::nullopt)
        << step - now;
  }
}

TEST(Totp, TakesNoStepThatWasTakenNorOneBeforeIt) {
  const auto at = at_second(1'234'567'890);
  const auto now = totp_step(at);
  EXPECT_EQ(step_of_code(rfc_secret, totp_code(rfc_secret, now), at, now), std::nullopt);
  EXPECT_EQ(step_of_code(rfc_secret, totp_code(rfc_secret, now - 1), at, now), std::nullopt);
  EXPECT_EQ(step_of_code(rfc_secret, totp_code(rfc_secret, now + 1), at, now), now + 1);
}

TEST(Totp, TakesNothingElse) {
  const auto at = at_second(59);
  for (const auto* code : {"", "28708", "2870820", "28708a", "94287082", "287083"})
    EXPECT_EQ(step_of_code(rfc_secret, code, at, 0), std::nullopt) << code;
}

TEST(Totp, WritesTheSecretAsAppsReadIt) {
  const std::pair<const char*, const char*> vectors[] = {// RFC 4648, 10
                                                         {"f", "MY"},           {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},      {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) EXPECT_EQ(to_base32(bytes), text);
  EXPECT_EQ(otpauth_uri("foobar", "Doorstep town.example:8443", "王 one"),
            "otpauth://totp/Doorstep%20town.example%3A8443:%E7%8E%8B%20one?secret=MZXW6YTBOI"
            "&issuer=Doorstep%20town.example%3A8443&algorithm=SHA1&digits=6&period=30");
}

TEST(QrPictures, AreDrawnRowByRow) {
  const auto picture = qr_picture("HI");
  EXPECT_EQ(picture.size, 21) << "the smallest code";
  // The finder in the upper left corner: seven dark, then its two sides.
  EXPECT_TRUE(picture.path.starts_with("M0 0h7v1h-7z")) << picture.path;
  EXPECT_NE(picture.path.find("M0 1h1v1h-1zM6 1h1v1h-1z"), std::string::npos) << picture.path;
  EXPECT_NE(picture.path.find("M14 0h7v1h-7z"), std::string::npos) << picture.path;
  EXPECT_EQ(picture.path.find_first_not_of("0123456789Mhvz -"), std::string::npos);
}

}  // namespace
}  // namespace doorstep::identity
