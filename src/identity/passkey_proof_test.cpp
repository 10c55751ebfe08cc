// What browsers and authenticators say, held against real signatures.
#include "identity/passkey_proof.hpp"

#include <gtest/gtest.h>

#include "testing/software_authenticator.hpp"

namespace doorstep::identity {
namespace {

using testing::SignedPasskey;
using testing::SoftwareAuthenticator;

const std::string host = "town.example";
const std::string challenge = "AAAAAAAAAAAAAAAAAAAAAA";

std::string client_data(const std::string& type, const std::string& origin, const std::string& more = "") {
  return R"({"type":")" + type + R"(","challenge":")" + challenge + R"(","origin":")" + origin + '"' + more +
         "}";
}

class EachAlgorithm : public ::testing::TestWithParam<PasskeyAlgorithm> {
 protected:
  EachAlgorithm() {
    const auto read = read_new_passkey(key.make(challenge).authenticator_data, host);
    if (!read) throw std::runtime_error{"the new key was not read"};
    made = *read;
  }
  std::optional<std::int64_t> checked(const SignedPasskey& parts, const std::string& by = host) const {
    return check_assertion({parts.client_data, parts.authenticator_data, parts.signature}, made.algorithm,
                           made.public_key, by);
  }

  SoftwareAuthenticator key{GetParam()};
  NewPasskey made;
};

TEST_P(EachAlgorithm, IsReadAsItWasMade) {
  EXPECT_EQ(made.algorithm, GetParam());
  EXPECT_EQ(made.credential, to_base64url(key.credential));
  EXPECT_EQ(made.sign_count, 0);
}

TEST_P(EachAlgorithm, SignsWhatIsThenTaken) {
  EXPECT_EQ(checked(key.sign(challenge)), 1);
  EXPECT_EQ(checked(key.sign(challenge)), 2);
  key.count = 0xfffffffeU;
  EXPECT_EQ(checked(key.sign(challenge)), 0xffffffffLL);
}

TEST_P(EachAlgorithm, SignsEveryByte) {
  const auto right = key.sign(challenge);
  for (const auto part :
       {&SignedPasskey::client_data, &SignedPasskey::authenticator_data, &SignedPasskey::signature}) {
    const auto size = (right.*part).size();
    for (std::size_t i = 0; i < size; i += 1 + size / 40) {
      auto tampered = right;
      (tampered.*part)[i] = static_cast<char>((tampered.*part)[i] ^ 1);
      EXPECT_EQ(checked(tampered), std::nullopt) << i;
      auto cut = right;
      (cut.*part).resize(i);
      EXPECT_EQ(checked(cut), std::nullopt) << i;
    }
  }
}

TEST_P(EachAlgorithm, IsNoOtherKey) {
  SoftwareAuthenticator other{GetParam()};
  EXPECT_EQ(checked(other.sign(challenge)), std::nullopt);
}

TEST_P(EachAlgorithm, ServesItsHostAlone) {
  EXPECT_EQ(checked(key.sign(challenge), "other.example"), std::nullopt);
  key.host = "other.example";
  EXPECT_EQ(checked(key.sign(challenge)), std::nullopt);
  EXPECT_FALSE(read_new_passkey(key.make(challenge).authenticator_data, host));
}

TEST_P(EachAlgorithm, HasToKnowItsUser) {
  key.user_verified = false;
  EXPECT_EQ(checked(key.sign(challenge)), std::nullopt);
  EXPECT_FALSE(read_new_passkey(key.make(challenge).authenticator_data, host));
  key.user_verified = true;
  key.user_present = false;
  EXPECT_EQ(checked(key.sign(challenge)), std::nullopt);
  EXPECT_FALSE(read_new_passkey(key.make(challenge).authenticator_data, host));
}

TEST_P(EachAlgorithm, IsReadWholeOrNotAtAll) {
  const auto data = key.make(challenge).authenticator_data;
  for (std::size_t size = 0; size < data.size(); ++size)
    EXPECT_FALSE(read_new_passkey(data.substr(0, size), host)) << size;
  EXPECT_FALSE(read_new_passkey(key.sign(challenge).authenticator_data, host)) << "without a key";
}

INSTANTIATE_TEST_SUITE_P(passkeys, EachAlgorithm,
                         ::testing::Values(PasskeyAlgorithm::es256, PasskeyAlgorithm::eddsa,
                                           PasskeyAlgorithm::rs256),
                         [](const auto& each) {
                           switch (each.param) {
                             case PasskeyAlgorithm::es256: return "es256";
                             case PasskeyAlgorithm::eddsa: return "eddsa";
                             case PasskeyAlgorithm::rs256: return "rs256";
                           }
                           return "";
                         });

TEST(PasskeyProof, TakesNoPointThatIsNotOnTheCurve) {
  SoftwareAuthenticator key;
  auto data = key.make(challenge).authenticator_data;
  data.back() = static_cast<char>(data.back() ^ 1);
  EXPECT_FALSE(read_new_passkey(data, host));
}

TEST(PasskeyProof, IsOfThePageItWasAskedOn) {
  struct Case {
    std::string origin, host;
    bool right;
  };
  const Case cases[] = {{"https://town.example", "town.example", true},
                        {"https://town.example:8443", "town.example:8443", true},
                        {"https://town.example:8443", "town.example", false},
                        {"https://town.example", "town.example:8443", false},
                        {"http://town.example", "town.example", false},
                        {"https://www.town.example", "town.example", false},
                        {"https://town.example.evil.example", "town.example", false},
                        {"https://evil.example", "town.example", false},
                        {"http://localhost:8080", "localhost:8080", true},
                        {"https://localhost:8080", "localhost:8080", true},
                        {"http://notlocalhost:8080", "notlocalhost:8080", false},
                        {"http://desk.localhost", "desk.localhost", true},
                        {"https://", "", false},
                        {"", "", false}};
  for (const auto& each : cases) {
    const auto read = read_client_data(client_data("webauthn.get", each.origin), Ceremony::get, each.host);
    EXPECT_EQ(read.has_value(), each.right) << each.origin << " at " << each.host;
    if (read) {
      EXPECT_EQ(read->challenge, challenge);
    }
  }
}

TEST(PasskeyProof, IsOfItsCeremony) {
  const auto read = [](const std::string& json, Ceremony ceremony) {
    return read_client_data(json, ceremony, host).has_value();
  };
  const std::string origin = "https://town.example";
  EXPECT_TRUE(read(client_data("webauthn.create", origin), Ceremony::create));
  EXPECT_FALSE(read(client_data("webauthn.create", origin), Ceremony::get));
  EXPECT_FALSE(read(client_data("webauthn.get", origin), Ceremony::create));
  EXPECT_FALSE(read(client_data("payment.get", origin), Ceremony::get));
  const std::string more = R"(,"crossOrigin":false,"later":{"x":[1]})";
  EXPECT_TRUE(read(client_data("webauthn.get", origin, more), Ceremony::get));
  EXPECT_FALSE(read(client_data("webauthn.get", origin, R"(,"crossOrigin":true)"), Ceremony::get));
  EXPECT_FALSE(read(client_data("webauthn.get", origin, R"(,"crossOrigin":"no")"), Ceremony::get));
  for (const auto* json : {"", "[]", "{", "null", R"({"type":"webauthn.get"})", R"({"type":1,"origin":2})"})
    EXPECT_FALSE(read(json, Ceremony::get)) << json;
}

}  // namespace
}  // namespace doorstep::identity
