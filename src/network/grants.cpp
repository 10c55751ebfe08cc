#include "network/grants.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

constexpr Role given_by_administrators[] = {Role::centre_manager, Role::auditor, Role::administrator};

Scope asked_scope(const std::optional<OrganisationId>& organisation, const std::optional<VenueId>& venue) {
  if (organisation && venue) throw Problem{"one_place_only", {}, "venue"};
  if (organisation) return *organisation;
  if (venue) return *venue;
  return WholeTown{};
}

void require_place(Snapshot& snapshot, const Scope& scope) {
  if (const auto* organisation = std::get_if<OrganisationId>(&scope)) {
    const auto live = snapshot.value<std::int64_t>(
        "select count(*) from organisations where id = :id and ended_at is null", {{"id", *organisation}});
    if (live == 0) throw Problem{"no_such_organisation", {}, "organisation"};
  }
  if (const auto* place = std::get_if<VenueId>(&scope)) {
    const auto live = snapshot.value<std::int64_t>(
        "select count(*) from venues where id = :id and ended_at is null", {{"id", *place}});
    if (live == 0) throw Problem{"no_such_venue", {}, "venue"};
  }
}

// The grant by which the caller may give that role there; throws Problem not_allowed.
const Grant& require_giver(const Caller& caller, Role role, const Scope& scope) {
  const bool by_administrators =
      std::ranges::find(given_by_administrators, role) != std::end(given_by_administrators);
  const auto needed = by_administrators ? Role::administrator : Role::centre_manager;
  require_role(caller, {needed}, scope);
  return *caller.grant_for(needed, scope);
}

bool overlap(const GrantView& held, Instant from, const std::optional<Instant>& until) {
  return (!held.until || *held.until > from) && (!until || *until > held.from);
}

}  // namespace

Page<GrantView> list_grants(Snapshot& snapshot, const Caller& caller, const ListGrants& wish) {
  const auto scope = asked_scope(wish.organisation, wish.venue);
  require_place(snapshot, scope);
  require_role(caller, {Role::centre_manager}, scope);
  const int limit = page_limit(wish.limit);
  const auto rows =
      identity::grants_at(snapshot, scope, GrantId{page_after(wish.cursor)}, caller.at, limit + 1);
  return page_of(
      rows, limit, [](const GrantView& grant) { return grant.id.value; },
      [](const GrantView& grant) { return grant; });
}

GrantView give_role(Transaction& tx, const Caller& caller, const GiveRole& wish) {
  const auto scope = asked_scope(wish.organisation, wish.venue);
  require_place(tx, scope);
  const auto& own = require_giver(caller, wish.role, scope);
  if (!identity::works_here(tx, wish.staff)) throw Problem{"no_such_staff", {}, "staff"};
  const auto from = std::max(wish.from.value_or(caller.at), caller.at);  // nobody had a role in the past
  if (wish.until && *wish.until <= from) throw Problem{"period_empty", {}, "until"};
  // Nobody gives what they will not have themselves: else who is administrator until Friday is it for good.
  if (own.until && (!wish.until || *wish.until > *own.until)) throw Problem{"period_beyond_own", {}, "until"};
  for (const auto& held : identity::grants_of(tx, {wish.staff}, caller.at)) {
    if (held.role == wish.role && scope_of(held) == scope && overlap(held, from, wish.until))
      throw Problem{"role_held_already"};
  }
  const auto id = identity::put_grant(tx, {.staff = wish.staff,
                                           .role = wish.role,
                                           .scope = scope,
                                           .from = from,
                                           .until = wish.until,
                                           .given_by = require_staff(caller).id});
  return *identity::grant(tx, id);
}

Nothing end_role(Transaction& tx, const Caller& caller, const EndRole& wish) {
  const auto found = identity::grant(tx, wish.grant);
  if (!found) throw Problem{"no_such_grant"};
  require_giver(caller, found->role, scope_of(*found));
  if (found->until && *found->until <= caller.at) return {};  // pressed twice
  if (found->role == Role::administrator && scope_of(*found) == Scope{WholeTown{}} && !found->until)
    identity::require_other_administrator(tx, found->staff.id, caller.at);
  identity::end_grant(tx, found->id, require_staff(caller).id, caller.at);
  return {};
}

}  // namespace doorstep::network
