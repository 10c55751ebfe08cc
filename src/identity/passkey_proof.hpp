// What a browser and an authenticator say of a passkey (WebAuthn level 2), and whether it is true. Pure
// functions; libfido2 reads what authenticators write and checks their signatures.
//
// Attestation is not asked for: which make of authenticator somebody has is not our business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>

namespace doorstep::identity {

enum class PasskeyAlgorithm { es256, eddsa, rs256 };
BOOST_DESCRIBE_ENUM(PasskeyAlgorithm, es256, eddsa, rs256)

// What browsers and COSE call it.
int cose_number(PasskeyAlgorithm algorithm);

// The host alone of "town.example:8443": what a passkey is good for.
std::string passkey_host(std::string_view host);

// What the browser says of the page that asked.
enum class Ceremony { create, get };
struct ClientData {
  std::string challenge;  // base64url, as it was given
};
// Nothing when it is malformed, of another ceremony, of another page than one of `host` over TLS (or on this
// very machine), or of a page within another one's.
std::optional<ClientData> read_client_data(std::string_view json, Ceremony ceremony, std::string_view host);

struct NewPasskey {
  std::string credential;  // base64url
  PasskeyAlgorithm algorithm{};
  std::string public_key;
  std::int64_t sign_count = 0;
};
// From an authenticator's data at its making; nothing when it is malformed, made for another host, of another
// algorithm, or when the authenticator did not verify its user.
std::optional<NewPasskey> read_new_passkey(std::string_view authenticator_data, std::string_view host);

struct Assertion {
  std::string client_data;  // JSON, to the byte
  std::string authenticator_data;
  std::string signature;
};
// The sign counter when all of it was signed with that key, for that host, and the user was verified.
std::optional<std::int64_t> check_assertion(const Assertion& assertion, PasskeyAlgorithm algorithm,
                                            std::string_view public_key, std::string_view host);

}  // namespace doorstep::identity
