#include "hall/hall_file.hpp"

#include <map>
#include <set>

namespace doorstep::hall {

namespace {

struct WindowRow {
  WindowId id;
  std::int32_t number = 0;
  std::string name_zh, name_en;
  std::optional<Instant> edited_at;
  std::optional<std::string> prefix;  // of one of its groups
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (id, number, name_zh, name_en, edited_at, prefix))

struct KnownWindow {
  WindowId id;
  Text name;
  bool edited = false;  // by a manager
  std::set<std::string> groups;
};

std::map<std::int32_t, KnownWindow> known_windows(Snapshot& snapshot, HallId hall) {
  std::map<std::int32_t, KnownWindow> known;
  for (const auto& row : snapshot.all<WindowRow>(
           "select w.id, w.number, w.name_zh, w.name_en, w.edited_at, g.prefix from windows w"
           " left join window_groups g on g.window_id = w.id where w.hall = :hall",
           {{"hall", hall}})) {
    auto& window = known[row.number];
    window.id = row.id;
    window.name = {row.name_zh, row.name_en};
    window.edited = row.edited_at.has_value();
    if (row.prefix) window.groups.insert(*row.prefix);
  }
  return known;
}

bool stays(const KnownWindow& known, const WindowFile& file) {
  return known.edited ||
         (known.name == file.name && known.groups == std::set(file.groups.begin(), file.groups.end()));
}

void put_services(Transaction& tx, HallId id, const HallFile& hall) {
  tx.run("update services set ended = 1 where hall = :hall", {{"hall", id}});
  std::int64_t position = 0;
  for (const auto& service : hall.services) {
    tx.run(
        "insert into services (hall, key, position, prefix, matter, name_zh, name_en, summary_zh, summary_en, minutes,"
        " ended) values (:hall, :key, :position, :prefix, :matter, :name_zh, :name_en, :summary_zh, :summary_en, :minutes,"
        " 0) on conflict (hall, key) do update set position = excluded.position, prefix = excluded.prefix,"
        " matter = excluded.matter, name_zh = excluded.name_zh, name_en = excluded.name_en,"
        " summary_zh = excluded.summary_zh, summary_en = excluded.summary_en, minutes = excluded.minutes, ended = 0",
        {{"hall", id},
         {"key", service.key},
         {"position", ++position},
         {"prefix", service.group},
         {"matter", service.matter},
         {"name_zh", service.name.zh},
         {"name_en", service.name.en},
         {"summary_zh", service.summary.zh},
         {"summary_en", service.summary.en},
         {"minutes", service.minutes}});
  }
}

void put_windows(Transaction& tx, HallId id, const HallFile& hall) {
  const auto known = known_windows(tx, id);
  for (const auto& window : hall.windows) {
    const auto there = known.find(window.number);
    const bool is_new = there == known.end();
    if (!is_new && stays(there->second, window)) continue;
    const auto window_id = is_new ? tx.new_id<WindowId>() : there->second.id;
    tx.run(
        "insert into windows (id, hall, number, name_zh, name_en, state, version)"
        " values (:id, :hall, :number, :name_zh, :name_en, 'closed', 1)"
        " on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,"
        " version = windows.version + 1",
        {{"id", window_id},
         {"hall", id},
         {"number", window.number},
         {"name_zh", window.name.zh},
         {"name_en", window.name.en}});
    tx.run("delete from window_groups where window_id = :window", {{"window", window_id}});
    for (const auto& prefix : window.groups) {
      tx.run("insert into window_groups (window_id, prefix) values (:window, :prefix)",
             {{"window", window_id}, {"prefix", prefix}});
    }
  }
}

}  // namespace

HallId put_hall(Transaction& tx, const HallFile& hall, VenueId venue) {
  const auto id = tx.value<HallId>(
      "insert into halls (id, key, venue) values (:id, :key, :venue)"
      " on conflict (key) do update set venue = excluded.venue returning id",
      {{"id", tx.new_id<HallId>()}, {"key", hall.key}, {"venue", venue}});
  for (const auto& group : hall.groups) {
    tx.run(
        "insert into service_groups (hall, prefix, name_zh, name_en) values (:hall, :prefix, :name_zh, :name_en)"
        " on conflict (hall, prefix) do update set name_zh = excluded.name_zh, name_en = excluded.name_en",
        {{"hall", id}, {"prefix", group.prefix}, {"name_zh", group.name.zh}, {"name_en", group.name.en}});
  }
  put_services(tx, id, hall);
  put_windows(tx, id, hall);
  return id;
}

}  // namespace doorstep::hall
