#include "identity/resident.hpp"

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "base/utf8.hpp"
#include "identity/exported.hpp"
#include "identity/sessions.hpp"
#include "identity/sign_in_tries.hpp"
#include "identity/vault.hpp"
#include "journal/bytes.hpp"

namespace doorstep::identity {

namespace {

struct CodeRow {
  std::optional<std::string> code_hash;
  int wrong = 0;
  Instant made_at;
  Instant hour_from;
  int in_hour = 0;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code_hash, wrong, made_at, hour_from, in_hour))

struct KnownRow {
  ResidentId id;
  Instant last_used_at;
};
BOOST_DESCRIBE_STRUCT(KnownRow, (), (id, last_used_at))

struct OpenRow {
  ResidentId resident;
  std::string csrf;
  Instant proven_at;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (), (resident, csrf, proven_at))

struct ResidentRow {
  std::string csrf;
  Instant proven_at;
  Instant expires_at;
  bool by_city = false;
};
BOOST_DESCRIBE_STRUCT(ResidentRow, (), (csrf, proven_at, expires_at, by_city))

struct PhoneRow {
  std::optional<storage::Bytes> phone;
};
BOOST_DESCRIBE_STRUCT(PhoneRow, (), (phone))

constexpr std::string_view cookie_name = "doorstep_resident";

SealContext phone_place(ResidentId id) { return {"residents", "phone", id.value}; }

std::string code_hash(const Snapshot& snapshot, const std::string& mark, std::string_view code) {
  return snapshot.keys().keyed_hash("sign-in code", mark + ' ' + std::string{code});
}

// Digits from 60 random bits of a token: each is as likely as the next, but for one part in a billion.
std::string new_code(Transaction& tx) {
  constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::uint64_t bits = 0;
  for (const char c : tx.new_token().substr(0, 10)) bits = bits << 6U | base64url.find(c);
  std::string code;
  for (std::size_t i = 0; i < code_digits; ++i, bits /= 10) code += static_cast<char>('0' + bits % 10);
  return code;
}

std::string message_with(const std::string& code, Language language) {
  const auto minutes = std::to_string(std::chrono::duration_cast<std::chrono::minutes>(code_time).count());
  return language == Language::zh
             ? "验证码 " + code + "，" + minutes +
                   " 分钟内有效。只在“我的”页面或当面在窗口使用，不要告诉打电话来的人。"
             : "Your code is " + code + ", good for " + minutes +
                   " minutes. Use it on your own page or face to face at a window; never tell it to a caller.";
}

std::string seconds_from(Instant at, Instant later) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(later - at).count());
}

std::optional<CodeRow> last_code(Snapshot& snapshot, const std::string& mark) {
  return snapshot.maybe<CodeRow>(
      "select code_hash, wrong, made_at, hour_from, in_hour from sign_in_codes where phone_mark = :mark",
      {{"mark", mark}});
}

bool is_right(const std::optional<CodeRow>& row, const std::string& hash, Instant at) {
  return row && row->code_hash && row->wrong < free_attempts && at < row->made_at + code_time &&
         same_token(*row->code_hash, hash);
}

ResidentSession session_of(const ResidentRow& row) {
  return {.csrf = row.csrf,
          .expires_at = row.expires_at,
          .fresh_until = row.proven_at + fresh_time,
          .account = row.by_city ? ResidentAccount::city : ResidentAccount::phone};
}

}  // namespace

std::string phone_mark(const KeyRing& keys, std::string_view phone) {
  return keys.keyed_hash("resident phone", phone);
}

