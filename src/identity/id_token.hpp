// Who has signed in elsewhere, as a provider of OpenID Connect says it in an ID token, and whether it is to
// be believed (OpenID Connect Core 1.0, 3.1.3.7; RFC 7515, 7517 and 7519).
//
// Pure: no network, no clock. Two algorithms are taken, both with a public key of the provider; a token that
// names another one ("none", or one whose key would be a shared secret) is refused before anything is
// computed.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>
#include <openssl/types.h>

#include "base/time.hpp"

namespace doorstep::identity {

enum class TokenAlgorithm { rs256, es256 };

// One that a token may be signed with.
struct SigningKey {
  std::string id;  // "kid"; empty: it has none
  TokenAlgorithm algorithm{};
  std::shared_ptr<EVP_PKEY> key;
};

// Those of a JWK set; what cannot sign ID tokens is passed over. Nothing when it is no such set.
std::optional<std::vector<SigningKey>> read_key_set(std::string_view json);

// What a token has to say.
struct IdTokenRules {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  std::optional<Instant> signed_in_since = {};  // password or card shown since then; absent: whenever
  Instant at;
};

struct IdToken {
  std::string subject;                       // who, at that issuer for ever
  std::optional<Instant> signed_in_at = {};  // when they showed password or card; not everybody says it
};

enum class TokenFault {
  malformed,
  algorithm,
  unknown_key,
  signature,
  issuer,
  subject,
  audience,
  expired,
  from_the_future,
  too_old,
  nonce,
  signed_in_long_ago
};
BOOST_DESCRIBE_ENUM(TokenFault, malformed, algorithm, unknown_key, signature, issuer, subject, audience,
                    expired, from_the_future, too_old, nonce, signed_in_long_ago)

std::expected<IdToken, TokenFault> read_id_token(std::string_view token, std::span<const SigningKey> keys,
                                                 const IdTokenRules& rules);

inline constexpr std::size_t id_token_bytes_max = 16 * 1024;
inline constexpr std::size_t subject_bytes_max = 255;
inline constexpr std::size_t keys_max = 50;
// By how much two clocks may differ.
inline constexpr Microseconds clock_leeway = std::chrono::minutes{1};
// A token is fetched by us, a moment after it was made.
inline constexpr Microseconds id_token_age_most = std::chrono::minutes{10};

}  // namespace doorstep::identity
