#include "identity/grants.hpp"

#include <string>

#include "base/problem.hpp"

namespace doorstep::identity {

namespace {

// How a scope is stored: its kind, and the number of the place.
enum class Kind { town, organisation, venue };
BOOST_DESCRIBE_ENUM(Kind, town, organisation, venue)

struct Stored {
  Kind kind{};
  std::int64_t place = 0;
};

Stored stored(const Scope& scope) {
  if (const auto* organisation = std::get_if<OrganisationId>(&scope))
    return {Kind::organisation, organisation->value};
  if (const auto* venue = std::get_if<VenueId>(&scope)) return {Kind::venue, venue->value};
  return {Kind::town, 0};
}

struct Row {
  GrantId id;
  StaffId staff;
  std::string name;
  Role role{};
  Kind reach{};
  std::int64_t place = 0;
  Instant from_at;
  std::optional<Instant> until_at;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, staff, name, role, reach, place, from_at, until_at))

struct HeldRow {
  Role role{};
  Kind reach{};
  std::int64_t place = 0;
  std::optional<Instant> until_at;
};
BOOST_DESCRIBE_STRUCT(HeldRow, (), (role, reach, place, until_at))

struct AdministratorsRow {
  std::int64_t theirs = 0, others = 0;
};
BOOST_DESCRIBE_STRUCT(AdministratorsRow, (), (theirs, others))

Scope scope_of(const HeldRow& row) {
  switch (row.reach) {
    case Kind::organisation: return OrganisationId{row.place};
    case Kind::venue: return VenueId{row.place};
    case Kind::town: break;
  }
  return WholeTown{};
}

GrantView view(const Row& row) {
  GrantView view{.id = row.id,
                 .staff = {row.staff, row.name},
                 .role = row.role,
                 .organisation = {},
                 .venue = {},
                 .from = row.from_at,
                 .until = row.until_at};
  if (row.reach == Kind::organisation) view.organisation = OrganisationId{row.place};
  if (row.reach == Kind::venue) view.venue = VenueId{row.place};
  return view;
}

std::vector<GrantView> views(const std::vector<Row>& rows) {
  std::vector<GrantView> found;
  found.reserve(rows.size());
  for (const auto& row : rows) found.push_back(view(row));
  return found;
}

}  // namespace

Scope scope_of(const GrantView& grant) {
  if (grant.organisation) return *grant.organisation;
  if (grant.venue) return *grant.venue;
  return WholeTown{};
}

GrantId put_grant(Transaction& tx, const NewGrant& grant) {
  const auto id = tx.new_id<GrantId>();
  const auto [kind, place] = stored(grant.scope);
  tx.run(
      "insert into grants (id, staff, role, reach, place, from_at, until_at, given_by)"
      " values (:id, :staff, :role, :reach, :place, :from, :until, :by)",
      {{"id", id},
       {"staff", grant.staff},
       {"role", grant.role},
       {"reach", kind},
       {"place", place},
       {"from", grant.from},
       {"until", grant.until},
       {"by", grant.given_by}});
  return id;
}

void end_grant(Transaction& tx, GrantId id, const std::optional<StaffId>& by, Instant at) {
  tx.run("update grants set until_at = :at, ended_by = :by where id = :id",
         {{"at", at}, {"by", by}, {"id", id}});
}

void end_grants_of(Transaction& tx, StaffId staff, const std::optional<StaffId>& by, Instant at) {
  tx.run(
      "update grants set until_at = :at, ended_by = :by where staff = :staff and (until_at is null or until_at > :at)",
      {{"at", at}, {"by", by}, {"staff", staff}});
}

std::optional<GrantView> grant(Snapshot& snapshot, GrantId id) {
  const auto row = snapshot.maybe<Row>(
      "select g.id, g.staff, s.name, g.role, g.reach, g.place, g.from_at, g.until_at"
      " from grants g join staff s on s.id = g.staff where g.id = :id",
      {{"id", id}});
  return row ? std::optional{view(*row)} : std::nullopt;
}

std::vector<GrantView> grants_at(Snapshot& snapshot, const Scope& scope, GrantId after, Instant at,
                                 int limit) {
  const auto [kind, place] = stored(scope);
  return views(snapshot.all<Row>(
      "select g.id, g.staff, s.name, g.role, g.reach, g.place, g.from_at, g.until_at"
      " from grants g join staff s on s.id = g.staff"
      " where g.reach = :reach and g.place = :place and g.id > :after and (g.until_at is null or g.until_at > :at)"
      " order by g.id limit :limit",
      {{"reach", kind}, {"place", place}, {"after", after}, {"at", at}, {"limit", limit}}));
}

std::vector<GrantView> grants_of(Snapshot& snapshot, const std::vector<StaffId>& staff, Instant at) {
  return views(snapshot.all<Row>(
      "select g.id, g.staff, s.name, g.role, g.reach, g.place, g.from_at, g.until_at"
      " from grants g join staff s on s.id = g.staff"
      " where g.staff in (:staff) and (g.until_at is null or g.until_at > :at) order by g.id",
      {{"staff", storage::in(staff)}, {"at", at}}));
}

std::vector<Grant> grants_held(Snapshot& snapshot, StaffId staff, Instant at) {
  std::vector<Grant> held;
  for (const auto& row : snapshot.all<HeldRow>(
           "select role, reach, place, until_at from grants where staff = :staff and from_at <= :at"
           " and (until_at is null or until_at > :at) order by id",
           {{"staff", staff}, {"at", at}})) {
    held.push_back({row.role, scope_of(row), row.until_at});
  }
  return held;
}

bool has_grants(Snapshot& snapshot, const Scope& scope, Instant at) {
  return !grants_at(snapshot, scope, GrantId{0}, at, 1).empty();
}

void require_other_administrator(Snapshot& snapshot, StaffId staff, Instant at) {
  const auto row = snapshot.one<AdministratorsRow>(
      "select cast(coalesce(sum(case when g.staff = :staff then 1 else 0 end), 0) as INT) as theirs,"
      " cast(coalesce(sum(case when g.staff = :staff then 0 else 1 end), 0) as INT) as others"
      " from grants g join staff s on s.id = g.staff"
      " where g.reach = 'town' and g.place = 0 and g.role = 'administrator' and g.from_at <= :at and g.until_at is null"
      " and s.ended_at is null",
      {{"staff", staff}, {"at", at}});
  if (row.theirs > 0 && row.others == 0) throw Problem{"last_administrator"};
}

}  // namespace doorstep::identity
