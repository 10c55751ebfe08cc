#include "network/grid_file.hpp"

#include <map>
#include <set>
#include <tuple>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

struct KnownRow {
  GridId id;
  std::string key, name_zh, name_en;
  OrganisationId organisation;
  std::optional<std::string> community;
  std::string ring;
  std::optional<Instant> edited_at;
};
BOOST_DESCRIBE_STRUCT(KnownRow, (), (id, key, name_zh, name_en, organisation, community, ring, edited_at))

struct CodeRow {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (code))

[[noreturn]] void fault(const GridFile& file, const std::string& member, const std::string& what) {
  throw TownFileFault(FileFault{"grid", file.key, member, what});
}

Polygon sound_polygon(const GridFile& file) {
  try {
    return require_sound(file.ring);
  } catch (const Problem& problem) {
    fault(file, "ring", problem.code);
  }
}

std::map<std::string, KnownRow> known_grids(Snapshot& snapshot) {
  std::map<std::string, KnownRow> known;
  for (const auto& row : snapshot.all<KnownRow>("select id, key, name_zh, name_en, organisation, "
                                                "community, ring, edited_at"
                                                " from grids where key is not null"))
    known.emplace(row.key, row);
  return known;
}

bool same(const KnownRow& one, const KnownRow& other) {
  const auto facts = [](const KnownRow& row) {
    return std::tie(row.name_zh, row.name_en, row.organisation, row.community, row.ring);
  };
  return facts(one) == facts(other);
}

void write_row(Transaction& tx, const KnownRow& row, const Box& box) {
  tx.run(
      "insert into grids (id, key, name_zh, name_en, organisation, "
      "community, ring, south, north, west, east, version)"
      " values (:id, :key, :name_zh, :name_en, :organisation, :community, "
      ":ring, :south, :north, :west, :east, 1)"
      " on conflict (id) do update set name_zh = excluded.name_zh, name_en "
      "= excluded.name_en,"
      " organisation = excluded.organisation, community = "
      "excluded.community, ring = excluded.ring,"
      " south = excluded.south, north = excluded.north, west = "
      "excluded.west, east = excluded.east,"
      " version = grids.version + 1",
      {{"id", row.id},
       {"key", row.key},
       {"name_zh", row.name_zh},
       {"name_en", row.name_en},
       {"organisation", row.organisation},
       {"community", row.community},
       {"ring", row.ring},
       {"south", box.south_west.latitude},
       {"north", box.north_east.latitude},
       {"west", box.south_west.longitude},
       {"east", box.north_east.longitude}});
}

void put_grid(Transaction& tx, const std::map<std::string, KnownRow>& known, const GridToPut& grid) {
  const auto& file = grid.file;
  const auto polygon = sound_polygon(file);
  const auto there = known.find(file.key);
  const bool is_new = there == known.end();
  if (!is_new && there->second.edited_at) return;
  const KnownRow wanted{.id = is_new ? tx.new_id<GridId>() : there->second.id,
                        .key = file.key,
                        .name_zh = file.name.zh,
                        .name_en = file.name.en,
                        .organisation = grid.organisation,
                        .community = file.community,
                        .ring = write_json(ring_of(polygon)),
                        .edited_at = {}};
  if (is_new || !same(there->second, wanted)) write_row(tx, wanted, box_of(polygon));
}

}  // namespace

void put_grids(Transaction& tx, const std::vector<GridToPut>& grids) {
  const auto known = known_grids(tx);
  std::set<std::string> codes, keys;
  for (const auto& row : tx.all<CodeRow>("select code from communities")) codes.insert(row.code);
  FileFaults faults;
  for (const auto& grid : grids) {
    const auto& file = grid.file;
    if (file.ended.value_or(false)) continue;
    faults.keep([&] {
      if (!keys.insert(file.key).second) fault(file, "key", "it is there twice");
      if (file.community && !codes.contains(*file.community))
        fault(file, "community", "there is no community " + *file.community);
      put_grid(tx, known, grid);
    });
  }
  faults.throw_any();
}

}  // namespace doorstep::network
