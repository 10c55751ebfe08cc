#include "identity/devices.hpp"

#include "base/ascii.hpp"
#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "identity/sign_in_tries.hpp"
#include "journal/tokens.hpp"

namespace doorstep::identity {

namespace {

struct WaitingRow {
  std::optional<DeviceId> device;
  std::optional<std::string> csrf;
};
BOOST_DESCRIBE_STRUCT(WaitingRow, (), (device, csrf))

struct OpenRow {
  DeviceId device;
  std::string csrf;
};
BOOST_DESCRIBE_STRUCT(OpenRow, (), (device, csrf))

struct FoundRow {
  PairingId id;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (id))

constexpr std::string_view cookie_name = "doorstep_paired";
constexpr auto cookie_seconds =
    400LL * 24 * 3600;  // the longest that browsers keep; begun anew whenever seen

// Without those that look alike: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, and no U beside V.
constexpr std::string_view letters = "ACDEFGHJKMNPQRTVWXY34679";

// Letters from 60 random bits of a token, each as likely as the next.
std::string new_code(Transaction& tx) {
  constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::uint64_t bits = 0;
  for (const char c : tx.new_token().substr(0, 10)) bits = bits << 6U | base64url.find(c);
  std::string code;
  for (std::size_t i = 0; i < pairing_code_letters; ++i, bits /= letters.size())
    code += letters[bits % letters.size()];
  return code;
}

// However it was typed: "ＡＣＤ efg", "acd-efg".
std::string as_meant(std::string_view typed) {
  std::string code;
  for (const char c : folded_width(typed)) {
    if (c != ' ' && c != '-') code += lower(c);
  }
  return code;
}

std::string code_hash(const Snapshot& snapshot, std::string_view typed) {
  return snapshot.keys().keyed_hash("pairing code", as_meant(typed));
}

std::string secret_hash(const Snapshot& snapshot, std::string_view secret) {
  return snapshot.keys().keyed_hash("pairing secret", secret);
}

std::string token_of(const Snapshot& snapshot, DeviceId device) {
  return tokens::token_for(snapshot.keys(), "device", device.value);
}

Cookie cookie_of(const Snapshot& snapshot, DeviceId device) {
  return {std::string{cookie_name}, token_of(snapshot, device), cookie_seconds};
}

}  // namespace

PairingView start_pairing(Transaction& tx, const Caller& caller, const StartPairing&) {
  const auto code = new_code(tx);
  auto secret = tx.new_token();
  const auto expires_at = caller.at + pairing_time;
  tx.run("delete from pairings where browser = :browser", {{"browser", caller.device}});
  const auto shown = tx.run(
      "insert into pairings (id, browser, code_hash, secret_hash, expires_at)"
      " values (:id, :browser, :code_hash, :secret_hash, :expires_at) on conflict (code_hash) do nothing",
      {{"id", tx.new_id<PairingId>()},
       {"browser", caller.device},
       {"code_hash", code_hash(tx, code)},
       {"secret_hash", secret_hash(tx, secret)},
       {"expires_at", expires_at}});
  // Another device shows the same code, once in two hundred million: whoever asks again is given another.
  if (shown == 0) throw Problem{"overloaded"};
  return {.code = code, .secret = std::move(secret), .expires_at = expires_at};
}

Outcome<PairingId> find_pairing(Transaction& tx, StaffId typed_by, std::string_view code, Instant at) {
  const auto tries = require_patience(tx, "pairing code", to_string(typed_by), at);
  const auto found =
      tx.maybe<FoundRow>("select id from pairings where code_hash = :code_hash and expires_at > :at",
                         {{"code_hash", code_hash(tx, code)}, {"at", at}});
  if (!found) return std::unexpected(wrong_try(tx, tries, at, "wrong_pairing_code"));
  forget_tries(tx, tries);
  return found->id;
}

void begin_device_session(Transaction& tx, PairingId pairing, DeviceId device, Instant at) {
  tx.run(
      "insert into device_sessions (device, token_hash, csrf, begun_at) values (:device, :token_hash, :csrf, :at)",
      {{"device", device},
       {"token_hash", tokens::hash_of(tx.keys(), token_of(tx, device))},
       {"csrf", tx.new_token()},
       {"at", at}});
  tx.run("update pairings set code_hash = null, device = :device, expires_at = :expires_at where id = :id",
         {{"device", device}, {"expires_at", at + pairing_time}, {"id", pairing}});
}

void end_device_session(Transaction& tx, DeviceId device, Instant at) {
  tx.run("update device_sessions set ended_at = :at where device = :device and ended_at is null",
         {{"at", at}, {"device", device}});
}

WithCookie<DeviceSession> collect_pairing(Transaction& tx, const Caller& caller, const CollectPairing& wish) {
  const auto row = tx.maybe<WaitingRow>(
      "select p.device, s.csrf from pairings p left join device_sessions s on s.device = p.device"
      " where p.secret_hash = :secret_hash and p.expires_at > :at and s.last_seen_at is null"
      " and s.ended_at is null",
      {{"secret_hash", secret_hash(tx, wish.secret.reveal())}, {"at", caller.at}});
  if (!row) throw Problem{"no_such_pairing"};
  if (!row->device) throw Problem{"pairing_waits"};
  return {.view = {*row->device, row->csrf.value()}, .cookie = cookie_of(tx, *row->device)};
}

WithCookie<Nothing> note_seen(Transaction& tx, const Caller& caller, const NoteSeen&) {
  const auto device = require_paired(caller).id;
  tx.run(
      "update device_sessions set last_seen_at = :at where device = :device"
      " and (last_seen_at is null or last_seen_at <= :before)",
      {{"at", caller.at}, {"device", device}, {"before", caller.at - between_seen}});
  return {.view = {}, .cookie = cookie_of(tx, device)};
}

PairedDevice authenticate_device(Snapshot& snapshot, const api::Credentials& credentials, Instant) {
  auto session = tokens::hash_of(snapshot.keys(), credentials.session_token);
  const auto row = snapshot.maybe<OpenRow>(
      "select device, csrf from device_sessions where token_hash = :session and ended_at is null",
      {{"session", session}});
  if (!row) throw api::SessionExpired{session};
  if (credentials.changes && !same_token(row->csrf, credentials.csrf)) throw Problem{"csrf_missing"};
  return {row->device, std::move(session)};
}

std::string csrf_of(Snapshot& snapshot, DeviceId device) {
  return snapshot.value<std::string>("select csrf from device_sessions where device = :device",
                                     {{"device", device}});
}

std::int64_t forget_old_pairings(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from pairings where id in"
      " (select id from pairings where expires_at < :before order by expires_at limit :limit)",
      {{"before", at}, {"limit", limit}});
}

}  // namespace doorstep::identity
