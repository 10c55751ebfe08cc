#include "identity/id_token.hpp"

#include <algorithm>
#include <array>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include "base/crypto.hpp"
#include "identity/json_members.hpp"

namespace doorstep::identity {

namespace {

using boost::json::object;
using std::unexpected;

constexpr std::int64_t seconds_most = 253'402'300'799;  // the end of the year 9999
constexpr std::size_t half_of_es256 = 32;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// The three parts of a token, the last two as they came.
struct Parts {
  object header, claims;
  std::string_view is_signed;
  std::string signature;
};

std::optional<Parts> parts_of(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (token.size() > id_token_bytes_max || second == std::string_view::npos) return std::nullopt;
  auto header = object_in(from_base64url(token.substr(0, first)));
  auto claims = object_in(from_base64url(token.substr(first + 1, second - first - 1)));
  if (!header || !claims) return std::nullopt;
  return Parts{std::move(*header), std::move(*claims), token.substr(0, second),
               from_base64url(token.substr(second + 1))};
}

std::optional<Instant> instant_in(const object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  const auto* seconds = value == nullptr ? nullptr : value->if_int64();
  if (seconds == nullptr || *seconds < 0 || *seconds > seconds_most) return std::nullopt;
  return Instant{*seconds * 1'000'000};
}

std::optional<TokenAlgorithm> algorithm_named(std::string_view name) {
  if (name == "RS256") return TokenAlgorithm::rs256;
  if (name == "ES256") return TokenAlgorithm::es256;
  return std::nullopt;
}

// The key that the token names; without a name there has to be but one of its kind.
const SigningKey* key_for(const object& header, TokenAlgorithm algorithm, std::span<const SigningKey> keys) {
  const auto name = text_in(header, "kid");
  const SigningKey* found = nullptr;
  for (const auto& key : keys) {
    if (key.algorithm != algorithm || (name && key.id != *name)) continue;
    if (found != nullptr) return nullptr;
    found = &key;
  }
  return found;
}

// ES256 signs as two numbers side by side, OpenSSL as ASN.1.
std::string as_asn1(std::string_view signature) {
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{ECDSA_SIG_new(), ECDSA_SIG_free};
  const auto number = [&](std::size_t from) {
    return BN_bin2bn(bytes_of(signature.substr(from)), half_of_es256, nullptr);
  };
  if (!pair || ECDSA_SIG_set0(pair.get(), number(0), number(half_of_es256)) != 1) return {};
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
  if (size <= 0) return {};
  std::string written{reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  OPENSSL_free(bytes);
  return written;
}

bool is_signed_with(const SigningKey& key, std::string_view text, std::string signature) {
  if (key.algorithm == TokenAlgorithm::es256) {
    if (signature.size() != 2 * half_of_es256) return false;
    signature = as_asn1(signature);
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text),
                          text.size()) == 1;
}

std::optional<TokenFault> signature_fault(const Parts& parts, std::span<const SigningKey> keys) {
  const auto algorithm = algorithm_named(text_in(parts.header, "alg").value_or(""));
  if (!algorithm) return TokenFault::algorithm;
  // An extension that has to be understood: none is.
  if (parts.header.contains("crit")) return TokenFault::malformed;
  const auto* key = key_for(parts.header, *algorithm, keys);
  if (key == nullptr) return TokenFault::unknown_key;
  if (!is_signed_with(*key, parts.is_signed, parts.signature)) return TokenFault::signature;
  return std::nullopt;
}

// For us, and where it is for others, too, made at our own wish.
bool is_for(const object& claims, const std::string& client) {
  const auto* audience = claims.if_contains("aud");
  const auto* several = audience == nullptr ? nullptr : audience->if_array();
  const auto is_us = [&](const boost::json::value& each) {
    return each.is_string() && each.as_string() == client;
  };
  const bool named =
      several != nullptr ? std::ranges::any_of(*several, is_us) : audience != nullptr && is_us(*audience);
  const auto* party = claims.if_contains("azp");
  if (party == nullptr) return named && (several == nullptr || several->size() == 1);
  return named && is_us(*party);
}

std::optional<TokenFault> time_fault(const object& claims, const IdTokenRules& rules) {
  const auto expires = instant_in(claims, "exp"), made = instant_in(claims, "iat");
  if (!expires || !made) return TokenFault::malformed;
  if (rules.at >= *expires + clock_leeway) return TokenFault::expired;
  const auto latest = rules.at + clock_leeway;
  if (*made > latest) return TokenFault::from_the_future;
  if (claims.contains("nbf")) {
    const auto from = instant_in(claims, "nbf");
    if (!from) return TokenFault::malformed;
    if (*from > latest) return TokenFault::from_the_future;
  }
  if (*made + id_token_age_most + clock_leeway < rules.at) return TokenFault::too_old;
  const auto signed_in = instant_in(claims, "auth_time");
  if (signed_in && *signed_in > latest) return TokenFault::from_the_future;
  if (rules.signed_in_since && (!signed_in || *signed_in + clock_leeway < *rules.signed_in_since))
    return TokenFault::signed_in_long_ago;
  return std::nullopt;
}

bool is_subject(const std::string& text) {
  return !text.empty() && text.size() <= subject_bytes_max &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7f'; });
}

}  // namespace

std::expected<IdToken, TokenFault> read_id_token(std::string_view token, std::span<const SigningKey> keys,
                                                 const IdTokenRules& rules) {
  const auto parts = parts_of(token);
  if (!parts) return unexpected(TokenFault::malformed);
  if (const auto fault = signature_fault(*parts, keys)) return unexpected(*fault);
  const auto& claims = parts->claims;
  if (text_in(claims, "iss") != rules.issuer) return unexpected(TokenFault::issuer);
  const auto subject = text_in(claims, "sub");
  if (!subject || !is_subject(*subject)) return unexpected(TokenFault::subject);
  if (!is_for(claims, rules.client_id)) return unexpected(TokenFault::audience);
  if (const auto fault = time_fault(claims, rules)) return unexpected(*fault);
  if (!same_token(text_in(claims, "nonce").value_or(""), rules.nonce)) return unexpected(TokenFault::nonce);
  return IdToken{.subject = *subject, .signed_in_at = instant_in(claims, "auth_time")};
}

}  // namespace doorstep::identity
