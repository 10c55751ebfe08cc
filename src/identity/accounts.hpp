// The accounts of staff: made by a manager, ended by an administrator; the password is its owner's.
#pragma once

#include "base/crypto.hpp"
#include "base/limits.hpp"
#include "base/secret.hpp"
#include "identity/staff.hpp"

namespace doorstep::identity {

// A new account may sign in, and nothing more until it is given a role.
struct RecordStaff {
  std::string username;
  std::string name;
  Text post;
  Secret password;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "password") return {.length_min = password_chars_min, .length_max = password_bytes_max};
    return {.length_min = 1, .length_max = name_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordStaff, (), (username, name, post, password))

struct ResetPassword {
  StaffId staff;
  Secret password;

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = password_chars_min, .length_max = password_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (staff, password))

struct ChangePassword {
  Secret old_password;
  Secret password;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "old_password") return {.length_min = 1, .length_max = password_bytes_max};
    return {.length_min = password_chars_min, .length_max = password_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (old_password, password))

struct EndStaff {
  StaffId staff;
};
BOOST_DESCRIBE_STRUCT(EndStaff, (), (staff))

// Slow work, done before the command: Argon2id takes tens of milliseconds.
struct NewHash {
  std::string hash;
};
struct ChangedHash {
  bool right = false;        // the old password
  std::string checked_hash;  // that it was checked against
  std::string hash;          // of the new one
};
ChangedHash check_and_hash(const std::string& stored, const ChangePassword& wish, const PasswordCost& cost);
template <class Wish>
NewHash hash_of(const Wish& wish, const PasswordCost& cost) {
  return {hash_password(wish.password.reveal(), cost)};
}

StaffView record_staff(Transaction& tx, const Caller& caller, const RecordStaff& wish,
                       const NewHash& prepared);
// All sessions of the account end.
Nothing reset_password(Transaction& tx, const Caller& caller, const ResetPassword& wish,
                       const NewHash& prepared);
// All other sessions of the account end.
Outcome<Nothing> change_password(Transaction& tx, const Caller& caller, const ChangePassword& wish,
                                 const ChangedHash& prepared);
// Whoever gives an account another password, ends it, or takes its second step away, could act in its name:
// that takes the whole town's administrator. Throws not_allowed, no_such_staff. One statement.
void require_keeper_of_accounts(Snapshot& snapshot, const Caller& caller, StaffId staff);

// Its roles and sessions end with it; its name stays in what it did.
Nothing end_staff(Transaction& tx, const Caller& caller, const EndStaff& wish);

}  // namespace doorstep::identity
