// The city's provider of OpenID Connect without a city: keys of OpenSSL, and the answers that a real one
// gives. It has no network; the program asks it through `web()`. What a test sets on it goes wrong from then
// on.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/crypto.hpp"
#include "base/time.hpp"
#include "journal/web.hpp"

namespace doorstep::testing {

// Signs tokens, and shows its public half as a JWK.
class TokenKey {
 public:
  explicit TokenKey(std::string id_ = "k1", std::string algorithm_ = "ES256")
      : id(std::move(id_)),
        algorithm(std::move(algorithm_)),
        key_(algorithm == "ES256" ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048), EVP_PKEY_free) {
    if (!key_) throw std::runtime_error{"no key"};
  }

  std::string id, algorithm;

  boost::json::object jwk() const {
    boost::json::object json{{"kid", id}, {"use", "sig"}, {"alg", algorithm}};
    if (algorithm == "ES256") {
      json["kty"] = "EC";
      json["crv"] = "P-256";
      json["x"] = to_base64url(number(OSSL_PKEY_PARAM_EC_PUB_X, 32));
      json["y"] = to_base64url(number(OSSL_PKEY_PARAM_EC_PUB_Y, 32));
    } else {
      json["kty"] = "RSA";
      json["n"] = to_base64url(number(OSSL_PKEY_PARAM_RSA_N, 256));
      json["e"] = "AQAB";
    }
    return json;
  }

  std::string sign(const boost::json::object& header, const boost::json::object& claims) const {
    const auto text =
        to_base64url(boost::json::serialize(header)) + '.' + to_base64url(boost::json::serialize(claims));
    return text + '.' + to_base64url(signature_of(text));
  }
  std::string sign(const boost::json::object& claims) const {
    return sign({{"alg", algorithm}, {"kid", id}, {"typ", "JWT"}}, claims);
  }

 private:
  std::string number(const char* name, int bytes) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &value);
    std::string out(static_cast<std::size_t>(bytes), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(out.data()), bytes);
    BN_free(value);
    return out;
  }

  std::string signature_of(const std::string& text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1)
      throw std::runtime_error{"no signature"};
    std::string made(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, bytes, text.size());
    made.resize(size);
    return algorithm == "ES256" ? side_by_side(made) : made;
  }

  static std::string side_by_side(const std::string& asn1) {
    const auto* at = reinterpret_cast<const unsigned char*>(asn1.data());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(asn1.size())), ECDSA_SIG_free};
    std::string both(64, '\0');
    auto* out = reinterpret_cast<unsigned char*>(both.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + 32, 32);
    return both;
  }

  std::shared_ptr<EVP_PKEY> key_;
};

// What the browser brings back from the provider.
struct CameBack {
  std::string code, state;

  std::string json(const std::string& more = {}) const {
    return R"({"code":")" + code + R"(","state":")" + state + '"' + more + "}";
  }
};

class SoftwareProvider {
 public:
  explicit SoftwareProvider(const Clock& clock) : clock_(clock) {}

  std::string issuer = "https://city.example";
  std::string client_id = "doorstep";
  std::string client_secret = "s3cret & more";

  // What goes wrong.
  bool away = false;
  std::map<std::string, WebAnswer> instead;                // of the answer at that address
  std::function<void(boost::json::object& claims)> forge;  // what a token says
  Microseconds signed_in_before{};                         // they showed password or card so long ago
  bool says_when = true;                                   // they did
  TokenKey key;                                            // that tokens are signed with
  std::vector<TokenKey> shown = {key};                     // those that the provider owns up to

  // By its clock.
  Instant at() const { return clock_.now(); }

  // What it was asked, "GET https://…".
  std::vector<std::string> asked() const {
    const std::lock_guard lock{mutex_};
    return asked_;
  }

