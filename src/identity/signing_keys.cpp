// Public keys of a provider, from JSON (RFC 7517, 7518) to OpenSSL.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "base/crypto.hpp"
#include "identity/id_token.hpp"
#include "identity/json_members.hpp"

namespace doorstep::identity {

namespace {

constexpr std::size_t rsa_bytes_least = 2048 / 8, rsa_bytes_most = 8192 / 8, exponent_bytes_most = 8;
constexpr std::size_t coordinate_bytes = 32;  // of P-256

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* held) const { Free(held); }
};
template <class T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freed<T, Free>>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Number = Owned<BIGNUM, BN_free>;

Number number_of(std::string_view bytes) {
  return Number{BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                          static_cast<int>(bytes.size()), nullptr)};
}

// Null where OpenSSL finds that it is no key.
std::shared_ptr<EVP_PKEY> built(const char* type, const Builder& builder) {
  const Parameters parameters{OSSL_PARAM_BLD_to_param(builder.get())};
  const KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const boost::json::object& json) {
  const auto modulus = from_base64url(text_or_empty(json, "n")),
             exponent = from_base64url(text_or_empty(json, "e"));
  if (modulus.size() < rsa_bytes_least || modulus.size() > rsa_bytes_most || exponent.empty() ||
      exponent.size() > exponent_bytes_most)
    return nullptr;
  const auto n = number_of(modulus), e = number_of(exponent);
  const Builder builder{OSSL_PARAM_BLD_new()};
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return nullptr;
  return built("RSA", builder);
}

std::shared_ptr<EVP_PKEY> p256_key(const boost::json::object& json) {
  const auto x = from_base64url(text_or_empty(json, "x")), y = from_base64url(text_or_empty(json, "y"));
  if (text_or_empty(json, "crv") != "P-256" || x.size() != coordinate_bytes || y.size() != coordinate_bytes)
    return nullptr;
  const auto point = '\x04' + x + y;
  const Builder builder{OSSL_PARAM_BLD_new()};
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) !=
          1)
    return nullptr;
  return built("EC", builder);
}

std::optional<SigningKey> signing_key(const boost::json::object& json) {
  const auto type = text_or_empty(json, "kty"), use = text_or_empty(json, "use"),
             algorithm = text_or_empty(json, "alg");
  if (!use.empty() && use != "sig") return std::nullopt;
  SigningKey found{.id = text_or_empty(json, "kid"), .key = nullptr};
  if (type == "RSA" && (algorithm.empty() || algorithm == "RS256")) {
    found.algorithm = TokenAlgorithm::rs256;
    found.key = rsa_key(json);
  } else if (type == "EC" && (algorithm.empty() || algorithm == "ES256")) {
    found.algorithm = TokenAlgorithm::es256;
    found.key = p256_key(json);
  }
  return found.key ? std::optional{std::move(found)} : std::nullopt;
}

}  // namespace

std::optional<std::vector<SigningKey>> read_key_set(std::string_view json) {
  const auto set = object_in(json);
  const auto* listed = set ? set->if_contains("keys") : nullptr;
  const auto* list = listed == nullptr ? nullptr : listed->if_array();
  if (list == nullptr || list->size() > keys_max) return std::nullopt;
  std::vector<SigningKey> keys;
  for (const auto& each : *list) {
    const auto* object = each.if_object();
    if (object == nullptr) continue;
    if (auto key = signing_key(*object)) keys.push_back(std::move(*key));
  }
  return keys;
}

}  // namespace doorstep::identity
