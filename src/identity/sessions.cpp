#include "identity/sessions.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"

namespace doorstep::identity {

namespace {

struct AccountRow {
  StaffId id;
  std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id, password_hash))

struct TriesRow {
  int failed = 0;
  std::optional<Instant> locked_until;
};
BOOST_DESCRIBE_STRUCT(TriesRow, (), (failed, locked_until))

struct StaffRow {
  StaffId id;
  std::string name;
  std::string post_zh, post_en;
  std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (id, name, post_zh, post_en, password_hash))

struct SessionRow {
  StaffId staff;
  std::string csrf;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (staff, csrf))

struct ViewRow {
  std::string name;
  std::string post_zh, post_en;
  std::string csrf;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ViewRow, (), (name, post_zh, post_en, csrf, expires_at))

struct GrantRow {
  Role role{};
  std::optional<VenueId> venue;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (role, venue))

constexpr std::string_view cookie_name = "doorstep_session";

std::vector<Grant> grants_of(Snapshot& snapshot, StaffId staff, Instant at) {
  std::vector<Grant> grants;
  for (const auto& row :
       snapshot.all<GrantRow>("select role, venue from grants where staff = :staff and from_at <= :at"
                              " and (until_at is null or until_at > :at) order by id",
                              {{"staff", staff}, {"at", at}})) {
    grants.push_back({row.role, row.venue});
  }
  return grants;
}

std::vector<Role> roles_in(const std::vector<Grant>& grants) {
  std::vector<Role> roles;
  for (const auto& grant : grants) {
    if (std::ranges::find(roles, grant.role) == roles.end()) roles.push_back(grant.role);
  }
  return roles;
}

std::optional<VenueId> first_venue(const std::vector<Grant>& grants) {
  for (const auto& grant : grants) {
    if (grant.venue) return grant.venue;
  }
  return std::nullopt;
}

Microseconds wait_after(int failed_attempts) {
  if (failed_attempts < free_attempts) return Microseconds{0};
  const int doublings = std::min(failed_attempts - free_attempts, 10);
  return std::min(longest_wait, first_wait * (1 << doublings));
}

std::string seconds_until(Instant later, Instant at) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(later - at).count());
}

// A wrong try is counted; from the fifth on the name waits, each time twice as long.
Refused wrong_try(Transaction& tx, const std::string& name_key, int failed_before, Instant at) {
  const int failed = failed_before + 1;
  const auto wait = wait_after(failed);
  const auto locked_until = wait.count() > 0 ? std::optional{at + wait} : std::nullopt;
  tx.run(
      "insert into sign_in_tries (name_key, failed, locked_until, at) values (:name_key, :failed, :locked_until, :at)"
      " on conflict (name_key) do update set"
      " failed = excluded.failed, locked_until = excluded.locked_until, at = excluded.at",
      {{"name_key", name_key}, {"failed", failed}, {"locked_until", locked_until}, {"at", at}});
  return Refused{Problem{"wrong_credentials"}};
}

}  // namespace

Account find_account(Snapshot& snapshot, const Caller&, const SignIn& wish) {
  const auto row = snapshot.maybe<AccountRow>(
      "select id, password_hash from staff where username = :username and ended_at is null",
      {{"username", wish.username}});
  if (!row) return {};
  return {row->id, row->password_hash};
}

Checked check_password(const Account& account, const SignIn& wish) {
  // A name that nobody has takes as long as one that somebody has.
  if (!account.id) return {verify_nobody(wish.password.reveal()), {}};
  return {verify_password(account.password_hash, wish.password.reveal()), account.password_hash};
}

