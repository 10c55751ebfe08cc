#include "identity/sessions.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "identity/grants.hpp"
#include "identity/second_factor.hpp"
#include "identity/sign_in_tries.hpp"

namespace doorstep::identity {

namespace {

struct AccountRow {
  StaffId id;
  std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id, password_hash))

struct StaffRow {
  StaffId id;
  std::string name;
  std::string post_zh, post_en;
  std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (id, name, post_zh, post_en, password_hash))

struct OpenRow {
  StaffId staff;
  std::string csrf;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (), (staff, csrf))

struct ListedRow {
  SessionId id;
  std::string token_hash;
  Instant created_at, expires_at;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (), (id, token_hash, created_at, expires_at))

struct ViewRow {
  std::string name;
  std::string post_zh, post_en;
  std::string csrf;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ViewRow, (), (name, post_zh, post_en, csrf, expires_at))

constexpr std::string_view cookie_name = "doorstep_session";

std::vector<Role> roles_in(const std::vector<Grant>& grants) {
  std::vector<Role> roles;
  for (const auto& grant : grants) {
    if (std::ranges::find(roles, grant.role) == roles.end()) roles.push_back(grant.role);
  }
  return roles;
}

std::optional<VenueId> first_venue(const std::vector<Grant>& grants) {
  for (const auto& grant : grants) {
    if (const auto* venue = std::get_if<VenueId>(&grant.scope)) return *venue;
  }
  return std::nullopt;
}

}  // namespace

Account find_account(Snapshot& snapshot, const Caller&, const SignIn& wish) {
  const auto row = snapshot.maybe<AccountRow>(
      "select id, password_hash from staff where username = :username and ended_at is null",
      {{"username", wish.username}});
  if (!row) return {};
  return {row->id, row->password_hash};
}

Checked check_password(const Account& account, const SignIn& wish, const PasswordCost& cost) {
  // A name that nobody has takes as long as one that somebody has.
  if (!account.id) return {verify_nobody(wish.password.reveal(), cost), {}};
  return {verify_password(account.password_hash, wish.password.reveal()), account.password_hash};
}

Outcome<WithCookie<SessionView>> sign_in(Transaction& tx, const Caller& caller, const SignIn& wish,
                                         const Checked& checked) {
  const auto tries = require_patience(tx, "username", wish.username, caller.at);
  const auto staff = tx.maybe<StaffRow>(
      "select id, name, post_zh, post_en, password_hash from staff where username = :username and ended_at is null",
      {{"username", wish.username}});
  // The password may have been changed while the old one was being checked.
  if (!staff || !checked.right || checked.password_hash != staff->password_hash) {
    return std::unexpected(wrong_try(tx, tries, caller.at));
  }
  // Only now is it told that there is a second step, and the wrong tries stay until it is taken, too.
  if (auto refused = second_factor_refusal(tx, tries, staff->id, wish.code, caller.at))
    return std::unexpected(*std::move(refused));
  forget_tries(tx, tries);
  return begin_session(tx, {staff->id, staff->name}, {staff->post_zh, staff->post_en}, caller.at);
}

WithCookie<SessionView> begin_session(Transaction& tx, const StaffName& staff, const Text& post, Instant at) {
  const auto token = tx.new_token();
  const auto csrf = tx.new_token();
  const auto expires_at = at + session_time;
  tx.run(
      "insert into sessions (id, token_hash, staff, csrf, created_at, expires_at)"
      " values (:id, :token_hash, :staff, :csrf, :created_at, :expires_at)",
      {{"id", tx.new_id<SessionId>()},
       {"token_hash", tx.keys().keyed_hash("session", token)},
       {"staff", staff.id},
       {"csrf", csrf},
       {"created_at", at},
       {"expires_at", expires_at}});
  const auto grants = grants_held(tx, staff.id, at);
  return WithCookie<SessionView>{
      .view = {.staff = staff,
               .roles = roles_in(grants),
               .post = post,
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

Page<SessionRow> list_sessions(Snapshot& snapshot, const Caller& caller, const ListSessions& wish) {
  const auto& staff = require_staff(caller);
  const int limit = page_limit(wish.limit);
  // The newest first: a cursor goes down from the largest id.
  const auto before = page_after(wish.cursor);
  const auto rows = snapshot.all<ListedRow>(
      "select id, token_hash, created_at, expires_at from sessions"
      " where staff = :staff and ended_at is null and expires_at > :at and id < :before order by id desc limit :limit",
      {{"staff", staff.id},
       {"at", caller.at},
       {"before", before == 0 ? INT64_MAX : before},
       {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const ListedRow& row) { return row.id.value; },
      [&](const ListedRow& row) {
        return SessionRow{.id = row.id,
                          .signed_in_at = row.created_at,
                          .expires_at = row.expires_at,
                          .current = row.token_hash == staff.session};
      });
}

Nothing end_session(Transaction& tx, const Caller& caller, const EndSession& wish) {
  const auto& staff = require_staff(caller);
  const auto mine = tx.value<std::int64_t>("select count(*) from sessions where id = :id and staff = :staff",
                                           {{"id", wish.session}, {"staff", staff.id}});
  if (mine == 0) throw Problem{"no_such_session"};
  tx.run("update sessions set ended_at = :at where id = :id and ended_at is null",
         {{"at", caller.at}, {"id", wish.session}});
  return {};
}

void end_other_sessions(Transaction& tx, StaffId staff, const std::string& but, Instant at) {
  tx.run(
      "update sessions set ended_at = :at where staff = :staff and ended_at is null and token_hash <> :but",
      {{"at", at}, {"staff", staff}, {"but", but}});
}

Staff authenticate(Snapshot& snapshot, const api::Credentials& credentials, Instant at) {
  auto session = snapshot.keys().keyed_hash("session", credentials.session_token);
  const auto row = snapshot.maybe<OpenRow>(
      "select sessions.staff, sessions.csrf from sessions join staff on staff.id = sessions.staff"
      " where sessions.token_hash = :session and sessions.expires_at > :at and sessions.ended_at is null"
      " and staff.ended_at is null",
      {{"session", session}, {"at", at}});
  if (!row) throw api::SessionExpired{session};
  if (credentials.changes && !same_token(row->csrf, credentials.csrf)) throw Problem{"csrf_missing"};
  return {row->staff, std::move(session), grants_held(snapshot, row->staff, at)};
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
