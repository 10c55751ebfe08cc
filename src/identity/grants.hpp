// Who has which role, where and for how long. What has ended stays as history.
//
// Who may give a role is asked where the places are known (network/grants.hpp); these are the rows.
#pragma once

#include <optional>
#include <vector>

#include "identity/identity.hpp"

namespace doorstep::identity {

struct GrantTag {
  static constexpr std::string_view prefix = "gr";
};
using GrantId = Id<GrantTag>;

struct GrantView {
  GrantId id;
  StaffName staff;
  Role role{};
  std::optional<OrganisationId> organisation;
  std::optional<VenueId> venue;  // with neither it holds in the whole town
  Instant from;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (id, staff, role, organisation, venue, from, until))

Scope scope_of(const GrantView& grant);

struct NewGrant {
  StaffId staff;
  Role role{};
  Scope scope;
  Instant from;
  std::optional<Instant> until;
  std::optional<StaffId> given_by;  // nobody: an import or the command line
};

GrantId put_grant(Transaction& tx, const NewGrant& grant);
// From `at` on it holds no longer; one that had not begun never will. One statement.
void end_grant(Transaction& tx, GrantId id, const std::optional<StaffId>& by, Instant at);

// The same of all that somebody has. One statement.
void end_grants_of(Transaction& tx, StaffId staff, const std::optional<StaffId>& by, Instant at);

std::optional<GrantView> grant(Snapshot& snapshot, GrantId id);
// Those that hold at `at` and those still to come, at just that scope, by id. One statement.
std::vector<GrantView> grants_at(Snapshot& snapshot, const Scope& scope, GrantId after, Instant at,
                                 int limit);
// The same of members of staff, at most some dozens of them.
std::vector<GrantView> grants_of(Snapshot& snapshot, const std::vector<StaffId>& staff, Instant at);
// What a member of staff may at that instant. One statement.
std::vector<Grant> grants_held(Snapshot& snapshot, StaffId staff, Instant at);
// Whether somebody has a role there or is to have one.
bool has_grants(Snapshot& snapshot, const Scope& scope, Instant at);

// Throws Problem last_administrator if only this member of staff is the town's administrator for good:
// without them nobody could ever give a role again. One statement.
void require_other_administrator(Snapshot& snapshot, StaffId staff, Instant at);

}  // namespace doorstep::identity
