#include "identity/own_password.hpp"

namespace doorstep::identity {

namespace {

struct OwnRow {
  std::string username;
  std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (username, password_hash))

OwnRow own_account(Snapshot& snapshot, StaffId staff) {
  return snapshot.one<OwnRow>("select username, password_hash from staff where id = :id", {{"id", staff}});
}

}  // namespace

std::string stored_password_hash(Snapshot& snapshot, const Caller& caller) {
  return own_account(snapshot, require_staff(caller).id).password_hash;
}

std::expected<Proven, Refused> require_own_password(Transaction& tx, const Caller& caller,
                                                    const Checked& checked) {
  const auto& staff = require_staff(caller);
  const auto own = own_account(tx, staff.id);
  const auto tries = require_patience(tx, "username", own.username, caller.at);
  // It may have been changed while the old one was being checked.
  if (!checked.right || checked.password_hash != own.password_hash)
    return std::unexpected(wrong_try(tx, tries, caller.at));
  return Proven{staff.id, own.username, tries};
}

}  // namespace doorstep::identity
