// Who may do what, where and for how long: giving a role and taking it back.
//
// An administrator gives any role where their own holds; a centre manager gives those of the people who work
// with them, but makes no other manager, auditor or administrator.
#pragma once

#include <optional>

#include "api/page.hpp"
#include "identity/grants.hpp"
#include "network/network.hpp"

namespace doorstep::network {

using identity::GrantId;
using identity::GrantView;

// Those at an organisation, at a venue, or with neither those in the whole town; what holds and what is to
// come.
struct ListGrants {
  std::optional<OrganisationId> organisation;
  std::optional<VenueId> venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListGrants, (), (organisation, venue, cursor, limit))

struct GiveRole {
  StaffId staff;
  Role role{};
  std::optional<OrganisationId> organisation;
  std::optional<VenueId> venue;
  std::optional<Instant> from;  // absent: at once
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(GiveRole, (), (staff, role, organisation, venue, from, until))

struct EndRole {
  GrantId grant;
};
BOOST_DESCRIBE_STRUCT(EndRole, (), (grant))

Page<GrantView> list_grants(Snapshot& snapshot, const Caller& caller, const ListGrants& wish);
GrantView give_role(Transaction& tx, const Caller& caller, const GiveRole& wish);
Nothing end_role(Transaction& tx, const Caller& caller, const EndRole& wish);

}  // namespace doorstep::network
