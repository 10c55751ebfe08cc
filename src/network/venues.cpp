#include <algorithm>
#include <set>

#include "base/problem.hpp"
#include "network/network.hpp"

namespace doorstep::network {

namespace {

struct TownRow {
  std::string name_zh, name_en, zone, initials;
  bool demo = false;
};
BOOST_DESCRIBE_STRUCT(TownRow, (), (name_zh, name_en, zone, initials, demo))

struct VenueRow {
  VenueId id;
  std::string name_zh, name_en, address_zh, address_en;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (id, name_zh, name_en, address_zh, address_en))

struct ExceptionRow {
  VenueId venue;
  bool closed = false;
  std::string note_zh, note_en;
};
BOOST_DESCRIBE_STRUCT(ExceptionRow, (), (venue, closed, note_zh, note_en))

struct CalendarRow {
  bool workday = false;
  std::string name_zh;
};
BOOST_DESCRIBE_STRUCT(CalendarRow, (), (workday, name_zh))

struct HoursRow {
  VenueId venue;
  LocalTime opens, closes;
};
BOOST_DESCRIBE_STRUCT(HoursRow, (), (venue, opens, closes))

constexpr int monday = 1;
constexpr int sunday = 7;

}  // namespace

int kept_weekday(Day day, std::optional<bool> named_workday) {
  if (!named_workday) return weekday_of(day);
  return *named_workday ? monday : sunday;
}

TownFacts town(Snapshot& snapshot) {
  auto row = snapshot.maybe<TownRow>("select name_zh, name_en, zone, initials, demo from town where one = 1");
  if (!row) throw Problem{"no_such_hall"};
  return {{row->name_zh, row->name_en}, row->zone, row->initials, row->demo};
}

std::optional<Venue> venue(Snapshot& snapshot, VenueId id) {
  const auto row = snapshot.maybe<VenueRow>(
      "select id, name_zh, name_en, address_zh, address_en from venues where id = :id", {{"id", id}});
  if (!row) return std::nullopt;
  return Venue{row->id, {row->name_zh, row->name_en}, {row->address_zh, row->address_en}};
}

std::map<VenueId, DayHours> hours_on(Snapshot& snapshot, const std::vector<VenueId>& venues, Day day) {
  std::map<VenueId, DayHours> all;
  for (const auto venue : venues) all[venue];
  std::set<VenueId> closed;
  for (
      const auto& row : snapshot.all<ExceptionRow>(
          "select venue, closed, note_zh, note_en from venue_exceptions where venue in (:venues) and day = :day",
          {{"venues", storage::in(venues)}, {"day", day}})) {
    all[row.venue].note = Text{row.note_zh, row.note_en};
    if (row.closed) closed.insert(row.venue);
  }
  const auto named = snapshot.maybe<CalendarRow>(
      "select workday, name_zh from calendar_days where day = :day", {{"day", day}});
  const auto named_workday = named ? std::optional{named->workday} : std::nullopt;
  for (const auto& row : snapshot.all<HoursRow>(
           "select venue, opens, closes from venue_hours where venue in (:venues) and weekday = :weekday"
           " order by venue, opens",
           {{"venues", storage::in(venues)}, {"weekday", kept_weekday(day, named_workday)}})) {
    if (!closed.contains(row.venue)) all[row.venue].openings.push_back({row.opens, row.closes});
  }
  return all;
}

DayHours hours_on(Snapshot& snapshot, VenueId venue, Day day) {
  return hours_on(snapshot, std::vector{venue}, day).at(venue);
}

bool is_open_at(const DayHours& hours, LocalTime time) {
  return std::ranges::any_of(
      hours.openings, [&](const Opening& opening) { return opening.opens <= time && time < opening.closes; });
}

}  // namespace doorstep::network
