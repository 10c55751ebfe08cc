// ID tokens, and every way in which one is not to be believed.
#include "identity/id_token.hpp"

#include <gmock/gmock.h>

#include "base/enums.hpp"
#include "testing/software_provider.hpp"

namespace doorstep::identity {

namespace {

using boost::json::object;
using testing::TokenKey;

constexpr Instant now{1'795'521'600'000'000};
constexpr std::int64_t second = now.micros / 1'000'000;

const IdTokenRules rules{
    .issuer = "https://city.example", .client_id = "doorstep", .nonce = "n-1", .at = now};

object claims() {
  return {{"iss", "https://city.example"}, {"sub", "1234"}, {"aud", "doorstep"},
          {"exp", second + 300},           {"iat", second}, {"nonce", "n-1"}};
}

std::vector<SigningKey> shown(const std::vector<TokenKey>& keys) {
  boost::json::array list;
  for (const auto& key : keys) list.push_back(key.jwk());
  return read_key_set(boost::json::serialize(object{{"keys", list}})).value();
}

// "right", or what is wrong.
std::string verdict(const std::string& token, const std::vector<SigningKey>& keys,
                    const IdTokenRules& wanted = rules) {
  const auto read = read_id_token(token, keys, wanted);
  return read ? "right" : std::string{name_of(read.error())};
}

// One key for all tests: making one of RSA takes long.
const TokenKey& ec() {
  static const TokenKey key{"k1", "ES256"};
  return key;
}
const TokenKey& rsa() {
  static const TokenKey key{"k2", "RS256"};
  return key;
}
const std::vector<SigningKey>& both() {
  static const auto keys = shown({ec(), rsa()});
  return keys;
}

std::string verdict_of_claims(const std::function<void(object&)>& change,
                              const IdTokenRules& wanted = rules) {
  auto changed = claims();
  change(changed);
  return verdict(ec().sign(changed), both(), wanted);
}

std::string verdict_of_header(const object& header) { return verdict(ec().sign(header, claims()), both()); }

}  // namespace

TEST(IdTokenTest, ARightOneOfEitherAlgorithmSaysWhoItIs) {
  for (const auto* key : {&ec(), &rsa()}) {
    const auto read = read_id_token(key->sign(claims()), both(), rules);
    ASSERT_TRUE(read) << key->algorithm << ' ' << name_of(read.error());
    EXPECT_EQ(read->subject, "1234");
    EXPECT_EQ(read->signed_in_at, std::nullopt);
  }
}

TEST(IdTokenTest, WhatItSaysIsHeldAgainstWhatWasAsked) {
  const struct {
    const char* verdict;
    std::function<void(object&)> change;
  } table[] = {
      {"right", [](object& c) { c["aud"] = boost::json::array{"doorstep"}; }},
      {"right", [](object& c) { c["azp"] = "doorstep"; }},
      {"right",
       [](object& c) {
         c["aud"] = boost::json::array{"other", "doorstep"};
         c["azp"] = "doorstep";
       }},
      {"right", [](object& c) { c["nbf"] = second; }},
      {"right", [](object& c) { c["name"] = "不要的"; }},
      {"right", [](object& c) { c["exp"] = second - 59; }},
      {"right", [](object& c) { c["iat"] = second + 60; }},
      {"right", [](object& c) { c["iat"] = second - 660; }},
      {"issuer", [](object& c) { c["iss"] = "https://city.example/"; }},
      {"issuer", [](object& c) { c["iss"] = "https://other.example"; }},
      {"issuer", [](object& c) { c["iss"] = boost::json::array{"https://city.example"}; }},
      {"issuer", [](object& c) { c.erase("iss"); }},
      {"subject", [](object& c) { c.erase("sub"); }},
      {"subject", [](object& c) { c["sub"] = ""; }},
      {"subject", [](object& c) { c["sub"] = 1234; }},
      {"subject", [](object& c) { c["sub"] = "12\n34"; }},
      {"subject", [](object& c) { c["sub"] = std::string(256, 'x'); }},
      {"audience", [](object& c) { c["aud"] = "other"; }},
      {"audience", [](object& c) { c.erase("aud"); }},
      {"audience", [](object& c) { c["aud"] = boost::json::array{}; }},
      {"audience", [](object& c) { c["aud"] = boost::json::array{"other"}; }},
      {"audience", [](object& c) { c["aud"] = boost::json::array{"other", "doorstep"}; }},
      {"audience",
       [](object& c) {
         c["aud"] = boost::json::array{"other", "doorstep"};
         c["azp"] = "other";
       }},
      {"audience", [](object& c) { c["azp"] = "other"; }},
      {"audience", [](object& c) { c["azp"] = nullptr; }},
      {"expired", [](object& c) { c["exp"] = second - 60; }},
      {"malformed", [](object& c) { c["exp"] = std::to_string(second + 300); }},
      {"malformed", [](object& c) { c["exp"] = -1; }},
      {"malformed", [](object& c) { c["exp"] = INT64_MAX; }},
      {"malformed", [](object& c) { c["exp"] = 1e300; }},
      {"malformed", [](object& c) { c.erase("exp"); }},
      {"malformed", [](object& c) { c.erase("iat"); }},
      {"malformed", [](object& c) { c["nbf"] = "soon"; }},
      {"from_the_future", [](object& c) { c["iat"] = second + 61; }},
      {"from_the_future", [](object& c) { c["nbf"] = second + 61; }},
      {"from_the_future", [](object& c) { c["auth_time"] = second + 61; }},
      {"too_old", [](object& c) { c["iat"] = second - 661; }},
      {"nonce", [](object& c) { c["nonce"] = "n-2"; }},
      {"nonce", [](object& c) { c["nonce"] = ""; }},
      {"nonce", [](object& c) { c.erase("nonce"); }},
  };
  int row = 0;
  for (const auto& [wanted, change] : table) {
    EXPECT_EQ(verdict_of_claims(change), wanted) << "row " << row;
    ++row;
  }
}

TEST(IdTokenTest, WhoHasToShowThemselvesAnewHasToHaveDoneSo) {
  auto anew = rules;
  anew.signed_in_since = now - std::chrono::minutes{5};
  EXPECT_EQ(verdict_of_claims([](object&) {}, anew), "signed_in_long_ago") << "it does not say when";
  EXPECT_EQ(verdict_of_claims([](object& c) { c["auth_time"] = "now"; }, anew), "signed_in_long_ago");
  EXPECT_EQ(verdict_of_claims([](object& c) { c["auth_time"] = second - 361; }, anew), "signed_in_long_ago");
  EXPECT_EQ(verdict_of_claims([](object& c) { c["auth_time"] = second - 360; }, anew), "right");
  EXPECT_EQ(verdict_of_claims([](object& c) { c["auth_time"] = second - 90'000; }), "right")
      << "nobody asked";
  auto said = claims();
  said["auth_time"] = second - 100;
  EXPECT_EQ(read_id_token(ec().sign(said), both(), anew)->signed_in_at, now - std::chrono::seconds{100});
}

TEST(IdTokenTest, TheAlgorithmIsOneOfTwo) {
  for (const auto* name : {"none", "None", "HS256", "HS512", "RS384", "PS256", "ES384", "EdDSA", "rs256", ""})
    EXPECT_EQ(verdict_of_header({{"alg", name}, {"kid", "k1"}}), "algorithm") << name;
  EXPECT_EQ(verdict_of_header({{"kid", "k1"}}), "algorithm");
  EXPECT_EQ(verdict_of_header({{"alg", 1}, {"kid", "k1"}}), "algorithm");
  EXPECT_EQ(verdict_of_header({{"alg", "ES256"}, {"kid", "k1"}, {"crit", boost::json::array{"b64"}}}),
            "malformed");
  // Of the other algorithm there is no key of that name: whoever signs does not choose how it is checked.
  EXPECT_EQ(verdict_of_header({{"alg", "RS256"}, {"kid", "k1"}}), "unknown_key");
}

TEST(IdTokenTest, UnsignedItSaysNothing) {
  const auto token = ec().sign({{"alg", "none"}}, claims());
  EXPECT_EQ(verdict(token.substr(0, token.rfind('.') + 1), both()), "algorithm");
  const auto right = ec().sign(claims());
  EXPECT_EQ(verdict(right.substr(0, right.rfind('.') + 1), both()), "signature");
  EXPECT_EQ(verdict(right.substr(0, right.rfind('.')), both()), "malformed");
}

TEST(IdTokenTest, TheKeyIsTheOneThatIsNamedOrTheOnlyOne) {
  const TokenKey other{"k1", "ES256"};
  EXPECT_EQ(verdict(other.sign(claims()), both()), "signature") << "of the same name, and another";
  const TokenKey stranger{"k9", "ES256"};
  EXPECT_EQ(verdict(stranger.sign(claims()), both()), "unknown_key");
  EXPECT_EQ(verdict(ec().sign(claims()), {}), "unknown_key");
  EXPECT_EQ(verdict_of_header({{"alg", "ES256"}}), "right") << "there is but one of its kind";
  EXPECT_EQ(verdict(ec().sign({{"alg", "ES256"}}, claims()), shown({ec(), stranger})), "unknown_key");
}

TEST(IdTokenTest, AChangedOneIsRefused) {
  const auto token = ec().sign(claims());
  const auto first = token.find('.'), second_dot = token.rfind('.');
  auto said = claims();
  said["sub"] = "5678";
  const auto forged =
      token.substr(0, first + 1) + to_base64url(boost::json::serialize(said)) + token.substr(second_dot);
  EXPECT_EQ(verdict(forged, both()), "signature");
  EXPECT_EQ(verdict(token + "AA", both()), "signature");
  EXPECT_EQ(verdict(token.substr(0, second_dot + 1) + to_base64url(std::string(64, '\0')), both()),
            "signature");
  EXPECT_EQ(verdict(token.substr(0, second_dot + 1) + to_base64url(std::string(64, '\xff')), both()),
            "signature");
  const auto of_rsa = rsa().sign(claims());
  EXPECT_EQ(verdict(of_rsa.substr(0, of_rsa.rfind('.') + 1) + "AAAA", both()), "signature");
}

TEST(IdTokenTest, WhatIsNoTokenIsRefused) {
  const auto token = ec().sign(claims());
  const auto body = token.substr(token.find('.'));
  for (const auto& text :
       {std::string{}, std::string{"."}, std::string{".."}, std::string{"a.b.c"}, token + ".x", "!" + token,
        to_base64url("[]") + body, to_base64url("{\"alg\":") + body,
        to_base64url(R"({"alg":"ES256","alg":"none"})") + body,
        token.substr(0, token.find('.')) + "." + to_base64url("null") + ".AAAA",
        std::string(id_token_bytes_max + 1, 'a'), std::string("\0.\0.\0", 5)})
    EXPECT_THAT(verdict(text, both()), ::testing::AnyOf("malformed", "signature")) << text.substr(0, 60);
}

TEST(KeySetTest, WhatCannotSignIsPassedOver) {
  const auto set = [](const std::function<void(object&)>& change, const TokenKey& key) {
    auto json = key.jwk();
    change(json);
    return read_key_set(boost::json::serialize(object{{"keys", boost::json::array{json}}})).value().size();
  };
  const auto same = [](object&) {};
  EXPECT_EQ(set(same, ec()), 1U);
  EXPECT_EQ(set(same, rsa()), 1U);
  for (const auto* name : {"alg", "use", "kid"})
    EXPECT_EQ(set([&](object& k) { k.erase(name); }, ec()), 1U) << name;
  for (const auto* name : {"kty", "crv", "x", "y"})
    EXPECT_EQ(set([&](object& k) { k.erase(name); }, ec()), 0U) << name;
  for (const auto* name : {"kty", "n", "e"})
    EXPECT_EQ(set([&](object& k) { k.erase(name); }, rsa()), 0U) << name;
  EXPECT_EQ(set([](object& k) { k["use"] = "enc"; }, ec()), 0U);
  EXPECT_EQ(set([](object& k) { k["alg"] = "ES384"; }, ec()), 0U);
  EXPECT_EQ(set([](object& k) { k["alg"] = "RS512"; }, rsa()), 0U);
  EXPECT_EQ(set([](object& k) { k["crv"] = "P-384"; }, ec()), 0U);
  EXPECT_EQ(set([](object& k) { k["x"] = k["y"]; }, ec()), 0U) << "a point beside the curve";
  EXPECT_EQ(set([](object& k) { k["n"] = to_base64url(std::string(128, '\x81')); }, rsa()), 0U)
      << "1024 bits";
  EXPECT_EQ(set([](object& k) { k["n"] = to_base64url(std::string(1'025, '\x81')); }, rsa()), 0U);
  EXPECT_EQ(set([](object& k) { k["kty"] = "oct"; }, rsa()), 0U) << "a shared secret";
}

TEST(KeySetTest, WhatIsNoSetIsNone) {
  for (const auto* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":1})", "{\"keys\":["})
    EXPECT_FALSE(read_key_set(text)) << text;
  EXPECT_TRUE(read_key_set(R"({"keys":[1,{},"x"]})")->empty());
  std::string many;
  for (std::size_t i = 0; i <= keys_max; ++i) many += i == 0 ? "{}" : ",{}";
  EXPECT_FALSE(read_key_set("{\"keys\":[" + many + "]}"));
}

}  // namespace doorstep::identity
