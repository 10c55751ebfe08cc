#include "network/membership.hpp"

#include <array>

#include "base/problem.hpp"
#include "identity/phones.hpp"
#include "network/organisation.hpp"

namespace doorstep::network {

namespace {

using identity::Fact;

// Transfers are taken in at windows: greeters have nothing to do with them.
bool handles_membership(const Caller& caller) {
  return caller.has_at_a_venue({Role::window_officer, Role::centre_manager, Role::administrator});
}

}  // namespace

std::string require_members_branch(Snapshot& snapshot, OrganisationId branch) {
  const auto organisation = require_organisation(snapshot, branch, "branch");
  if (organisation.kind != OrganisationKind::branch) throw Problem{"membership_needs_branch", {}, "branch"};
  require_live(organisation, "branch");
  return organisation.official_name.value_or(organisation.name.zh);
}

std::string stored_membership(Snapshot& snapshot, const Caller& caller, const NewMembership& wish) {
  const auto name = require_members_branch(snapshot, wish.branch);
  if (wish.joined_on && *wish.joined_on > local_zone(snapshot).day_of(caller.at))
    throw Problem{"day_to_come", {}, "joined_on"};
  return write_json(identity::Membership{
      .branch = wish.branch, .branch_name = name, .kind = wish.kind, .joined_on = wish.joined_on});
}

identity::PersonView put_membership(Transaction& tx, const Caller& caller, const PutMembership& wish) {
  identity::require_at_window(caller);
  const auto row = identity::require_living_record(tx, wish.person);
  require_version(row.version, wish.version);
  const auto value = wish.membership ? stored_membership(tx, caller, *wish.membership) : std::string{};
  // The answer shows the person, masked, to whoever writes: a look as well.
  identity::audit_look_at(tx, caller, "correct_person", std::array{row.id}, "correcting");
  return identity::change_facts(tx, caller, row.id, {{Fact::membership, value}});
}

Outcome<MembershipView> look_at_membership(Transaction& tx, const Caller& caller,
                                           const LookAtMembership& wish) {
  const auto row = identity::require_person(tx, wish.person);
  if (!handles_membership(caller))
    return identity::denied_look(tx, caller, "look_at_membership", std::array{row.id}, wish.purpose);
  identity::require_purpose(wish.purpose);
  identity::audit_look_at(tx, caller, "look_at_membership", std::array{row.id}, wish.purpose);
  if (row.erased_at) return std::unexpected(Refused{Problem{"person_erased"}});
  return MembershipView{row.id, row.version, identity::membership_shown(tx, row.id)};
}

}  // namespace doorstep::network
