#include "network/town_file.hpp"

namespace doorstep::network {

namespace {

struct HoursTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "vh";
};

void put_hours(Transaction& tx, VenueId venue, const std::vector<HoursFile>& hours) {
  tx.run("delete from venue_hours where venue = :venue", {{"venue", venue}});
  for (const auto& span : hours) {
    for (const auto weekday : span.days) {
      tx.run(
          "insert into venue_hours (id, venue, weekday, opens, closes) values (:id, :venue, :weekday, :opens, :closes)",
          {{"id", tx.new_id<Id<HoursTag>>()},
           {"venue", venue},
           {"weekday", weekday},
           {"opens", span.opens},
           {"closes", span.closes}});
    }
  }
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

VenueId put_venue(Transaction& tx, const VenueFile& venue) {
  const auto id = tx.value<VenueId>(
      "insert into venues (id, key, kind, name_zh, name_en, address_zh, address_en)"
      " values (:id, :key, :kind, :name_zh, :name_en, :address_zh, :address_en)"
      " on conflict (key) do update set kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en,"
      " address_zh = excluded.address_zh, address_en = excluded.address_en returning id",
      {{"id", tx.new_id<VenueId>()},
       {"key", venue.key},
       {"kind", venue.kind},
       {"name_zh", venue.name.zh},
       {"name_en", venue.name.en},
       {"address_zh", venue.address.zh},
       {"address_en", venue.address.en}});
  put_hours(tx, id, venue.hours);
  for (const auto& exception : venue.exceptions) {
    tx.run(
        "insert into venue_exceptions (venue, day, closed, note_zh, note_en)"
        " values (:venue, :day, :closed, :note_zh, :note_en)"
        " on conflict (venue, day) do update set closed = excluded.closed, note_zh = excluded.note_zh,"
        " note_en = excluded.note_en",
        {{"venue", id},
         {"day", exception.day},
         {"closed", exception.closed},
         {"note_zh", exception.note.zh},
         {"note_en", exception.note.en}});
  }
  return id;
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
