#include "network/grid.hpp"

#include <algorithm>
#include <map>

#include "base/problem.hpp"
#include "base/search_words.hpp"
#include "identity/grants.hpp"
#include "network/community.hpp"
#include "network/cut_list.hpp"
#include "network/organisation.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

constexpr int boxes_looked_at_max = 50;
// Who heads each is asked by their ids, of so many at once.
constexpr int people_asked_max = 1'000;

struct Row {
  GridId id;
  std::int64_t version = 0;
  std::string name_zh, name_en;
  OrganisationId organisation;
  std::optional<std::string> community;
  std::optional<StaffId> head;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, version, name_zh, name_en, organisation, community, head, ended_at))

struct AreaRow : Row {
  std::string ring;
};
BOOST_DESCRIBE_STRUCT(AreaRow, (Row), (ring))

struct AboveRow {
  OrganisationId organisation;
  OrganisationId above;
};
BOOST_DESCRIBE_STRUCT(AboveRow, (), (organisation, above))

struct RingRow {
  GridId id;
  std::string ring;
};
BOOST_DESCRIBE_STRUCT(RingRow, (), (id, ring))

// Of staff by where: an organisation, or one above it.
using Heads = std::map<std::pair<StaffId, OrganisationId>, identity::StaffName>;

// Of each organisation of the rows, itself and those above. One statement.
template <class AnyRow>
std::vector<AboveRow> above_of(Snapshot& snapshot, const std::vector<AnyRow>& rows) {
  std::vector<OrganisationId> organisations;
  for (const auto& row : rows) {
    if (row.head) organisations.push_back(row.organisation);
  }
  return snapshot.all<AboveRow>(
      "with recursive tree (organisation, above) as (select o.id, o.id from organisations o where o.id in (:ids)"
      " union select t.organisation, (select o.parent from organisations o where o.id = t.above) from tree t"
      " where t.above is not null) select organisation, above from tree where above is not null",
      {{"ids", storage::in(organisations)}});
}

// Those who are grid heads at that instant, at the organisations of the rows or above. Two statements, none
// without a head.
template <class AnyRow>
Heads heads_of(Snapshot& snapshot, const std::vector<AnyRow>& rows, Instant at) {
  std::vector<StaffId> staff;
  for (const auto& row : rows) {
    if (row.head) staff.push_back(*row.head);
  }
  Heads heads;
  if (staff.empty()) return heads;
  const auto tree = above_of(snapshot, rows);
  for (const auto& grant : identity::grants_of(snapshot, staff, at)) {
    if (grant.role != Role::grid_head || grant.from > at || grant.venue) continue;
    for (const auto& [organisation, above] : tree) {
      if (!grant.organisation || *grant.organisation == above)
        heads.emplace(std::pair{grant.staff.id, organisation}, grant.staff);
    }
  }
  return heads;
}

template <class AnyRow>
GridView view(const AnyRow& row, const Heads& heads) {
  GridView grid{.id = row.id,
                .version = row.version,
                .name = {row.name_zh, row.name_en},
                .organisation = row.organisation,
                .community = row.community,
                .head = {},
                .ended_at = row.ended_at};
  if (!row.head) return grid;
  if (const auto head = heads.find({*row.head, row.organisation}); head != heads.end())
    grid.head = head->second;
  return grid;
}

std::vector<Row> rows_of(Snapshot& snapshot, const ListGrids& wish, int most,
                         std::optional<std::int64_t>& more_after) {
  auto rows = snapshot.all<Row>(
      "select id, version, name_zh, name_en, organisation, community, head, "
      "ended_at from grids"
      " where id > :after and ended_at is null and (:organisation is null or "
      "organisation = :organisation)"
      " order by id limit :limit",
      {{"after", page_after(wish.cursor)}, {"organisation", wish.organisation}, {"limit", most + 1}});
  cut(rows, most, more_after, [](const Row& row) { return row.id.value; });
  return rows;
}

// One statement.
void keep_those_with(Snapshot& snapshot, const SearchWords& words, std::vector<GridView>& grids) {
  std::vector<OrganisationId> organisations;
  for (const auto& grid : grids) organisations.push_back(grid.organisation);
  const auto names = names_of(snapshot, organisations);
  std::erase_if(grids, [&](const GridView& grid) {
    const auto& organisation = names.at(grid.organisation);
    return !words.are_in({grid.name.zh, grid.name.en, organisation.zh, organisation.en,
                          grid.head ? std::string_view{grid.head->name} : std::string_view{}});
  });
}

