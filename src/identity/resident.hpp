// Residents' way in: a phone proves itself by a one-time code, sent to it as a message. (Another is the
// city's account: city_account.hpp.)
//
// Whether somebody has been here before shows neither in an answer nor in its time: whoever gives the right
// code is in, and an account is made when there is none. Which people the account speaks for is another
// question (own_people.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/outcome.hpp"
#include "base/limits.hpp"
#include "base/secret.hpp"
#include "identity/identity.hpp"

namespace doorstep::identity {

struct AskForCode {
  std::string phone;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 60}; }
};
BOOST_DESCRIBE_STRUCT(AskForCode, (), (phone))

struct SignInByCode {
  std::string phone;
  Secret code;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 60}; }
};
BOOST_DESCRIBE_STRUCT(SignInByCode, (), (phone, code))

struct ReadResidentSession {};
BOOST_DESCRIBE_STRUCT(ReadResidentSession, (), ())

struct SignOutResident {};
BOOST_DESCRIBE_STRUCT(SignOutResident, (), ())

// What an account is: a phone that proved itself, or an account of the city.
enum class ResidentAccount { phone, city };
BOOST_DESCRIBE_ENUM(ResidentAccount, phone, city)

struct ResidentSession {
  std::string csrf;  // goes back in X-Doorstep-Csrf with every write
  Instant expires_at;
  Instant fresh_until;  // until then what cannot be undone needs no new proof
  ResidentAccount account{};
};
BOOST_DESCRIBE_STRUCT(ResidentSession, (), (csrf, expires_at, fresh_until, account))

// The code goes to the phone; the one before it is worth nothing any more.
Nothing ask_for_code(Transaction& tx, const Caller& caller, const AskForCode& wish);
Outcome<WithCookie<ResidentSession>> sign_in_by_code(Transaction& tx, const Caller& caller,
                                                     const SignInByCode& wish);
ResidentSession read_resident_session(Snapshot& snapshot, const Caller& caller,
                                      const ReadResidentSession& wish);
WithCookie<Nothing> sign_out_resident(Transaction& tx, const Caller& caller, const SignOutResident& wish);

// The resident behind a session; throws Problem session_expired or csrf_missing. One statement.
Resident authenticate_resident(Snapshot& snapshot, const api::Credentials& credentials, Instant at);
// Throws Problem fresh_code_needed when they proved themselves too long ago for what cannot be undone.
void require_fresh(const Resident& resident, Instant at);

// A session of somebody who proved themselves at that time. One statement.
WithCookie<ResidentSession> begin_resident_session(Transaction& tx, ResidentId resident,
                                                   ResidentAccount account, Instant proven_at, Instant at);

// A code is used up, if it is the one that this phone was sent last; else the refusal, which is counted. At
// most four statements.
std::optional<Refused> refused_code(Transaction& tx, const std::string& phone, const Secret& code,
                                    Instant at);
// The same in parts, for what may still be refused after the code was right: then it is good for another try,
// as often as one may give a wrong one. At most three statements, and one each.
std::optional<Refused> wrong_code(Transaction& tx, const std::string& phone, const Secret& code, Instant at);
void use_up_code(Transaction& tx, const std::string& phone);
void count_wrong(Transaction& tx, const std::string& phone);

// Their phones and accounts are forgotten, and whom they spoke for. Two statements.
void end_residents(Transaction& tx, const std::vector<ResidentId>& residents, Instant at);

// The account of this phone, made if there is none; `phone` in its stored form. At most four statements.
ResidentId resident_of(Transaction& tx, const std::string& phone, Instant at);
// Nothing: it is an account of the city. One statement.
std::optional<std::string> phone_of(Snapshot& snapshot, ResidentId id);

inline constexpr std::size_t code_digits = 6;
inline constexpr Microseconds code_time = std::chrono::minutes{10};
inline constexpr Microseconds between_codes = std::chrono::minutes{1};
inline constexpr int codes_an_hour = 5;
inline constexpr Microseconds resident_session_time = std::chrono::days{30};
inline constexpr Microseconds fresh_time = std::chrono::minutes{15};
// A number that was given up goes to nobody else for 90 days (电信服务规范, the Ministry of Industry and
// Information Technology's standard of telecom services). Whoever signs in after that may be another person.
inline constexpr Microseconds unused_time = std::chrono::days{90};
static_assert(between_codes < code_time && code_time < fresh_time);
static_assert(resident_session_time < unused_time, "a session never outlasts its account");

}  // namespace doorstep::identity