Outcome<WithCookie<SessionView>> sign_in(Transaction& tx, const Caller& caller, const SignIn& wish,
                                         const Checked& checked) {
  const auto name_key = tx.keys().keyed_hash("username", wish.username);
  const auto tries = tx.maybe<TriesRow>(
      "select failed, locked_until from sign_in_tries where name_key = :name_key", {{"name_key", name_key}});
  if (tries && tries->locked_until && *tries->locked_until > caller.at) {
    throw Problem{"too_many_attempts", {seconds_until(*tries->locked_until, caller.at)}};
  }
  const auto staff = tx.maybe<StaffRow>(
      "select id, name, post_zh, post_en, password_hash from staff where username = :username and ended_at is null",
      {{"username", wish.username}});
  // The password may have been changed while the old one was being checked.
  if (!staff || !checked.right || checked.password_hash != staff->password_hash) {
    return std::unexpected(wrong_try(tx, name_key, tries ? tries->failed : 0, caller.at));
  }
  if (tries) tx.run("delete from sign_in_tries where name_key = :name_key", {{"name_key", name_key}});
  const auto token = tx.new_token();
  const auto csrf = tx.new_token();
  const auto expires_at = caller.at + session_time;
  tx.run(
      "insert into sessions (token_hash, staff, csrf, created_at, expires_at)"
      " values (:token_hash, :staff, :csrf, :created_at, :expires_at)",
      {{"token_hash", tx.keys().keyed_hash("session", token)},
       {"staff", staff->id},
       {"csrf", csrf},
       {"created_at", caller.at},
       {"expires_at", expires_at}});
  const auto grants = grants_of(tx, staff->id, caller.at);
  return WithCookie<SessionView>{
      .view = {.staff = {staff->id, staff->name},
               .roles = roles_in(grants),
               .post = {staff->post_zh, staff->post_en},
               .csrf = csrf,
               .venue = first_venue(grants),
               .expires_at = expires_at},
      .cookie = {std::string{cookie_name}, token,
                 std::chrono::duration_cast<std::chrono::seconds>(session_time).count()}};
}

SessionView read_session(Snapshot& snapshot, const Caller& caller, const ReadSession&) {
  const auto& staff = require_staff(caller);
  const auto row = snapshot.one<ViewRow>(
      "select staff.name, staff.post_zh, staff.post_en, sessions.csrf, sessions.expires_at"
      " from sessions join staff on staff.id = sessions.staff where sessions.token_hash = :session",
      {{"session", staff.session}});
  return {.staff = {staff.id, row.name},
          .roles = roles_in(staff.grants),
          .post = {row.post_zh, row.post_en},
          .csrf = row.csrf,
          .venue = first_venue(staff.grants),
          .expires_at = row.expires_at};
}

WithCookie<Nothing> sign_out(Transaction& tx, const Caller& caller, const SignOut&) {
  const auto& staff = require_staff(caller);
  tx.run("update sessions set ended_at = :at where token_hash = :session",
         {{"at", caller.at}, {"session", staff.session}});
  return {.view = {}, .cookie = {std::string{cookie_name}, ""}};
}

Staff authenticate(Snapshot& snapshot, const api::Credentials& credentials, Instant at) {
  auto session = snapshot.keys().keyed_hash("session", credentials.session_token);
  const auto row = snapshot.maybe<SessionRow>(
      "select sessions.staff, sessions.csrf from sessions join staff on staff.id = sessions.staff"
      " where sessions.token_hash = :session and sessions.expires_at > :at and sessions.ended_at is null"
      " and staff.ended_at is null",
      {{"session", session}, {"at", at}});
  if (!row) throw Problem{"session_expired"};
  if (credentials.changes && !same_token(row->csrf, credentials.csrf)) throw Problem{"csrf_missing"};
  return {row->staff, std::move(session), grants_of(snapshot, row->staff, at)};
}

std::int64_t forget_old_tries(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from sign_in_tries where name_key in"
      " (select name_key from sign_in_tries where at < :before order by at limit :limit)",
      {{"before", at - tries_kept_for}, {"limit", limit}});
}

std::int64_t forget_ended_sessions(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from sessions where token_hash in"
      " (select token_hash from sessions where expires_at < :before order by expires_at limit :limit)",
      {{"before", at - sessions_kept_for}, {"limit", limit}});
}

}  // namespace doorstep::identity
