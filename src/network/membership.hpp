// Members of the Party 党员 and their branches: a fact of a person that stands in no list and in no file that
// is opened for something else. Whoever takes in what it is needed for looks at it for itself, with a
// purpose.
#pragma once

#include <optional>
#include <string>

#include "api/outcome.hpp"
#include "base/limits.hpp"
#include "identity/person.hpp"
#include "network/network.hpp"

namespace doorstep::network {

struct NewMembership {
  OrganisationId branch;
  identity::MembershipKind kind{};
  std::optional<Day> joined_on;
};
BOOST_DESCRIBE_STRUCT(NewMembership, (), (branch, kind, joined_on))

struct PutMembership {
  identity::PersonId person;
  std::int64_t version = 0;
  std::optional<NewMembership> membership;  // none: it was a mistake, or has ended
};
BOOST_DESCRIBE_STRUCT(PutMembership, (), (person, version, membership))

struct LookAtMembership {
  identity::PersonId person;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = identity::purpose_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(LookAtMembership, (), (person, purpose))

struct MembershipView {
  identity::PersonId person;
  std::int64_t version = 0;
  std::optional<identity::Membership> membership;  // none is on record
};
BOOST_DESCRIBE_STRUCT(MembershipView, (), (person, version, membership))

// The answer shows no membership: whoever put it there knows.
identity::PersonView put_membership(Transaction& tx, const Caller& caller, const PutMembership& wish);
Outcome<MembershipView> look_at_membership(Transaction& tx, const Caller& caller,
                                           const LookAtMembership& wish);

// In its stored form. Throws Problem no_such_organisation, membership_needs_branch, organisation_ended,
// day_to_come. Two statements.
std::string stored_membership(Snapshot& snapshot, const Caller& caller, const NewMembership& wish);
// Throws Problem no_such_organisation, membership_needs_branch, organisation_ended. One statement.
std::string require_members_branch(Snapshot& snapshot, OrganisationId branch);

}  // namespace doorstep::network
