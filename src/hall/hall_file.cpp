#include "hall/hall_file.hpp"

namespace doorstep::hall {

namespace {

struct WindowRow {
  WindowId id;
};
BOOST_DESCRIBE_STRUCT(WindowRow, (), (id))

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
  for (const auto& window : hall.windows) {
    const auto row = tx.maybe<WindowRow>(
        "insert into windows (id, hall, number, name_zh, name_en, state, version)"
        " values (:id, :hall, :number, :name_zh, :name_en, 'closed', 1)"
        " on conflict (hall, number) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,"
        " version = windows.version + 1 where windows.edited_at is null returning id",
        {{"id", tx.new_id<WindowId>()},
         {"hall", id},
         {"number", window.number},
         {"name_zh", window.name.zh},
         {"name_en", window.name.en}});
    if (!row) continue;  // a manager has edited it since
    tx.run("delete from window_groups where window_id = :window", {{"window", row->id}});
    for (const auto& prefix : window.groups) {
      tx.run("insert into window_groups (window_id, prefix) values (:window, :prefix)",
             {{"window", row->id}, {"prefix", prefix}});
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
