#include "identity/passkeys.hpp"

#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "identity/own_password.hpp"
#include "identity/second_factor.hpp"
#include "journal/bytes.hpp"

namespace doorstep::identity {

namespace {

struct KeyRow {
  PasskeyId id;
  PasskeyAlgorithm algorithm{};
  storage::Bytes public_key;
  std::string host;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, algorithm, public_key, host))

struct OwnerRow {
  PasskeyId id;
  StaffId staff;
  std::int64_t sign_count = 0;
  std::string name;
  std::string post_zh, post_en;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (id, staff, sign_count, name, post_zh, post_en))

struct CredentialRow {
  std::string credential;
};
BOOST_DESCRIBE_STRUCT(CredentialRow, (), (credential))

std::string challenge_hash(const Snapshot& snapshot, std::string_view challenge) {
  return snapshot.keys().keyed_hash("passkey challenge", challenge);
}

// By which a passkey knows whose it is: the same for all of an account's, and nothing to whoever reads it.
std::string user_handle(const Snapshot& snapshot, StaffId staff) {
  return snapshot.keys().keyed_hash("passkey user", std::to_string(staff.value));
}

PasskeyChallenge new_challenge(Transaction& tx, const Caller& caller, const std::optional<StaffId>& staff) {
  PasskeyChallenge made{.challenge = tx.new_token(),
                        .host = passkey_host(caller.host),
                        .expires_at = caller.at + challenge_time};
  tx.run(
      "insert into passkey_challenges (challenge_hash, staff, expires_at) values (:challenge_hash, :staff, :expires_at)",
      {{"challenge_hash", challenge_hash(tx, made.challenge)},
       {"staff", staff},
       {"expires_at", made.expires_at}});
  return made;
}

// Whether it was given for this and is still good; from now on it is not.
bool use_challenge(Transaction& tx, std::string_view challenge, const std::optional<StaffId>& staff,
                   Instant at) {
  const auto hash = challenge_hash(tx, challenge);
  if (staff)
    return tx.run(
               "delete from passkey_challenges where challenge_hash = :hash and staff = :staff and expires_at > :at",
               {{"hash", hash}, {"staff", *staff}, {"at", at}}) == 1;
  return tx.run(
             "delete from passkey_challenges where challenge_hash = :hash and staff is null and expires_at > :at",
             {{"hash", hash}, {"at", at}}) == 1;
}

std::vector<std::string> credentials_of(Snapshot& snapshot, StaffId staff) {
  std::vector<std::string> known;
  for (
      auto& row : snapshot.all<CredentialRow>(
          "select credential from passkeys where staff = :staff and ended_at is null order by id limit :limit",
          {{"staff", staff}, {"limit", passkeys_max}}))
    known.push_back(std::move(row.credential));
  return known;
}

}  // namespace

Page<PasskeyView> list_passkeys(Snapshot& snapshot, const Caller& caller, const ListPasskeys& wish) {
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<PasskeyView>(
      "select id, name, host, created_at, last_used_at from passkeys"
      " where staff = :staff and ended_at is null and id > :after order by id limit :limit",
      {{"staff", require_staff(caller).id}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const PasskeyView& row) { return row.id.value; },
      [](const PasskeyView& row) { return row; });
}

Outcome<PasskeyWish> begin_passkey(Transaction& tx, const Caller& caller, const BeginPasskey& wish,
                                   const Checked& checked) {
  const auto proven = require_own_password(tx, caller, checked);
  if (!proven) return std::unexpected(proven.error());
  if (auto refused = second_factor_refusal(tx, proven->tries, proven->staff, wish.code, caller.at))
    return std::unexpected(*std::move(refused));
  forget_tries(tx, proven->tries);
  auto known = credentials_of(tx, proven->staff);
  if (std::ssize(known) >= passkeys_max) throw Problem{"too_many_passkeys"};
  auto challenge = new_challenge(tx, caller, proven->staff);
  return PasskeyWish{
      .challenge = std::move(challenge.challenge),
      .host = std::move(challenge.host),
      .user = user_handle(tx, proven->staff),
      .username = proven->username,
      .name = officer(tx, proven->staff).name,
      .algorithms = {cose_number(PasskeyAlgorithm::es256), cose_number(PasskeyAlgorithm::eddsa),
                     cose_number(PasskeyAlgorithm::rs256)},
      .known = std::move(known),
      .expires_at = challenge.expires_at};
}