AreaRow require_grid(Snapshot& snapshot, GridId id) {
  auto row = snapshot.maybe<AreaRow>(
      "select id, version, name_zh, name_en, organisation, community, head, "
      "ended_at, ring from grids where id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_grid"};
  return std::move(*row);
}

GridView shown(Snapshot& snapshot, GridId id, Instant at) {
  const std::vector rows{require_grid(snapshot, id)};
  return view(rows.front(), heads_of(snapshot, rows, at));
}

// One that the caller may change, as they have seen it.
AreaRow require_own_grid(Snapshot& snapshot, const Caller& caller, GridId id, std::int64_t version) {
  auto row = require_grid(snapshot, id);
  require_role(caller, {Role::centre_manager}, row.organisation);
  require_version(row.version, version);
  if (row.ended_at) throw Problem{"grid_ended"};
  return row;
}

// Somebody who has the role of a grid head at the organisation, or above it.
void require_head(Snapshot& snapshot, const Caller& caller, const std::optional<StaffId>& head,
                  OrganisationId organisation) {
  if (!head) return;
  if (!identity::works_here(snapshot, *head)) throw Problem{"no_such_staff", {}, "head"};
  Caller them;
  them.staff = Staff{.id = *head,
                     .session = {},
                     .grants = identity::grants_held(snapshot, *head, caller.at),
                     .reach = caller.staff->reach};
  if (!them.has(Role::grid_head, organisation)) throw Problem{"not_a_grid_head", {}, "head"};
}

void write_area(Transaction& tx, GridId id, const Polygon& polygon) {
  const auto box = box_of(polygon);
  tx.run(
      "update grids set ring = :ring, south = :south, north = :north, west "
      "= :west, east = :east where id = :id",
      {{"ring", write_json(ring_of(polygon))},
       {"south", box.south_west.latitude},
       {"north", box.north_east.latitude},
       {"west", box.south_west.longitude},
       {"east", box.north_east.longitude},
       {"id", id}});
}

template <class T>
T changed(const Patch<T>& wish, const T& now) {
  return wish ? wish.value : now;
}

}  // namespace

Polygon require_sound(const std::vector<Place>& ring) {
  auto polygon = polygon_of(ring);
  if (!polygon) throw Problem{"ring_not_closed", {}, "ring"};
  if (!is_small(box_of(*polygon))) throw Problem{"ring_too_wide", {}, "ring"};
  if (const auto crossed = crossed_side(*polygon))
    throw Problem{"ring_crosses_itself", {std::to_string(*crossed + 1)}, "ring"};
  return std::move(*polygon);
}

Page<GridView> list_grids(Snapshot& snapshot, const Caller& caller, const ListGrids& wish) {
  const int limit = page_limit(wish.limit);
  const SearchWords words{wish.words};
  const int read_max = words.empty() ? limit : people_asked_max;
  std::optional<std::int64_t> more_after;
  const auto rows = rows_of(snapshot, wish, read_max, more_after);
  const auto heads = heads_of(snapshot, rows, caller.at);
  Page<GridView> page;
  for (const auto& row : rows) page.items.push_back(view(row, heads));
  if (!words.empty()) keep_those_with(snapshot, words, page.items);
  cut(page.items, limit, more_after, [](const GridView& grid) { return grid.id.value; });
  if (more_after) page.next = cursor_after(*more_after);
  return page;
}

