// Passkeys: keys in a phone, a laptop or a token, which sign a challenge after they have verified their user.
// One takes the place of password and second step, and asks for no user name: it knows its own.
#pragma once

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "base/limits.hpp"
#include "identity/passkey_proof.hpp"
#include "identity/sessions.hpp"

namespace doorstep::identity {

struct PasskeyTag {
  static constexpr std::string_view prefix = "pk";
};
using PasskeyId = Id<PasskeyTag>;

// The longest that WebAuthn allows (1,023 bytes), as base64url.
inline constexpr std::size_t credential_chars_max = 1'364;
inline constexpr std::size_t passkey_part_chars_max = 6'000;
static_assert(credential_chars_max < passkey_part_chars_max);

struct PasskeyView {
  PasskeyId id;
  std::string name;
  std::string host;  // by which the town has to be reached for it
  Instant created_at;
  std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(PasskeyView, (), (id, name, host, created_at, last_used_at))

struct ListPasskeys {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListPasskeys, (), (cursor, limit))

// The password again, and the second step where there is one: a passkey takes the place of both.
struct BeginPasskey {
  Secret password;
  std::optional<Secret> code;

  static constexpr Bounds bounds(std::string_view member) {
    return {.length_min = 1, .length_max = member == "code" ? 20 : password_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(BeginPasskey, (), (password, code))

// What the browser is asked to have made; all but names are base64url.
struct PasskeyWish {
  std::string challenge;
  std::string host;
  std::string user;  // by which the passkey knows whose it is; says nothing to others
  std::string username;
  std::string name;
  std::vector<std::int32_t> algorithms;  // as COSE numbers them, the best first
  std::vector<std::string> known;        // those that the account has
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(PasskeyWish, (), (challenge, host, user, username, name, algorithms, known, expires_at))

struct RecordPasskey {
  std::string name;
  std::string client_data;         // base64url
  std::string authenticator_data;  // base64url

  static constexpr Bounds bounds(std::string_view member) {
    return {.length_min = 1, .length_max = member == "name" ? name_bytes_max : passkey_part_chars_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordPasskey, (), (name, client_data, authenticator_data))

struct EndPasskey {
  PasskeyId passkey;
};
BOOST_DESCRIBE_STRUCT(EndPasskey, (), (passkey))

struct AskForChallenge {};
BOOST_DESCRIBE_STRUCT(AskForChallenge, (), ())

struct PasskeyChallenge {
  std::string challenge;
  std::string host;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(PasskeyChallenge, (), (challenge, host, expires_at))

// All base64url, as the browser had it from the authenticator.
struct SignInByPasskey {
  std::string credential;
  std::string user;
  std::string client_data;
  std::string authenticator_data;
  std::string signature;

  static constexpr Bounds bounds(std::string_view member) {
    return {.length_min = 1,
            .length_max = member == "credential" ? credential_chars_max : passkey_part_chars_max};
  }
};
BOOST_DESCRIBE_STRUCT(SignInByPasskey, (), (credential, user, client_data, authenticator_data, signature))

// What is known before the signature is checked on a worker.
struct StoredPasskey {
  std::optional<PasskeyId> id;
  PasskeyAlgorithm algorithm{};
  std::string public_key;
  std::string host;         // that it was made for
  std::string host_of_now;  // by which the town was reached, with its port
};
struct PasskeyProof {
  std::optional<PasskeyId> right;  // the passkey that signed all of it
  std::string challenge;           // that the browser says was signed
  std::int64_t sign_count = 0;
};

Page<PasskeyView> list_passkeys(Snapshot& snapshot, const Caller& caller, const ListPasskeys& wish);
Outcome<PasskeyWish> begin_passkey(Transaction& tx, const Caller& caller, const BeginPasskey& wish,
                                   const Checked& checked);
Outcome<PasskeyView> record_passkey(Transaction& tx, const Caller& caller, const RecordPasskey& wish);
Nothing end_passkey(Transaction& tx, const Caller& caller, const EndPasskey& wish);

PasskeyChallenge ask_for_challenge(Transaction& tx, const Caller& caller, const AskForChallenge& wish);
StoredPasskey find_passkey(Snapshot& snapshot, const Caller& caller, const SignInByPasskey& wish);
PasskeyProof check_passkey(const StoredPasskey& stored, const SignInByPasskey& wish);
// A challenge is used up, whatever comes of it.
Outcome<WithCookie<SessionView>> sign_in_by_passkey(Transaction& tx, const Caller& caller,
                                                    const SignInByPasskey& wish, const PasskeyProof& proof);

// All of an account's. One statement.
void end_passkeys_of(Transaction& tx, StaffId staff, Instant at);

inline constexpr std::int64_t passkeys_max = 10;
inline constexpr Microseconds challenge_time = std::chrono::minutes{5};

}  // namespace doorstep::identity