Outcome<PasskeyView> record_passkey(Transaction& tx, const Caller& caller, const RecordPasskey& wish) {
  const auto staff = require_staff(caller).id;
  const auto said = read_client_data(from_base64url(wish.client_data), Ceremony::create, caller.host);
  if (!said) throw Problem{"passkey_not_accepted"};
  if (!use_challenge(tx, said->challenge, staff, caller.at)) throw Problem{"passkey_challenge_gone"};
  // From here on the challenge stays used, whatever comes of it.
  const auto host = passkey_host(caller.host);
  const auto made = read_new_passkey(from_base64url(wish.authenticator_data), host);
  if (!made) return std::unexpected(Refused{Problem{"passkey_not_accepted"}});
  if (std::ssize(credentials_of(tx, staff)) >= passkeys_max)
    return std::unexpected(Refused{Problem{"too_many_passkeys"}});
  PasskeyView view{.id = tx.new_id<PasskeyId>(),
                   .name = wish.name,
                   .host = host,
                   .created_at = caller.at,
                   .last_used_at = {}};
  const auto kept = tx.run(
      "insert into passkeys (id, staff, credential, host, algorithm, public_key, sign_count, name, created_at)"
      " values (:id, :staff, :credential, :host, :algorithm, :public_key, :sign_count, :name, :at)"
      " on conflict (credential) do nothing",
      {{"id", view.id},
       {"staff", staff},
       {"credential", made->credential},
       {"host", host},
       {"algorithm", made->algorithm},
       {"public_key", as_column(made->public_key)},
       {"sign_count", made->sign_count},
       {"name", view.name},
       {"at", caller.at}});
  if (kept == 0) return std::unexpected(Refused{Problem{"passkey_known"}});
  return view;
}

Nothing end_passkey(Transaction& tx, const Caller& caller, const EndPasskey& wish) {
  const auto mine = tx.value<std::int64_t>("select count(*) from passkeys where id = :id and staff = :staff",
                                           {{"id", wish.passkey}, {"staff", require_staff(caller).id}});
  if (mine == 0) throw Problem{"no_such_passkey"};
  tx.run("update passkeys set ended_at = :at where id = :id and ended_at is null",
         {{"at", caller.at}, {"id", wish.passkey}});
  return {};
}

PasskeyChallenge ask_for_challenge(Transaction& tx, const Caller& caller, const AskForChallenge&) {
  return new_challenge(tx, caller, std::nullopt);
}

StoredPasskey find_passkey(Snapshot& snapshot, const Caller& caller, const SignInByPasskey& wish) {
  const auto row = snapshot.maybe<KeyRow>(
      "select id, algorithm, public_key, host from passkeys where credential = :credential and ended_at is null",
      {{"credential", wish.credential}});
  if (!row) return {.id = {}, .public_key = {}, .host = {}, .host_of_now = caller.host};
  return {.id = row->id,
          .algorithm = row->algorithm,
          .public_key = std::string{as_text(row->public_key)},
          .host = row->host,
          .host_of_now = caller.host};
}

PasskeyProof check_passkey(const StoredPasskey& stored, const SignInByPasskey& wish) {
  const Assertion assertion{.client_data = from_base64url(wish.client_data),
                            .authenticator_data = from_base64url(wish.authenticator_data),
                            .signature = from_base64url(wish.signature)};
  const auto said = read_client_data(assertion.client_data, Ceremony::get, stored.host_of_now);
  if (!said) return {};
  PasskeyProof proof{.right = {}, .challenge = said->challenge};
  if (!stored.id || stored.host != passkey_host(stored.host_of_now)) return proof;
  const auto count = check_assertion(assertion, stored.algorithm, stored.public_key, stored.host);
  if (!count) return proof;
  proof.right = stored.id;
  proof.sign_count = *count;
  return proof;
}

// A credential's name is long and random, so that nobody guesses one: which exist need not be hidden, and yet
// all that is wrong is refused alike.
Outcome<WithCookie<SessionView>> sign_in_by_passkey(Transaction& tx, const Caller& caller,
                                                    const SignInByPasskey& wish, const PasskeyProof& proof) {
  const Refused refused{Problem{"passkey_not_accepted"}};
  if (proof.challenge.empty()) throw Problem{"passkey_not_accepted"};
  if (!use_challenge(tx, proof.challenge, std::nullopt, caller.at)) throw Problem{"passkey_challenge_gone"};
  if (!proof.right) return std::unexpected(refused);
  const auto row = tx.maybe<OwnerRow>(
      "select passkeys.id, passkeys.staff, passkeys.sign_count, staff.name, staff.post_zh, staff.post_en"
      " from passkeys join staff on staff.id = passkeys.staff"
      " where passkeys.id = :id and passkeys.ended_at is null and staff.ended_at is null",
      {{"id", *proof.right}});
  if (!row || !same_token(wish.user, user_handle(tx, row->staff))) return std::unexpected(refused);
  // One that does not count says zero for ever. One that counts and goes back exists twice.
  const bool counts = proof.sign_count != 0 || row->sign_count != 0;
  if (counts && proof.sign_count <= row->sign_count)
    return std::unexpected(Refused{Problem{"passkey_copied"}});
  tx.run("update passkeys set sign_count = :sign_count, last_used_at = :at where id = :id",
         {{"sign_count", proof.sign_count}, {"at", caller.at}, {"id", row->id}});
  return begin_session(tx, {row->staff, row->name}, {row->post_zh, row->post_en}, caller.at);
}

void end_passkeys_of(Transaction& tx, StaffId staff, Instant at) {
  tx.run("update passkeys set ended_at = :at where staff = :staff and ended_at is null",
         {{"at", at}, {"staff", staff}});
}

std::int64_t forget_old_challenges(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from passkey_challenges where challenge_hash in"
      " (select challenge_hash from passkey_challenges where expires_at < :at order by expires_at limit :limit)",
      {{"at", at}, {"limit", limit}});
}

}  // namespace doorstep::identity