  // Somebody goes to the address that the town gave, signs in there, and is sent back.
  CameBack sign_in(const std::string& address, const std::string& subject) {
    const std::lock_guard lock{mutex_};
    auto query = members_of(address.substr(address.find('?') + 1));
    if (query["response_type"] != "code" || query["client_id"] != client_id ||
        query["code_challenge_method"] != "S256")
      throw std::runtime_error{"the provider does not understand " + address};
    const auto code = "code-" + std::to_string(++codes_made_);
    codes_[code] = {.query = query, .subject = subject};
    return {code, query["state"]};
  }

  // A line to it, for as long as it lives.
  std::unique_ptr<Web> web() { return std::make_unique<Line>(*this); }

 private:
  using Members = std::map<std::string, std::string>;
  struct Given {
    Members query;
    std::string subject;
  };
  struct Line : Web {
    explicit Line(SoftwareProvider& provider_) : provider(provider_) {}
    WebAnswer ask(const WebQuestion& question) override { return provider.answer(question); }
    SoftwareProvider& provider;
  };

  static std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '%') {
        out += text[i];
        continue;
      }
      out += from_hex(text.substr(i + 1, 2));
      i += 2;
    }
    return out;
  }
  static Members members_of(std::string_view query) {
    Members members;
    while (!query.empty()) {
      const auto end = std::min(query.find('&'), query.size());
      const auto member = query.substr(0, end);
      const auto sign = std::min(member.find('='), member.size());
      members[plain(member.substr(0, sign))] = plain(member.substr(std::min(sign + 1, member.size())));
      query.remove_prefix(std::min(end + 1, query.size()));
    }
    return members;
  }

  WebAnswer answer(const WebQuestion& question) {
    const std::lock_guard lock{mutex_};
    asked_.push_back((question.form.empty() ? "GET " : "POST ") + question.url);
    if (away) return {.why = "Timeout was reached"};
    if (const auto other = instead.find(question.url); other != instead.end()) return other->second;
    if (question.url == issuer + "/.well-known/openid-configuration") return document();
    if (question.url == issuer + "/keys") return keys();
    if (question.url == issuer + "/token") return token(question);
    return {.status = 404};
  }

  WebAnswer document() const {
    return json({{"issuer", issuer},
                 {"authorization_endpoint", issuer + "/sign-in"},
                 {"token_endpoint", issuer + "/token"},
                 {"jwks_uri", issuer + "/keys"}});
  }
  WebAnswer keys() const {
    boost::json::array list;
    for (const auto& each : shown) list.push_back(each.jwk());
    return json({{"keys", list}});
  }
  WebAnswer token(const WebQuestion& question) {
    auto said = members_of(question.form);
    if (plain(question.user) != client_id || plain(question.password.reveal()) != client_secret)
      return {.status = 401, .body = R"({"error":"invalid_client"})"};
    const auto found = codes_.find(said["code"]);
    if (found == codes_.end()) return {.status = 400, .body = R"({"error":"invalid_grant"})"};
    auto given = found->second;
    codes_.erase(found);
    const bool fits = said["redirect_uri"] == given.query["redirect_uri"] &&
                      to_base64url(sha256(said["code_verifier"])) == given.query["code_challenge"];
    if (!fits) return {.status = 400, .body = R"({"error":"invalid_grant"})"};
    const auto now = clock_.now().micros / 1'000'000;
    boost::json::object claims{{"iss", issuer},
                               {"sub", given.subject},
                               {"aud", client_id},
                               {"exp", now + 300},
                               {"iat", now},
                               {"nonce", given.query["nonce"]},
                               {"name", "示例 王秀英"},
                               {"phone_number", "13900000077"}};
    if (says_when)
      claims["auth_time"] = now - std::chrono::duration_cast<std::chrono::seconds>(signed_in_before).count();
    if (forge) forge(claims);
    return json({{"token_type", "Bearer"}, {"access_token", "unused"}, {"id_token", key.sign(claims)}});
  }

  static WebAnswer json(const boost::json::object& object) {
    return {.status = 200, .body = boost::json::serialize(object)};
  }

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
  std::map<std::string, Given> codes_;
  int codes_made_ = 0;
};

}  // namespace doorstep::testing
