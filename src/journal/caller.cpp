#include "journal/caller.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep {

namespace {

const Reach& reach_of(const Staff& staff) {
  static const Reach no_tree;
  return staff.reach ? *staff.reach : no_tree;
}

bool holds_longer(const Grant& one, const Grant& other) {
  return other.until && (!one.until || *one.until > *other.until);
}

bool names(std::initializer_list<Role> roles, Role role) {
  return std::ranges::find(roles, role) != roles.end();
}

}  // namespace

const Grant* Caller::grant_for(Role role, const Scope& place) const {
  if (!staff) return nullptr;
  const auto& reach = reach_of(*staff);
  const Grant* longest = nullptr;
  for (const auto& grant : staff->grants) {
    const bool stands_in = role == Role::centre_manager && grant.role == Role::administrator;
    if (grant.role != role && !stands_in) continue;
    if (!reach.covers(grant.scope, place)) continue;
    if (longest == nullptr || holds_longer(grant, *longest)) longest = &grant;
  }
  return longest;
}

bool Caller::has_anywhere(std::initializer_list<Role> roles) const {
  if (!staff) return false;
  return std::ranges::any_of(staff->grants, [&](const Grant& grant) { return names(roles, grant.role); });
}

bool Caller::has_at_a_venue(std::initializer_list<Role> roles) const {
  if (!staff) return false;
  return std::ranges::any_of(staff->grants, [&](const Grant& grant) {
    return names(roles, grant.role) && reach_of(*staff).reaches_a_venue(grant.scope);
  });
}

const Staff& require_staff(const Caller& caller) {
  if (!caller.staff) throw Problem{"not_signed_in"};
  return *caller.staff;
}

const Resident& require_resident(const Caller& caller) {
  if (!caller.resident) throw Problem{"not_signed_in"};
  return *caller.resident;
}

const PairedDevice& require_paired(const Caller& caller) {
  if (!caller.paired) throw Problem{"not_signed_in"};
  return *caller.paired;
}

const Staff& require_role(const Caller& caller, std::initializer_list<Role> roles, const Scope& place) {
  const auto& staff = require_staff(caller);
  const bool held = std::ranges::any_of(roles, [&](Role role) { return caller.has(role, place); });
  if (!held && !caller.has(Role::administrator, place)) throw Problem{"not_allowed"};
  return staff;
}

}  // namespace doorstep