Nothing ask_for_code(Transaction& tx, const Caller& caller, const AskForCode& wish) {
  const auto phone = checked_form(Fact::phone, wish.phone);
  if (phone.empty()) throw Problem{"invalid_phone", {}, "phone"};
  const auto mark = phone_mark(tx.keys(), phone);
  const auto last = last_code(tx, mark);
  const bool same_hour = last && caller.at < last->hour_from + std::chrono::hours{1};
  if (last && caller.at < last->made_at + between_codes)
    throw Problem{"code_too_soon", {seconds_from(caller.at, last->made_at + between_codes)}};
  if (same_hour && last->in_hour >= codes_an_hour)
    throw Problem{"code_too_soon", {seconds_from(caller.at, last->hour_from + std::chrono::hours{1})}};
  const auto code = new_code(tx);
  tx.run(
      "insert into sign_in_codes (phone_mark, code_hash, wrong, made_at, hour_from, in_hour)"
      " values (:mark, :code_hash, 0, :at, :hour_from, :in_hour) on conflict (phone_mark) do update set"
      " code_hash = excluded.code_hash, wrong = 0, made_at = excluded.made_at, hour_from = excluded.hour_from,"
      " in_hour = excluded.in_hour",
      {{"mark", mark},
       {"code_hash", code_hash(tx, mark, code)},
       {"at", caller.at},
       {"hour_from", same_hour ? last->hour_from : caller.at},
       {"in_hour", same_hour ? last->in_hour + 1 : 1}});
  tx.send({.channel = Channel::phone,
           .recipient = phone,
           .subject = "sign-in code",
           .body = message_with(code, caller.language),
           .deliver_before = caller.at + code_time},
          caller.at);
  return {};
}

std::optional<Refused> wrong_code(Transaction& tx, const std::string& phone, const Secret& code, Instant at) {
  const auto tries = require_patience(tx, "phone", phone, at);
  const auto mark = phone_mark(tx.keys(), phone);
  const auto hash = code_hash(tx, mark, trimmed(folded_width(code.reveal())));
  if (!is_right(last_code(tx, mark), hash, at)) {
    count_wrong(tx, phone);
    return wrong_try(tx, tries, at, "wrong_code");
  }
  forget_tries(tx, tries);
  return std::nullopt;
}

void count_wrong(Transaction& tx, const std::string& phone) {
  tx.run("update sign_in_codes set wrong = wrong + 1 where phone_mark = :mark",
         {{"mark", phone_mark(tx.keys(), phone)}});
}

void use_up_code(Transaction& tx, const std::string& phone) {
  tx.run("update sign_in_codes set code_hash = null where phone_mark = :mark",
         {{"mark", phone_mark(tx.keys(), phone)}});
}

std::optional<Refused> refused_code(Transaction& tx, const std::string& phone, const Secret& code,
                                    Instant at) {
  auto refused = wrong_code(tx, phone, code, at);
  if (!refused) use_up_code(tx, phone);
  return refused;
}

ResidentId resident_of(Transaction& tx, const std::string& phone, Instant at) {
  const auto mark = phone_mark(tx.keys(), phone);
  const auto known =
      tx.maybe<KnownRow>("select id, last_used_at from residents where phone_mark = :mark", {{"mark", mark}});
  if (known && at < known->last_used_at + unused_time) {
    tx.run("update residents set last_used_at = :at where id = :id", {{"at", at}, {"id", known->id}});
    return known->id;
  }
  if (known) end_residents(tx, {known->id}, at);
  const auto id = tx.new_id<ResidentId>();
  const auto sealed = seal(tx.keys(), phone, phone_place(id));
  tx.run(
      "insert into residents (id, phone_mark, phone, created_at, last_used_at)"
      " values (:id, :mark, :phone, :at, :at)",
      {{"id", id}, {"mark", mark}, {"phone", as_column(sealed.bytes())}, {"at", at}});
  return id;
}

std::optional<std::string> phone_of(Snapshot& snapshot, ResidentId id) {
  const auto row = snapshot.one<PhoneRow>("select phone from residents where id = :id", {{"id", id}});
  if (!row.phone) return std::nullopt;
  return open(snapshot.keys(), Sealed<std::string>{std::string{as_text(*row.phone)}}, phone_place(id));
}

Outcome<WithCookie<ResidentSession>> sign_in_by_code(Transaction& tx, const Caller& caller,
                                                     const SignInByCode& wish) {
  const auto phone = stored_form(Fact::phone, wish.phone);
  if (auto refused = refused_code(tx, phone, wish.code, caller.at))
    return std::unexpected(*std::move(refused));
  const auto resident = resident_of(tx, phone, caller.at);
  return begin_resident_session(tx, resident, ResidentAccount::phone, caller.at, caller.at);
}

