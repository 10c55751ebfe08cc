#include "network/organisation.hpp"

#include "base/problem.hpp"
#include "identity/grants.hpp"
#include "network/community.hpp"
#include "network/grid.hpp"
#include "network/tree.hpp"

namespace doorstep::network {

namespace {

struct Row {
  OrganisationId id;
  std::int64_t version = 0;
  OrganisationKind kind{};
  std::optional<OrganisationId> parent;
  std::string name_zh, name_en;
  std::optional<std::string> official_name;
  std::int64_t below = 0, venues = 0;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, version, kind, parent, name_zh, name_en, official_name, below, venues, ended_at))

struct NamedRow {
  OrganisationId id;
  std::string name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id, name_zh, name_en))

OrganisationView view(const Row& row) {
  return {.id = row.id,
          .version = row.version,
          .kind = row.kind,
          .parent = row.parent,
          .name = {row.name_zh, row.name_en},
          .official_name = row.official_name,
          .below = row.below,
          .venues = row.venues,
          .ended_at = row.ended_at};
}

void require_manager(const Caller& caller, const Scope& at) {
  require_role(caller, {Role::centre_manager}, at);
}

Scope above(const OrganisationView& organisation) {
  return organisation.parent ? Scope{*organisation.parent} : Scope{WholeTown{}};
}

// Whoever moves one gives those at the new place their roles at it, and takes them from those at the old:
// that is an administrator's. Returns the new parent, if there is to be another.
std::optional<OrganisationView> require_mover(Snapshot& snapshot, const Caller& caller,
                                              const OrganisationView& organisation,
                                              const EditOrganisation& wish) {
  if (!wish.parent || organisation.parent == wish.parent.value) return std::nullopt;
  auto parent = require_organisation(snapshot, wish.parent.value, "parent");
  require_role(caller, {Role::administrator}, above(organisation));
  require_role(caller, {Role::administrator}, parent.id);
  return parent;
}

void move_below(Transaction& tx, OrganisationId organisation, const OrganisationView& parent) {
  require_live(parent, "parent");
  if (stands_below(tx, parent.id, organisation)) throw Problem{"organisation_below_itself", {}, "parent"};
  tx.run("update organisations set parent = :parent where id = :id",
         {{"parent", parent.id}, {"id", organisation}});
  tree_changed(tx);
}

std::vector<InUse> uses_of(Snapshot& snapshot, const OrganisationView& organisation, Instant at) {
  std::vector<InUse> uses;
  if (organisation.below > 0) uses.push_back(InUse::organisations);
  if (organisation.venues > 0) uses.push_back(InUse::venues);
  if (identity::has_grants(snapshot, organisation.id, at)) uses.push_back(InUse::roles);
  if (is_branch_of_community(snapshot, organisation.id)) uses.push_back(InUse::communities);
  if (has_grids(snapshot, organisation.id)) uses.push_back(InUse::grids);
  return uses;
}

}  // namespace

OrganisationView require_organisation(Snapshot& snapshot, OrganisationId id, const char* path) {
  const auto row = snapshot.maybe<Row>(
      "select o.id, o.version, o.kind, o.parent, o.name_zh, o.name_en, o.official_name,"
      " (select count(*) from organisations u where u.parent = o.id and u.ended_at is null) as below,"
      " (select count(*) from venues v where v.organisation = o.id and v.ended_at is null) as venues, o.ended_at"
      " from organisations o where o.id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_organisation", {}, path};
  return view(*row);
}

void require_live(const OrganisationView& organisation, const char* path) {
  if (organisation.ended_at) throw Problem{"organisation_ended", {}, path};
}

std::map<OrganisationId, Text> names_of(Snapshot& snapshot,
                                        const std::vector<OrganisationId>& organisations) {
  std::map<OrganisationId, Text> names;
  for (auto& row :
       snapshot.all<NamedRow>("select id, name_zh, name_en from organisations where id in (:organisations)",
                              {{"organisations", storage::in(organisations)}}))
    names.emplace(row.id, Text{std::move(row.name_zh), std::move(row.name_en)});
  return names;
}

bool stands_below(Snapshot& snapshot, OrganisationId one, OrganisationId other) {
  return snapshot.value<std::int64_t>(
             "with recursive above (id) as (select cast(:one as INT)"
             " union select (select o.parent from organisations o where o.id = a.id) from above a where a.id is not null)"
             " select count(*) from above where id = :other",
             {{"one", one}, {"other", other}}) > 0;
}

