#include "identity/accounts.hpp"

#include "base/problem.hpp"
#include "identity/own_password.hpp"
#include "identity/second_factor.hpp"
#include "identity/sessions.hpp"

namespace doorstep::identity {

namespace {

void set_password(Transaction& tx, StaffId staff, const std::string& hash) {
  tx.run("update staff set password_hash = :hash where id = :id", {{"hash", hash}, {"id", staff}});
}

}  // namespace

void require_keeper_of_accounts(Snapshot& snapshot, const Caller& caller, StaffId staff) {
  require_role(caller, {Role::administrator}, WholeTown{});
  if (!works_here(snapshot, staff)) throw Problem{"no_such_staff"};
}

ChangedHash check_and_hash(const std::string& stored, const ChangePassword& wish, const PasswordCost& cost) {
  if (!verify_password(stored, wish.old_password.reveal())) return {};
  return {.right = true, .checked_hash = stored, .hash = hash_password(wish.password.reveal(), cost)};
}

StaffView record_staff(Transaction& tx, const Caller& caller, const RecordStaff& wish,
                       const NewHash& prepared) {
  require_staff(caller);
  if (!caller.has_anywhere({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
  if (has_staff(tx, wish.username)) throw Problem{"username_taken", {}, "username"};
  const auto id = tx.new_id<StaffId>();
  tx.run(
      "insert into staff (id, username, name, post_zh, post_en, password_hash, created_at)"
      " values (:id, :username, :name, :post_zh, :post_en, :password_hash, :at)",
      {{"id", id},
       {"username", wish.username},
       {"name", wish.name},
       {"post_zh", wish.post.zh},
       {"post_en", wish.post.en},
       {"password_hash", prepared.hash},
       {"at", caller.at}});
  return {.id = id, .username = wish.username, .name = wish.name, .post = wish.post, .grants = {}};
}

Nothing reset_password(Transaction& tx, const Caller& caller, const ResetPassword& wish,
                       const NewHash& prepared) {
  require_keeper_of_accounts(tx, caller, wish.staff);
  set_password(tx, wish.staff, prepared.hash);
  end_other_sessions(tx, wish.staff,
                     wish.staff == require_staff(caller).id ? require_staff(caller).session : "", caller.at);
  return {};
}

Outcome<Nothing> change_password(Transaction& tx, const Caller& caller, const ChangePassword&,
                                 const ChangedHash& prepared) {
  const auto proven = require_own_password(tx, caller, {prepared.right, prepared.checked_hash});
  if (!proven) return std::unexpected(proven.error());
  // Of two steps the password is one: it does not make good for wrong codes.
  if (!has_second_factor(tx, proven->staff)) forget_tries(tx, proven->tries);
  set_password(tx, proven->staff, prepared.hash);
  end_other_sessions(tx, proven->staff, require_staff(caller).session, caller.at);
  return Nothing{};
}

Nothing end_staff(Transaction& tx, const Caller& caller, const EndStaff& wish) {
  require_keeper_of_accounts(tx, caller, wish.staff);
  if (wish.staff == require_staff(caller).id) throw Problem{"own_account"};
  require_other_administrator(tx, wish.staff, caller.at);
  end_grants_of(tx, wish.staff, require_staff(caller).id, caller.at);
  end_other_sessions(tx, wish.staff, "", caller.at);
  tx.run("update staff set ended_at = :at where id = :id", {{"at", caller.at}, {"id", wish.staff}});
  return {};
}

}  // namespace doorstep::identity
