#include "identity/second_factor.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/crypto.hpp"
#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "identity/accounts.hpp"
#include "identity/own_password.hpp"
#include "identity/passkeys.hpp"
#include "identity/totp.hpp"
#include "journal/bytes.hpp"

namespace doorstep::identity {

namespace {

struct FactorRow {
  storage::Bytes secret;
  Instant begun_at;
  std::optional<Instant> confirmed_at;
  std::int64_t last_step = 0;
};
BOOST_DESCRIBE_STRUCT(FactorRow, (), (secret, begun_at, confirmed_at, last_step))

SealContext secret_place(StaffId staff) { return {"second_factors", "secret", staff.value}; }

std::optional<FactorRow> factor_of(Snapshot& snapshot, StaffId staff) {
  return snapshot.maybe<FactorRow>(
      "select secret, begun_at, confirmed_at, last_step from second_factors where staff = :staff",
      {{"staff", staff}});
}

bool is_on(const std::optional<FactorRow>& row) { return row && row->confirmed_at; }

std::string opened(const Snapshot& snapshot, StaffId staff, const FactorRow& row) {
  return open(snapshot.keys(), Sealed<std::string>{std::string{as_text(row.secret)}}, secret_place(staff));
}

// People type spaces, dashes and capitals as they like.
std::string as_kept(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    code += lower(c);
  }
  return code;
}

bool is_from_app(std::string_view code) {
  return code.size() == totp_digits && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> right_step(const Snapshot& snapshot, StaffId staff, const FactorRow& row,
                                       std::string_view code, Instant at) {
  auto secret = opened(snapshot, staff, row);
  const auto step = step_of_code(secret, code, at, row.last_step);
  wipe(secret);
  return step;
}

std::string recovery_hash(const Snapshot& snapshot, StaffId staff, std::string_view code) {
  return snapshot.keys().keyed_hash("recovery code", std::to_string(staff.value) + ' ' + std::string{code});
}

// "k7mq-2xbd-9wfp": 60 random bits, without letters that look alike.
std::string new_recovery_code() {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  static_assert(letters.size() == 32);
  std::string code;
  for (const char c : random_bytes(system_entropy(), 12)) {
    if (code.size() == 4 || code.size() == 9) code += '-';
    code += letters[static_cast<unsigned char>(c) % letters.size()];
  }
  return code;
}

bool take_code(Transaction& tx, StaffId staff, const FactorRow& row, std::string_view typed, Instant at) {
  const auto code = as_kept(typed);
  if (is_from_app(code)) {
    const auto step = right_step(tx, staff, row, code, at);
    if (!step) return false;
    tx.run("update second_factors set last_step = :step where staff = :staff",
           {{"step", *step}, {"staff", staff}});
    return true;
  }
  return tx.run(
             "update recovery_codes set used_at = :at where staff = :staff and code_hash = :code_hash"
             " and used_at is null",
             {{"at", at}, {"staff", staff}, {"code_hash", recovery_hash(tx, staff, code)}}) == 1;
}

}  // namespace

SecondFactorView read_second_factor(Snapshot& snapshot, const Caller& caller, const ReadSecondFactor&) {
  const auto staff = require_staff(caller).id;
  const auto row = factor_of(snapshot, staff);
  if (!is_on(row)) return {};
  const auto left = snapshot.value<std::int64_t>(
      "select count(*) from recovery_codes where staff = :staff and used_at is null", {{"staff", staff}});
  return {.on = true, .since = row->confirmed_at, .recovery_codes_left = static_cast<std::int32_t>(left)};
}

Outcome<SecondFactorSecret> begin_second_factor(Transaction& tx, const Caller& caller,
                                                const BeginSecondFactor&, const Checked& checked) {
  const auto proven = require_own_password(tx, caller, checked);
  if (!proven) return std::unexpected(proven.error());
  forget_tries(tx, proven->tries);
  if (is_on(factor_of(tx, proven->staff))) throw Problem{"second_factor_on"};
  auto secret = random_bytes(system_entropy(), totp_secret_bytes);
  const auto sealed = seal(tx.keys(), secret, secret_place(proven->staff));
  tx.run(
      "insert into second_factors (staff, secret, begun_at, last_step) values (:staff, :secret, :at, 0)"
      " on conflict (staff) do update set secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0",
      {{"staff", proven->staff}, {"secret", as_column(sealed.bytes())}, {"at", caller.at}});
  const auto uri = otpauth_uri(secret, "Doorstep " + caller.host, proven->username);
  SecondFactorSecret shown{.secret = to_base32(secret), .uri = uri, .picture = qr_picture(uri)};
  wipe(secret);
  return shown;
}

RecoveryCodes confirm_second_factor(Transaction& tx, const Caller& caller, const ConfirmSecondFactor& wish) {
  const auto& staff = require_staff(caller);
  const auto row = factor_of(tx, staff.id);
  if (!row) throw Problem{"second_factor_not_begun"};
  if (row->confirmed_at) throw Problem{"second_factor_on"};
  if (caller.at >= row->begun_at + second_factor_begun_for) throw Problem{"second_factor_not_begun"};
  // Not counted: whoever is asked has just been shown the secret.
  const auto step = right_step(tx, staff.id, *row, as_kept(wish.code.reveal()), caller.at);
  if (!step) throw Problem{"wrong_second_factor", {}, "code"};
  tx.run("update second_factors set confirmed_at = :at, last_step = :step where staff = :staff",
         {{"at", caller.at}, {"step", *step}, {"staff", staff.id}});
  tx.run("delete from recovery_codes where staff = :staff", {{"staff", staff.id}});
  RecoveryCodes given;
  for (int i = 0; i < recovery_codes_given; ++i) {
    const auto& code = given.codes.emplace_back(new_recovery_code());
    tx.run("insert into recovery_codes (staff, code_hash) values (:staff, :code_hash)",
           {{"staff", staff.id}, {"code_hash", recovery_hash(tx, staff.id, as_kept(code))}});
  }
  end_other_sessions(tx, staff.id, staff.session, caller.at);
  return given;
}

Outcome<Nothing> end_second_factor(Transaction& tx, const Caller& caller, const EndSecondFactor& wish,
                                   const Checked& checked) {
  const auto proven = require_own_password(tx, caller, checked);
  if (!proven) return std::unexpected(proven.error());
  const auto row = factor_of(tx, proven->staff);
  if (!is_on(row)) throw Problem{"second_factor_off"};
  if (!take_code(tx, proven->staff, *row, wish.code.reveal(), caller.at))
    return std::unexpected(wrong_try(tx, proven->tries, caller.at, "wrong_second_factor"));
  forget_tries(tx, proven->tries);
  forget_second_factor(tx, proven->staff);
  return Nothing{};
}

Nothing end_second_factor_of(Transaction& tx, const Caller& caller, const EndSecondFactorOf& wish) {
  require_keeper_of_accounts(tx, caller, wish.staff);
  // An administrator's own goes as everybody's does, with a code.
  if (wish.staff == require_staff(caller).id) throw Problem{"own_second_factor"};
  forget_second_factor(tx, wish.staff);
  end_passkeys_of(tx, wish.staff, caller.at);
  end_other_sessions(tx, wish.staff, "", caller.at);
  return {};
}

std::optional<Refused> second_factor_refusal(Transaction& tx, const Tries& tries, StaffId staff,
                                             const std::optional<Secret>& code, Instant at) {
  const auto row = factor_of(tx, staff);
  if (!is_on(row)) return std::nullopt;
  if (!code) throw Problem{"second_factor_needed"};
  if (take_code(tx, staff, *row, code->reveal(), at)) return std::nullopt;
  return wrong_try(tx, tries, at, "wrong_second_factor");
}

bool has_second_factor(Snapshot& snapshot, StaffId staff) { return is_on(factor_of(snapshot, staff)); }

void forget_second_factor(Transaction& tx, StaffId staff) {
  tx.run("delete from recovery_codes where staff = :staff", {{"staff", staff}});
  tx.run("delete from second_factors where staff = :staff", {{"staff", staff}});
}

}  // namespace doorstep::identity
