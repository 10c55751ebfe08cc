#include "journal/caller.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep {

bool Caller::has(Role role, VenueId venue) const {
  if (!staff) return false;
  return std::ranges::any_of(staff->grants, [&](const Grant& grant) {
    const bool stands_in = role == Role::centre_manager && grant.role == Role::administrator;
    return (grant.role == role || stands_in) && (!grant.venue || *grant.venue == venue);
  });
}

bool Caller::has_anywhere(std::initializer_list<Role> roles) const {
  if (!staff) return false;
  return std::ranges::any_of(
      staff->grants, [&](const Grant& grant) { return std::ranges::find(roles, grant.role) != roles.end(); });
}

const Staff& require_staff(const Caller& caller) {
  if (!caller.staff) throw Problem{"not_signed_in"};
  return *caller.staff;
}

const Staff& require_role(const Caller& caller, std::initializer_list<Role> roles, VenueId venue) {
  const auto& staff = require_staff(caller);
  const bool held = std::ranges::any_of(roles, [&](Role role) { return caller.has(role, venue); });
  if (!held && !caller.has(Role::administrator, venue)) throw Problem{"not_allowed"};
  return staff;
}

}  // namespace doorstep