Page<OrganisationView> list_organisations(Snapshot& snapshot, const Caller& caller,
                                          const ListOrganisations& wish) {
  require_staff(caller);
  if (wish.parent) require_organisation(snapshot, *wish.parent, "parent");
  const int limit = page_limit(wish.limit);
  const auto after = page_after(wish.cursor);
  const auto rows =
      wish.parent
          ? snapshot.all<Row>(
                "select o.id, o.version, o.kind, o.parent, o.name_zh, o.name_en, o.official_name,"
                " (select count(*) from organisations u where u.parent = o.id and u.ended_at is null) as below,"
                " (select count(*) from venues v where v.organisation = o.id and v.ended_at is null) as venues, o.ended_at"
                " from organisations o where o.parent = :parent and o.ended_at is null and o.id > :after"
                " order by o.id limit :limit",
                {{"parent", *wish.parent}, {"after", after}, {"limit", limit + 1}})
          : snapshot.all<Row>(
                "select o.id, o.version, o.kind, o.parent, o.name_zh, o.name_en, o.official_name,"
                " (select count(*) from organisations u where u.parent = o.id and u.ended_at is null) as below,"
                " (select count(*) from venues v where v.organisation = o.id and v.ended_at is null) as venues, o.ended_at"
                " from organisations o where o.parent is null and o.ended_at is null and o.id > :after"
                " order by o.id limit :limit",
                {{"after", after}, {"limit", limit + 1}});
  return page_of(rows, limit, [](const Row& row) { return row.id.value; }, view);
}

Page<OrganisationView> list_organisation_tree(Snapshot& snapshot, const Caller& caller,
                                              const ListOrganisationTree& wish, int limit) {
  require_staff(caller);
  if (wish.parent) require_organisation(snapshot, *wish.parent, "parent");
  const auto rows =
      wish.parent
          ? snapshot.all<Row>(
                "with recursive under (id) as (select cast(:parent as INT)"
                " union select u.id from organisations u join under a on u.parent = a.id where u.ended_at is null)"
                " select o.id, o.version, o.kind, o.parent, o.name_zh, o.name_en, o.official_name,"
                " (select count(*) from organisations u where u.parent = o.id and u.ended_at is null) as below,"
                " (select count(*) from venues v where v.organisation = o.id and v.ended_at is null) as venues, o.ended_at"
                " from under a join organisations o on o.id = a.id where o.id <> :parent order by o.id limit :limit",
                {{"parent", *wish.parent}, {"limit", limit + 1}})
          : snapshot.all<Row>(
                "select o.id, o.version, o.kind, o.parent, o.name_zh, o.name_en, o.official_name,"
                " (select count(*) from organisations u where u.parent = o.id and u.ended_at is null) as below,"
                " (select count(*) from venues v where v.organisation = o.id and v.ended_at is null) as venues, o.ended_at"
                " from organisations o where o.id > 0 and o.ended_at is null order by o.id limit :limit",
                {{"limit", limit + 1}});
  return page_of(rows, limit, [](const Row& row) { return row.id.value; }, view);
}

OrganisationView read_organisation(Snapshot& snapshot, const Caller& caller, const ReadOrganisation& wish) {
  require_staff(caller);
  return require_organisation(snapshot, wish.organisation);
}

OrganisationView record_organisation(Transaction& tx, const Caller& caller, const RecordOrganisation& wish) {
  std::optional<OrganisationView> parent;
  if (wish.parent) parent = require_organisation(tx, *wish.parent, "parent");
  require_manager(caller, parent ? Scope{parent->id} : Scope{WholeTown{}});
  if (parent) require_live(*parent, "parent");
  const auto id = tx.new_id<OrganisationId>();
  tx.run(
      "insert into organisations (id, kind, parent, name_zh, name_en, official_name, created_at, version)"
      " values (:id, :kind, :parent, :name_zh, :name_en, :official_name, :at, 1)",
      {{"id", id},
       {"kind", wish.kind},
       {"parent", wish.parent},
       {"name_zh", wish.name.zh},
       {"name_en", wish.name.en},
       {"official_name", wish.official_name},
       {"at", caller.at}});
  tree_changed(tx);
  return require_organisation(tx, id);
}

OrganisationView edit_organisation(Transaction& tx, const Caller& caller, const EditOrganisation& wish) {
  const auto found = require_organisation(tx, wish.organisation);
  require_manager(caller, found.id);
  const auto parent = require_mover(tx, caller, found, wish);
  require_version(found.version, wish.version);
  require_live(found);
  const auto name = wish.name ? wish.name.value : found.name;
  tx.run(
      "update organisations set kind = :kind, name_zh = :name_zh, name_en = :name_en, official_name = :official_name,"
      " version = version + 1 where id = :id",
      {{"kind", wish.kind ? wish.kind.value : found.kind},
       {"name_zh", name.zh},
       {"name_en", name.en},
       {"official_name", wish.official_name ? wish.official_name.value : found.official_name},
       {"id", found.id}});
  if (parent) move_below(tx, found.id, *parent);
  return require_organisation(tx, found.id);
}

OrganisationView end_organisation(Transaction& tx, const Caller& caller, const EndOrganisation& wish) {
  const auto found = require_organisation(tx, wish.organisation);
  require_manager(caller, above(found));
  require_version(found.version, wish.version);
  require_live(found);
  end_unused_organisation(tx, found, caller.at);
  return require_organisation(tx, found.id);
}

void end_unused_organisation(Transaction& tx, const OrganisationView& organisation, Instant at) {
  const auto held_by = uses_of(tx, organisation, at);
  if (!held_by.empty()) throw Problem{"organisation_in_use", names_of(held_by)};
  tx.run("update organisations set ended_at = :at, version = version + 1 where id = :id",
         {{"at", at}, {"id", organisation.id}});
  tree_changed(tx);
}

}  // namespace doorstep::network
