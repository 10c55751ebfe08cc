// Signing in and out, and who stands behind a session.
#pragma once

#include "api/page.hpp"
#include "base/secret.hpp"
#include "identity/identity.hpp"

namespace doorstep::identity {

struct SessionTag {
  static constexpr std::string_view prefix = "se";
};
using SessionId = Id<SessionTag>;

struct SignIn {
  std::string username;
  Secret password;
  std::optional<Secret> code;  // of the second step, where the account has one

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 200}; }
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (username, password, code))

struct ReadSession {};
BOOST_DESCRIBE_STRUCT(ReadSession, (), ())

struct SignOut {};
BOOST_DESCRIBE_STRUCT(SignOut, (), ())

struct SessionView {
  StaffName staff;
  std::vector<Role> roles;
  Text post;
  std::string csrf;              // goes back in X-Doorstep-Csrf with every write
  std::optional<VenueId> venue;  // where the first grant holds; empty: the whole town
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (staff, roles, post, csrf, venue, expires_at))

// One of somebody's own.
struct SessionRow {
  SessionId id;
  Instant signed_in_at;
  Instant expires_at;
  bool current = false;  // the one that asks
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, signed_in_at, expires_at, current))

struct ListSessions {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListSessions, (), (cursor, limit))

struct EndSession {
  SessionId session;
};
BOOST_DESCRIBE_STRUCT(EndSession, (), (session))

// What is known of an account before its password was checked.
struct Account {
  std::optional<StaffId> id;
  std::string password_hash;
};

struct Checked {
  bool right = false;
  std::string password_hash;  // the one that was checked
};

Account find_account(Snapshot& snapshot, const Caller& caller, const SignIn& wish);
Checked check_password(const Account& account, const SignIn& wish, const PasswordCost& cost = password_cost);
Outcome<WithCookie<SessionView>> sign_in(Transaction& tx, const Caller& caller, const SignIn& wish,
                                         const Checked& checked);

// Of somebody who has proven who they are. Two statements.
WithCookie<SessionView> begin_session(Transaction& tx, const StaffName& staff, const Text& post, Instant at);

SessionView read_session(Snapshot& snapshot, const Caller& caller, const ReadSession& wish);
WithCookie<Nothing> sign_out(Transaction& tx, const Caller& caller, const SignOut& wish);

Page<SessionRow> list_sessions(Snapshot& snapshot, const Caller& caller, const ListSessions& wish);
Nothing end_session(Transaction& tx, const Caller& caller, const EndSession& wish);
// All of a member of staff's, but for the one of that keyed hash. One statement.
void end_other_sessions(Transaction& tx, StaffId staff, const std::string& but, Instant at);

// The member of staff behind a session; throws Problem session_expired or csrf_missing. Two statements.
Staff authenticate(Snapshot& snapshot, const api::Credentials& credentials, Instant at);

// How long a session lasts; a working day with its overtime.
inline constexpr Microseconds session_time = std::chrono::hours{12};
// Wrong passwords before the account waits, and for how long at first; each further one doubles it.
inline constexpr int free_attempts = 5;
inline constexpr Microseconds first_wait = std::chrono::seconds{30};
inline constexpr Microseconds longest_wait = std::chrono::minutes{15};
// After a day without a try a name starts afresh.
inline constexpr Microseconds tries_kept_for = std::chrono::hours{24};
inline constexpr Microseconds sessions_kept_for = std::chrono::days{30};
static_assert(longest_wait < tries_kept_for);

}  // namespace doorstep::identity
