#include "network/town_file.hpp"

#include "network/tree.hpp"

namespace doorstep::network {

namespace {

struct KnownRow {
  OrganisationId id;
  std::string key;
  OrganisationKind kind{};
  std::optional<OrganisationId> parent;
  std::string name_zh, name_en;
  std::optional<std::string> official_name;
  std::optional<Instant> ended_at;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(KnownRow, (),
                      (id, key, kind, parent, name_zh, name_en, official_name, ended_at, version))

std::map<std::string, KnownRow> known_organisations(Snapshot& snapshot) {
  std::map<std::string, KnownRow> known;
  for (
      auto& row : snapshot.all<KnownRow>(
          "select id, key, kind, parent, name_zh, name_en, official_name, ended_at, version from organisations"
          " where key is not null"))
    known.emplace(row.key, row);
  return known;
}

std::optional<OrganisationId> id_named(const std::map<std::string, OrganisationId>& ids,
                                       const OrganisationFile& file) {
  if (!file.parent) return std::nullopt;
  const auto found = ids.find(*file.parent);
  if (found == ids.end())
    throw TownFileFault("organisation " + file.key + ": there is no organisation " + *file.parent +
                        " before it");
  return found->second;
}

bool stands_as(const KnownRow& row, const OrganisationFile& file,
               const std::optional<OrganisationId>& parent) {
  return row.kind == file.kind && row.parent == parent && row.name_zh == file.name.zh &&
         row.name_en == file.name.en && row.official_name == file.official_name;
}

void put_organisation(Transaction& tx, OrganisationId id, const OrganisationFile& file,
                      const std::optional<OrganisationId>& parent, Instant at) {
  tx.run(
      "insert into organisations (id, key, kind, parent, name_zh, name_en, official_name, created_at, version)"
      " values (:id, :key, :kind, :parent, :name_zh, :name_en, :official_name, :at, 1)"
      " on conflict (id) do update set kind = excluded.kind, parent = excluded.parent, name_zh = excluded.name_zh,"
      " name_en = excluded.name_en, official_name = excluded.official_name",
      {{"id", id},
       {"key", file.key},
       {"kind", file.kind},
       {"parent", parent},
       {"name_zh", file.name.zh},
       {"name_en", file.name.en},
       {"official_name", file.official_name},
       {"at", at}});
}

}  // namespace

bool has_town(Snapshot& snapshot) { return snapshot.value<std::int64_t>("select count(*) from town") > 0; }

void put_town(Transaction& tx, const TownFacts& town) {
  tx.run(
      "insert into town (one, name_zh, name_en, zone, initials, demo)"
      " values (1, :name_zh, :name_en, :zone, :initials, :demo)"
      " on conflict (one) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, zone = excluded.zone,"
      " initials = excluded.initials, demo = excluded.demo",
      {{"name_zh", town.name.zh},
       {"name_en", town.name.en},
       {"zone", town.zone},
       {"initials", town.initials},
       {"demo", town.demo}});
}

std::map<std::string, OrganisationId> put_organisations(Transaction& tx,
                                                        const std::vector<OrganisationFile>& organisations,
                                                        Instant at) {
  const auto known = known_organisations(tx);
  std::map<std::string, OrganisationId> ids;
  bool changed = false;
  for (const auto& file : organisations) {
    const auto parent = id_named(ids, file);
    const auto row = known.find(file.key);
    const bool is_new = row == known.end();
    if (!is_new && row->second.ended_at) throw TownFileFault("organisation " + file.key + ": it has ended");
    const auto id = is_new ? tx.new_id<OrganisationId>() : row->second.id;
    if (!ids.emplace(file.key, id).second)
      throw TownFileFault("organisation " + file.key + ": it is there twice");
    const bool was_edited = !is_new && row->second.version > 1;
    if (was_edited || (!is_new && stands_as(row->second, file, parent))) continue;
    if (!is_new && parent && stands_below(tx, *parent, id))
      throw TownFileFault("organisation " + file.key + ": by now " + *file.parent + " stands below it");
    put_organisation(tx, id, file, parent, at);
    changed = true;
  }
  if (changed) tree_changed(tx);
  return ids;
}

void put_calendar(Transaction& tx, const std::vector<CalendarDay>& days) {
  for (const auto& day : days) {
    tx.run(
        "insert into calendar_days (day, workday, name_zh) values (:day, :workday, :name)"
        " on conflict (day) do update set workday = excluded.workday, name_zh = excluded.name_zh",
        {{"day", day.day}, {"workday", day.workday}, {"name", day.name}});
  }
}

void put_communities(Transaction& tx, const std::vector<Community>& communities) {
  for (const auto& community : communities) {
    tx.run(
        "insert into communities (code, name_zh) values (:code, :name)"
        " on conflict (code) do update set name_zh = excluded.name_zh",
        {{"code", community.code}, {"name", community.name}});
  }
}

}  // namespace doorstep::network