Page<GridArea> list_grid_areas(Snapshot& snapshot, const Caller&, const ListGridAreas& wish) {
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<RingRow>(
      "select id, ring from grids where id > :after and ended_at is null order by id limit :limit",
      {{"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const RingRow& row) { return row.id.value; },
      [](const RingRow& row) { return GridArea{row.id, read_json<std::vector<Place>>(row.ring)}; });
}

GridPage read_grid(Snapshot& snapshot, const Caller& caller, const ReadGrid& wish) {
  const std::vector rows{require_grid(snapshot, wish.grid)};
  return {view(rows.front(), heads_of(snapshot, rows, caller.at)),
          read_json<std::vector<Place>>(rows.front().ring)};
}

GridsFound find_grids(Snapshot& snapshot, const Caller& caller, const FindGrids& wish) {
  const Place here{wish.latitude, wish.longitude};
  const auto point = microdegrees(here);
  // No box is higher than that, so those that begin farther south end before
  // the point.
  const auto lowest = box_around(here, extent_metres_max).south_west.latitude;
  auto rows = snapshot.all<AreaRow>(
      "select id, version, name_zh, name_en, organisation, community, head, "
      "ended_at, ring from grids"
      " where ended_at is null and south >= :lowest and south <= :latitude and "
      "north >= :latitude"
      " and west <= :longitude and east >= :longitude order by south, id limit "
      ":limit",
      {{"lowest", lowest},
       {"latitude", point.latitude},
       {"longitude", point.longitude},
       {"limit", boxes_looked_at_max}});
  std::erase_if(rows, [&](const AreaRow& row) {
    const auto polygon = polygon_of(read_json<std::vector<Place>>(row.ring));
    return !polygon || !contains(*polygon, point);
  });
  const auto heads = heads_of(snapshot, rows, caller.at);
  GridsFound found;
  for (const auto& row : rows) found.items.push_back(view(row, heads));
  return found;
}

GridView record_grid(Transaction& tx, const Caller& caller, const RecordGrid& wish) {
  const auto organisation = require_organisation(tx, wish.organisation, "organisation");
  require_community(tx, wish.community);
  require_role(caller, {Role::centre_manager}, organisation.id);
  require_live(organisation, "organisation");
  require_head(tx, caller, wish.head, organisation.id);
  const auto polygon = require_sound(wish.ring);
  const auto id = tx.new_id<GridId>();
  tx.run(
      "insert into grids (id, name_zh, name_en, organisation, community, "
      "head, ring, south, north, west, east, edited_at,"
      " version) values (:id, :name_zh, :name_en, :organisation, "
      ":community, :head, '[]', 0, 0, 0, 0, :at, 1)",
      {{"id", id},
       {"name_zh", wish.name.zh},
       {"name_en", wish.name.en},
       {"organisation", organisation.id},
       {"community", wish.community},
       {"head", wish.head},
       {"at", caller.at}});
  write_area(tx, id, polygon);
  return shown(tx, id, caller.at);
}

GridView edit_grid(Transaction& tx, const Caller& caller, const EditGrid& wish) {
  if (wish.community) require_community(tx, wish.community.value);
  const auto found = require_own_grid(tx, caller, wish.grid, wish.version);
  if (wish.head) require_head(tx, caller, wish.head.value, found.organisation);
  if (wish.ring) write_area(tx, found.id, require_sound(wish.ring.value));
  const auto name = changed(wish.name, Text{found.name_zh, found.name_en});
  // Heads are appointed here only, so another head leaves the rest to the town's files.
  const bool drawn = wish.name || wish.community || wish.ring;
  tx.run(
      "update grids set name_zh = :name_zh, name_en = :name_en, community = "
      ":community, head = :head, edited_at = coalesce(:at, edited_at),"
      " version = version + 1 where id = :id",
      {{"name_zh", name.zh},
       {"name_en", name.en},
       {"community", changed(wish.community, found.community)},
       {"head", changed(wish.head, found.head)},
       {"at", drawn ? std::optional{caller.at} : std::nullopt},
       {"id", found.id}});
  return shown(tx, found.id, caller.at);
}

GridView end_grid(Transaction& tx, const Caller& caller, const EndGrid& wish) {
  const auto found = require_own_grid(tx, caller, wish.grid, wish.version);
  end_grid_at(tx, found.id, caller.at);
  return shown(tx, found.id, caller.at);
}

void end_grid_at(Transaction& tx, GridId grid, Instant at) {
  tx.run("update grids set ended_at = :at, edited_at = :at, version = version + 1 where id = :id",
         {{"at", at}, {"id", grid}});
}

bool has_grids(Snapshot& snapshot, OrganisationId organisation) {
  return snapshot.value<std::int64_t>(
             "select count(*) from grids where organisation = :organisation "
             "and ended_at is null",
             {{"organisation", organisation}}) > 0;
}

}  // namespace doorstep::network
