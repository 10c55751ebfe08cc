// A passkey without a device: keys of OpenSSL, and CBOR written by hand as authenticators write it, so that
// what the server checks are real signatures. Tests change its members to make it lie.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/crypto.hpp"
#include "identity/passkey_proof.hpp"

namespace doorstep::testing {

// What goes over the wire, still as bytes.
struct MadePasskey {
  std::string client_data;
  std::string authenticator_data;

  // The members of a body.
  std::string json() const {
    return R"("client_data":")" + to_base64url(client_data) + R"(","authenticator_data":")" +
           to_base64url(authenticator_data) + '"';
  }
};

struct SignedPasskey {
  std::string credential;
  std::string user;  // base64url
  std::string client_data;
  std::string authenticator_data;
  std::string signature;

  std::string json() const {
    return R"({"credential":")" + to_base64url(credential) + R"(","user":")" + user + R"(","client_data":")" +
           to_base64url(client_data) + R"(","authenticator_data":")" + to_base64url(authenticator_data) +
           R"(","signature":")" + to_base64url(signature) + "\"}";
  }
};

class SoftwareAuthenticator {
 public:
  using Algorithm = identity::PasskeyAlgorithm;

  explicit SoftwareAuthenticator(Algorithm algorithm = Algorithm::es256)
      : credential(random_bytes(system_entropy(), 32)), algorithm_(algorithm), key_(new_key(algorithm)) {}

  std::string host = "town.example";  // which it believes to serve
  std::string origin = "https://town.example";
  std::string more_client_data = R"(,"crossOrigin":false)";
  bool user_present = true;
  bool user_verified = true;
  std::uint32_t count = 0;  // goes up with each signature, unless it does not count
  bool counts = true;
  std::string credential;
  std::string user;  // base64url, as it was told at its making

  MadePasskey make(const std::string& challenge) const {
    const auto id =
        std::string{static_cast<char>(credential.size() >> 8U), static_cast<char>(credential.size() & 255U)} +
        credential;
    return {client_data("webauthn.create", challenge), data(0x40U) + std::string(16, '\0') + id + cose_key()};
  }

  SignedPasskey sign(const std::string& challenge) {
    if (counts) ++count;
    SignedPasskey made{.credential = credential,
                       .user = user,
                       .client_data = client_data("webauthn.get", challenge),
                       .authenticator_data = data(0),
                       .signature = {}};
    made.signature = signature_of(made.authenticator_data + sha256(made.client_data));
    return made;
  }

 private:
  using Key = std::shared_ptr<EVP_PKEY>;

  static Key new_key(Algorithm algorithm) {
    EVP_PKEY* key = nullptr;
    switch (algorithm) {
      case Algorithm::es256: key = EVP_EC_gen("P-256"); break;
      case Algorithm::eddsa: key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"); break;
      case Algorithm::rs256: key = EVP_RSA_gen(2048); break;
    }
    if (key == nullptr) throw std::runtime_error{"no key"};
    return {key, EVP_PKEY_free};
  }

  std::string client_data(const std::string& type, const std::string& challenge) const {
    return R"({"type":")" + type + R"(","challenge":")" + challenge + R"(","origin":")" + origin + '"' +
           more_client_data + "}";
  }

  std::string data(unsigned more_flags) const {
    const unsigned flags = more_flags | (user_present ? 1U : 0U) | (user_verified ? 4U : 0U);
    std::string bytes = sha256(host) + static_cast<char>(flags);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(count >> shift & 255U);
    return bytes;
  }

  std::string raw_public_key() const {
    if (algorithm_ == Algorithm::eddsa) {
      std::string raw(32, '\0');
      auto size = raw.size();
      EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
      return raw;
    }
    unsigned char* bytes = nullptr;
    const auto size = EVP_PKEY_get1_encoded_public_key(key_.get(), &bytes);
    std::string raw{reinterpret_cast<const char*>(bytes), size};
    OPENSSL_free(bytes);
    return raw;
  }

  std::string cose_key() const {
    using namespace std::string_literals;
    switch (algorithm_) {
      case Algorithm::es256: {
        const auto point = raw_public_key();  // 04, x, y
        return "\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"s + point.substr(1, 32) + "\x22\x58\x20"s +
               point.substr(33);
      }
      case Algorithm::eddsa: return "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"s + raw_public_key();
      case Algorithm::rs256: {
        BIGNUM* number = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_RSA_N, &number);
        std::string modulus(256, '\0');
        BN_bn2binpad(number, reinterpret_cast<unsigned char*>(modulus.data()), 256);
        BN_free(number);
        return "\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00"s + modulus + "\x21\x43\x01\x00\x01"s;
      }
    }
    return {};
  }

  std::string signature_of(const std::string& message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    const auto* digest = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size()) != 1)
      throw std::runtime_error{"no signature"};
    std::string made(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, bytes,
                       message.size()) != 1)
      throw std::runtime_error{"no signature"};
    made.resize(size);
    return made;
  }

  Algorithm algorithm_;
  Key key_;
};

}  // namespace doorstep::testing
