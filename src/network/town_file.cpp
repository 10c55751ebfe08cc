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

struct VenueKeyRow {
  VenueId id;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(VenueKeyRow, (), (id, key))

std::map<std::string, KnownRow> known_organisations(Snapshot& snapshot) {
  std::map<std::string, KnownRow> known;
  for (
      auto& row : snapshot.all<KnownRow>(
          "select id, key, kind, parent, name_zh, name_en, official_name, ended_at, version from organisations"
          " where key is not null"))
    known.emplace(row.key, row);
  return known;
}

[[noreturn]] void fault(const OrganisationFile& file, const std::string& member, const std::string& what) {
  throw TownFileFault(FileFault{"organisation", file.key, member, what});
}

std::optional<OrganisationId> parent_of(const std::map<std::string, OrganisationId>& ids,
                                        const std::map<std::string, KnownRow>& known,
                                        const OrganisationFile& file) {
  if (!file.parent) return std::nullopt;
  if (const auto found = ids.find(*file.parent); found != ids.end()) return found->second;
  const auto there = known.find(*file.parent);
  if (there == known.end()) fault(file, "parent", "there is no organisation " + *file.parent + " before it");
  if (there->second.ended_at) fault(file, "parent", *file.parent + " has ended");
  return there->second.id;
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
  FileFaults faults;
  for (const auto& file : organisations) {
    if (file.ended.value_or(false)) continue;
    const auto row = known.find(file.key);
    const bool is_new = row == known.end();
    const auto id = is_new ? tx.new_id<OrganisationId>() : row->second.id;
    const bool is_first = ids.emplace(file.key, id).second;
    faults.keep([&] {
      if (!is_first) fault(file, "key", "it is there twice");
      if (!is_new && row->second.ended_at) fault(file, "key", std::string{has_ended});
      const auto parent = parent_of(ids, known, file);
      const bool was_edited = !is_new && row->second.version > 1;
      if (was_edited || (!is_new && stands_as(row->second, file, parent))) return;
      if (!is_new && parent && stands_below(tx, *parent, id))
        fault(file, "parent", "by now " + *file.parent + " stands below it");
      put_organisation(tx, id, file, parent, at);
      changed = true;
    });
  }
  faults.throw_any();
  if (changed) tree_changed(tx);
  return ids;
}

KeysThere keys_there(Snapshot& snapshot) {
  KeysThere keys;
  for (const auto& [key, row] : known_organisations(snapshot)) {
    if (!row.ended_at) keys.organisations.emplace(key, row.id);
  }
  for (const auto& row : snapshot.all<VenueKeyRow>("select id, key from venues where ended_at is null"))
    keys.venues.emplace(row.key, row.id);
  return keys;
}

bool put_calendar(Transaction& tx, const std::vector<CalendarDay>& days) {
  bool changed = false;
  for (const auto& day : days) {
    changed |=
        tx.run(
            "insert into calendar_days (day, workday, name_zh) values (:day, :workday, :name)"
            " on conflict (day) do update set workday = excluded.workday, name_zh = excluded.name_zh"
            " where calendar_days.workday <> excluded.workday or calendar_days.name_zh <> excluded.name_zh",
            {{"day", day.day}, {"workday", day.workday}, {"name", day.name}}) > 0;
  }
  return changed;
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
