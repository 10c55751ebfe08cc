#include "identity/passkey_proof.hpp"

#include <array>
#include <memory>

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include "base/crypto.hpp"
#include "base/ensure.hpp"
#include "base/json_value.hpp"
#include "base/problem.hpp"

namespace doorstep::identity {

namespace {

// Flags of an authenticator's data (WebAuthn, 6.1).
constexpr unsigned user_present = 1U << 0U;
constexpr unsigned user_verified = 1U << 2U;

template <class T, void (*Free)(T**)>
struct Freed {
  void operator()(T* held) const { Free(&held); }
};
using Credential = std::unique_ptr<fido_cred_t, Freed<fido_cred_t, fido_cred_free>>;
using FidoAssertion = std::unique_ptr<fido_assert_t, Freed<fido_assert_t, fido_assert_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text_of(const unsigned char* bytes, std::size_t count) {
  return {reinterpret_cast<const char*>(bytes), count};
}

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string{} : std::string{*text};
}

// Browsers take a page of the machine itself for safe; all others have to come over TLS.
bool is_origin_of(std::string_view origin, std::string_view host) {
  if (host.empty()) return false;
  const auto name = passkey_host(host);
  const bool local = name == "localhost" || name.ends_with(".localhost");
  return origin == "https://" + std::string{host} || (local && origin == "http://" + std::string{host});
}

// A public key as libfido2 takes it, checked to be one.
class PublicKey {
 public:
  PublicKey(PasskeyAlgorithm algorithm, std::string_view bytes) {
    switch (algorithm) {
      case PasskeyAlgorithm::es256:
        es256_.reset(es256_pk_new());
        if (es256_pk_from_ptr(es256_.get(), bytes.data(), bytes.size()) == FIDO_OK) key_ = es256_.get();
        break;
      case PasskeyAlgorithm::eddsa:
        eddsa_.reset(eddsa_pk_new());
        if (eddsa_pk_from_ptr(eddsa_.get(), bytes.data(), bytes.size()) == FIDO_OK) key_ = eddsa_.get();
        break;
      case PasskeyAlgorithm::rs256:
        rs256_.reset(rs256_pk_new());
        if (rs256_pk_from_ptr(rs256_.get(), bytes.data(), bytes.size()) == FIDO_OK) key_ = rs256_.get();
        break;
    }
  }
  const void* get() const { return key_; }

 private:
  std::unique_ptr<es256_pk_t, Freed<es256_pk_t, es256_pk_free>> es256_;
  std::unique_ptr<eddsa_pk_t, Freed<eddsa_pk_t, eddsa_pk_free>> eddsa_;
  std::unique_ptr<rs256_pk_t, Freed<rs256_pk_t, rs256_pk_free>> rs256_;
  const void* key_ = nullptr;
};

// libfido2 reads the data for the algorithm it is told and for no other.
Credential read_as(PasskeyAlgorithm algorithm, std::string_view data) {
  Credential credential{fido_cred_new()};
  if (!credential) throw std::bad_alloc{};
  const bool read = fido_cred_set_type(credential.get(), cose_number(algorithm)) == FIDO_OK &&
                    fido_cred_set_authdata_raw(credential.get(), bytes_of(data), data.size()) == FIDO_OK;
  return read ? std::move(credential) : nullptr;
}

}  // namespace

int cose_number(PasskeyAlgorithm algorithm) {
  switch (algorithm) {
    case PasskeyAlgorithm::es256: return COSE_ES256;
    case PasskeyAlgorithm::eddsa: return COSE_EDDSA;
    case PasskeyAlgorithm::rs256: return COSE_RS256;
  }
  return 0;
}

std::string passkey_host(std::string_view host) { return std::string{host.substr(0, host.find(':'))}; }

std::optional<ClientData> read_client_data(std::string_view json, Ceremony ceremony, std::string_view host) {
  try {
    const auto value = parse_json(json);
    const auto* object = value.if_object();
    if (object == nullptr) return std::nullopt;
    const auto* crossing = object->if_contains("crossOrigin");
    if (crossing != nullptr && (!crossing->is_bool() || crossing->get_bool())) return std::nullopt;
    const auto type = ceremony == Ceremony::create ? "webauthn.create" : "webauthn.get";
    if (member(*object, "type") != type) return std::nullopt;
    if (!is_origin_of(member(*object, "origin"), host)) return std::nullopt;
    return ClientData{member(*object, "challenge")};
  } catch (const Problem&) {
    return std::nullopt;
  }
}

std::optional<NewPasskey> read_new_passkey(std::string_view authenticator_data, std::string_view host) {
  if (!authenticator_data.starts_with(sha256(host))) return std::nullopt;
  for (const auto algorithm : {PasskeyAlgorithm::es256, PasskeyAlgorithm::eddsa, PasskeyAlgorithm::rs256}) {
    const auto credential = read_as(algorithm, authenticator_data);
    if (!credential) continue;
    const unsigned flags = fido_cred_flags(credential.get());
    if ((flags & user_present) == 0 || (flags & user_verified) == 0) return std::nullopt;
    NewPasskey made{
        .credential =
            to_base64url(text_of(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get()))),
        .algorithm = algorithm,
        .public_key = text_of(fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get())),
        .sign_count = fido_cred_sigcount(credential.get())};
    if (made.credential.empty() || PublicKey{algorithm, made.public_key}.get() == nullptr)
      return std::nullopt;
    return made;
  }
  return std::nullopt;
}

std::optional<std::int64_t> check_assertion(const Assertion& assertion, PasskeyAlgorithm algorithm,
                                            std::string_view public_key, std::string_view host) {
  const PublicKey key{algorithm, public_key};
  const std::string rp_id{host};
  const FidoAssertion held{fido_assert_new()};
  auto* given = held.get();
  const auto& data = assertion.authenticator_data;
  const bool taken =
      key.get() != nullptr && given != nullptr && fido_assert_set_count(given, 1) == FIDO_OK &&
      fido_assert_set_rp(given, rp_id.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata(given, bytes_of(assertion.client_data), assertion.client_data.size()) ==
          FIDO_OK &&
      fido_assert_set_authdata_raw(given, 0, bytes_of(data), data.size()) == FIDO_OK &&
      fido_assert_set_sig(given, 0, bytes_of(assertion.signature), assertion.signature.size()) == FIDO_OK &&
      fido_assert_set_up(given, FIDO_OPT_TRUE) == FIDO_OK &&
      fido_assert_set_uv(given, FIDO_OPT_TRUE) == FIDO_OK;
  if (!taken || fido_assert_verify(given, 0, cose_number(algorithm), key.get()) != FIDO_OK)
    return std::nullopt;
  return fido_assert_sigcount(given, 0);
}

}  // namespace doorstep::identity
