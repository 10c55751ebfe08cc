// The second step of a sign-in: a code from an app on a phone, or one of ten recovery codes, each once.
//
// Whoever wants it begins with the password, which shows the secret once, and proves with a code that the app
// has it. From then on the password alone makes no session. A wrong code counts like a wrong password.
#pragma once

#include "api/outcome.hpp"
#include "base/limits.hpp"
#include "base/secret.hpp"
#include "identity/qr_picture.hpp"
#include "identity/sessions.hpp"
#include "identity/sign_in_tries.hpp"

namespace doorstep::identity {

struct ReadSecondFactor {};
BOOST_DESCRIBE_STRUCT(ReadSecondFactor, (), ())

struct SecondFactorView {
  bool on = false;
  std::optional<Instant> since;
  std::int32_t recovery_codes_left = 0;
};
BOOST_DESCRIBE_STRUCT(SecondFactorView, (), (on, since, recovery_codes_left))

struct BeginSecondFactor {
  Secret password;

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = 1, .length_max = password_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(BeginSecondFactor, (), (password))

// Shown once.
struct SecondFactorSecret {
  std::string secret;  // in base 32, to be typed
  std::string uri;     // for the app
  QrPicture picture;   // of the uri
};
BOOST_DESCRIBE_STRUCT(SecondFactorSecret, (), (secret, uri, picture))

struct ConfirmSecondFactor {
  Secret code;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 20}; }
};
BOOST_DESCRIBE_STRUCT(ConfirmSecondFactor, (), (code))

// Shown once.
struct RecoveryCodes {
  std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

struct EndSecondFactor {
  Secret password;
  Secret code;

  static constexpr Bounds bounds(std::string_view member) {
    return {.length_min = 1, .length_max = member == "code" ? 20 : password_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(EndSecondFactor, (), (password, code))

struct EndSecondFactorOf {
  StaffId staff;
};
BOOST_DESCRIBE_STRUCT(EndSecondFactorOf, (), (staff))

SecondFactorView read_second_factor(Snapshot& snapshot, const Caller& caller, const ReadSecondFactor& wish);
Outcome<SecondFactorSecret> begin_second_factor(Transaction& tx, const Caller& caller,
                                                const BeginSecondFactor& wish, const Checked& checked);
// All other sessions of the account end.
RecoveryCodes confirm_second_factor(Transaction& tx, const Caller& caller, const ConfirmSecondFactor& wish);
Outcome<Nothing> end_second_factor(Transaction& tx, const Caller& caller, const EndSecondFactor& wish,
                                   const Checked& checked);
// Of somebody who lost the phone, by the town's administrator. Their passkeys and all their sessions end.
Nothing end_second_factor_of(Transaction& tx, const Caller& caller, const EndSecondFactorOf& wish);

// After the right password: nothing when the account has no second step, or the code is right, which then
// counts no more. Else the refusal, counted; throws Problem second_factor_needed without a code. Three
// statements.
std::optional<Refused> second_factor_refusal(Transaction& tx, const Tries& tries, StaffId staff,
                                             const std::optional<Secret>& code, Instant at);
// The password alone opens the account again; passkeys stay. Two statements.
// One statement.
bool has_second_factor(Snapshot& snapshot, StaffId staff);
void forget_second_factor(Transaction& tx, StaffId staff);

inline constexpr int recovery_codes_given = 10;
// From the sight of the secret to the proof that the app has it.
inline constexpr Microseconds second_factor_begun_for = std::chrono::minutes{15};

}  // namespace doorstep::identity
