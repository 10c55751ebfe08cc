// The password of whoever is signed in, asked once more before something that a stolen session must not do.
#pragma once

#include <expected>

#include "identity/sessions.hpp"
#include "identity/sign_in_tries.hpp"

namespace doorstep::identity {

// Of whoever is signed in, before the password is checked on a worker. One statement.
std::string stored_password_hash(Snapshot& snapshot, const Caller& caller);
template <class Wish>
std::string own_hash(Snapshot& snapshot, const Caller& caller, const Wish&) {
  return stored_password_hash(snapshot, caller);
}
template <class Wish>
Checked check_own(const std::string& stored, const Wish& wish) {
  return {verify_password(stored, wish.password.reveal()), stored};
}

struct Proven {
  StaffId staff;
  std::string username;
  Tries tries;
};
// Throws Problem too_many_attempts; a wrong one is counted. Three statements at most.
std::expected<Proven, Refused> require_own_password(Transaction& tx, const Caller& caller,
                                                    const Checked& checked);

}  // namespace doorstep::identity
