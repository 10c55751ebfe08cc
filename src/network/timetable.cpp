#include "network/timetable.hpp"

#include <algorithm>
#include <set>

#include "base/problem.hpp"
#include "network/calendar.hpp"

namespace doorstep::network {

namespace {

struct ExceptionRow {
  VenueId venue;
  Day day;
  bool closed = false;
  std::string note_zh, note_en;
  std::optional<LocalTime> opens, closes;
};
BOOST_DESCRIBE_STRUCT(ExceptionRow, (), (venue, day, closed, note_zh, note_en, opens, closes))

struct HoursRow {
  VenueId venue;
  std::int32_t weekday = 0;
  LocalTime opens, closes;
};
BOOST_DESCRIBE_STRUCT(HoursRow, (), (venue, weekday, opens, closes))

constexpr int monday = 1;
constexpr int friday = 5;
constexpr int sunday = 7;
constexpr int day_minutes = 24 * 60;

// Which day of its week a venue keeps: on a public holiday its Sunday, on a weekend that is worked its
// Monday. A weekday that the town works though others have it off is itself.
int kept_weekday(const std::map<Day, bool>& named, Day day) {
  const auto found = named.find(day);
  if (found == named.end()) return weekday_of(day);
  if (!found->second) return sunday;
  return weekday_of(day) <= friday ? weekday_of(day) : monday;
}

// Minutes from the first midnight on.
struct Span {
  int from = 0, until = 0;
};

std::vector<Span> spans_ahead(const Timetable& timetable, VenueId venue, Day today) {
  std::vector<Span> spans;
  for (int ahead = 0; ahead <= days_ahead; ++ahead) {
    for (const auto& opening : timetable.on(venue, today + ahead).openings) {
      const Span span{ahead * day_minutes + opening.opens.minutes,
                      ahead * day_minutes + opening.closes.minutes};
      if (!spans.empty() && span.from <= spans.back().until)
        spans.back().until = std::max(spans.back().until, span.until);
      else
        spans.push_back(span);
    }
  }
  return spans;
}

}  // namespace

Instant instant_after(const Zone& zone, Day day, int minutes) {
  return zone.instant_of(day + minutes / day_minutes, LocalTime{minutes % day_minutes});
}

DayHours Timetable::on(VenueId venue, Day day) const {
  const auto found = venues.find(venue);
  if (found == venues.end()) return {};
  const auto& schedule = found->second;
  DayHours hours;
  const auto exception = schedule.exceptions.find(day);
  if (exception != schedule.exceptions.end()) {
    hours.note = exception->second.note;
    if (exception->second.closed) return hours;
    hours.openings = exception->second.openings;
    if (!hours.openings.empty()) return hours;
  }
  const auto week = schedule.week.find(kept_weekday(named, day));
  if (week != schedule.week.end()) hours.openings = week->second;
  return hours;
}

Timetable timetable(Snapshot& snapshot, const std::vector<VenueId>& venues, Day first, Day last) {
  Timetable found;
  for (const auto venue : venues) found.venues[venue];
  for (auto& row : snapshot.all<ExceptionRow>(
           "select e.venue, e.day, e.closed, e.note_zh, e.note_en, h.opens, h.closes"
           " from venue_exceptions e join venues v on v.id = e.venue"
           " left join venue_exception_hours h on h.venue = e.venue and h.day = e.day"
           " where e.venue in (:venues) and e.day >= :first and e.day <= :last and e.removed = 0"
           " and v.ended_at is null order by e.venue, e.day, h.opens nulls first",
           {{"venues", storage::in(venues)}, {"first", first}, {"last", last}})) {
    auto& exception = found.venues[row.venue].exceptions[row.day];
    exception.closed = row.closed;
    exception.note = {std::move(row.note_zh), std::move(row.note_en)};
    if (row.opens && row.closes) exception.openings.push_back({*row.opens, *row.closes});
  }
  found.named = calendar_between(snapshot, first, last).workday;
  std::set<std::int32_t> weekdays;
  for (Day day = first; day <= last && std::ssize(weekdays) < sunday; day = day + 1)
    weekdays.insert(kept_weekday(found.named, day));
  for (const auto& row : snapshot.all<HoursRow>(
           "select h.venue, h.weekday, h.opens, h.closes from venue_hours h join venues v on v.id = h.venue"
           " where h.venue in (:venues) and h.weekday in (:weekdays) and v.ended_at is null"
           " order by h.venue, h.weekday, h.opens",
           {{"venues", storage::in(venues)}, {"weekdays", storage::in(weekdays)}}))
    found.venues[row.venue].week[row.weekday].push_back({row.opens, row.closes});
  return found;
}

OpenState open_state(const Timetable& timetable, VenueId venue, const Zone& zone, Instant at) {
  const auto today = zone.day_of(at);
  const auto now = zone.time_of(at).minutes;
  for (const auto& span : spans_ahead(timetable, venue, today)) {
    if (span.until <= now) continue;
    if (span.from > now)
      return {.open = false, .open_until = {}, .opens_next_at = instant_after(zone, today, span.from)};
    if (span.until == (days_ahead + 1) * day_minutes)
      return {.open = true, .open_until = {}, .opens_next_at = {}};
    return {.open = true, .open_until = instant_after(zone, today, span.until), .opens_next_at = {}};
  }
  return {};
}

void require_sound(const std::vector<Opening>& openings, const std::string& path) {
  const Opening* before = nullptr;
  for (const auto& opening : openings) {
    if (opening.closes <= opening.opens) throw Problem{"hours_backwards", {to_string(opening.opens)}, path};
    if (before != nullptr && opening.opens < before->closes)
      throw Problem{"hours_overlap", {to_string(opening.opens)}, path};
    before = &opening;
  }
}

std::map<VenueId, DayHours> hours_on(Snapshot& snapshot, const std::vector<VenueId>& venues, Day day) {
  const auto found = timetable(snapshot, venues, day, day);
  std::map<VenueId, DayHours> all;
  for (const auto venue : venues) all[venue] = found.on(venue, day);
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