WithCookie<ResidentSession> begin_resident_session(Transaction& tx, ResidentId resident,
                                                   ResidentAccount account, Instant proven_at, Instant at) {
  const auto token = tx.new_token();
  const ResidentRow session{.csrf = tx.new_token(),
                            .proven_at = proven_at,
                            .expires_at = at + resident_session_time,
                            .by_city = account == ResidentAccount::city};
  tx.run(
      "insert into resident_sessions (id, token_hash, resident, csrf, proven_at, expires_at)"
      " values (:id, :token_hash, :resident, :csrf, :proven_at, :expires_at)",
      {{"id", tx.new_id<SessionId>()},
       {"token_hash", tx.keys().keyed_hash("resident session", token)},
       {"resident", resident},
       {"csrf", session.csrf},
       {"proven_at", session.proven_at},
       {"expires_at", session.expires_at}});
  return {.view = session_of(session),
          .cookie = {std::string{cookie_name}, token,
                     std::chrono::duration_cast<std::chrono::seconds>(resident_session_time).count()}};
}

ResidentSession read_resident_session(Snapshot& snapshot, const Caller& caller, const ReadResidentSession&) {
  return session_of(snapshot.one<ResidentRow>(
      "select s.csrf, s.proven_at, s.expires_at, case when r.city_mark is null then 0 else 1 end as by_city"
      " from resident_sessions s join residents r on r.id = s.resident where s.token_hash = :session",
      {{"session", require_resident(caller).session}}));
}

WithCookie<Nothing> sign_out_resident(Transaction& tx, const Caller& caller, const SignOutResident&) {
  tx.run("update resident_sessions set ended_at = :at where token_hash = :session",
         {{"at", caller.at}, {"session", require_resident(caller).session}});
  return {.view = {}, .cookie = {std::string{cookie_name}, ""}};
}

Resident authenticate_resident(Snapshot& snapshot, const api::Credentials& credentials, Instant at) {
  auto session = snapshot.keys().keyed_hash("resident session", credentials.session_token);
  const auto row = snapshot.maybe<OpenRow>(
      "select s.resident, s.csrf, s.proven_at from resident_sessions s"
      " join residents r on r.id = s.resident where s.token_hash = :session and s.expires_at > :at"
      " and s.ended_at is null and r.ended_at is null",
      {{"session", session}, {"at", at}});
  if (!row) throw api::SessionExpired{session};
  if (credentials.changes && !same_token(row->csrf, credentials.csrf)) throw Problem{"csrf_missing"};
  return {row->resident, std::move(session), row->proven_at};
}

void require_fresh(const Resident& resident, Instant at) {
  if (at >= resident.proven_at + fresh_time) throw Problem{"fresh_code_needed"};
}

void end_residents(Transaction& tx, const std::vector<ResidentId>& residents, Instant at) {
  if (residents.empty()) return;
  tx.run(
      "update residents set phone_mark = null, phone = null, city_mark = null, ended_at = :at"
      " where id in (:residents)",
      {{"at", at}, {"residents", storage::in(residents)}});
  tx.run("update resident_people set ended_at = :at where resident in (:residents) and ended_at is null",
         {{"at", at}, {"residents", storage::in(residents)}});
}

std::int64_t end_unused_residents(Transaction& tx, Instant at, int limit) {
  std::vector<ResidentId> unused;
  for (const auto& row : tx.all<KnownRow>(
           "select id, last_used_at from residents where phone_mark is not null and last_used_at < :before"
           " order by last_used_at limit :limit",
           {{"before", at - unused_time}, {"limit", limit}}))
    unused.push_back(row.id);
  end_residents(tx, unused, at);
  return std::ssize(unused);
}

std::int64_t forget_old_codes(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from sign_in_codes where phone_mark in"
      " (select phone_mark from sign_in_codes where made_at < :before order by made_at limit :limit)",
      {{"before", at - std::chrono::hours{1}}, {"limit", limit}});
}

std::int64_t forget_resident_sessions(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from resident_sessions where token_hash in"
      " (select token_hash from resident_sessions where expires_at < :before order by expires_at limit :limit)",
      {{"before", at}, {"limit", limit}});
}

}  // namespace doorstep::identity
