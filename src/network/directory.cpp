#include "network/directory.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/problem.hpp"
#include "base/search_words.hpp"
#include "network/cut_list.hpp"
#include "network/venue_row.hpp"

namespace doorstep::network {

namespace {

// A town and its neighbours; whoever stands farther away is somewhere else.
constexpr double near_metres = 20'000;
// Of more than these the farthest are not looked at, should all the nearer ones be closed.
constexpr int looked_at_max = 300;
// When each opens is asked by their ids, of so many at once.
constexpr int hours_asked_max = 1'000;
static_assert(hours_asked_max <= static_cast<int>(storage::list_items_max));
constexpr int near_items_default = 5;
constexpr int exceptions_days_ahead = 366;

struct CommunityRow {
  std::string code, name_zh;
};
BOOST_DESCRIBE_STRUCT(CommunityRow, (), (code, name_zh))

// Where and when somebody asks.
struct Now {
  Zone zone;
  Day today;
  Instant at;
};

Now now_in(Snapshot& snapshot, const Caller& caller) {
  auto zone = local_zone(snapshot);
  const auto today = zone.day_of(caller.at);
  return {std::move(zone), today, caller.at};
}

VenueListing listing(const VenueRow& row, std::vector<VenueFunction> functions, const Timetable& hours,
                     const Now& now) {
  const auto state = open_state(hours, row.id, now.zone, now.at);
  auto today = hours.on(row.id, now.today);
  return {.venue = view(row),
          .functions = std::move(functions),
          .open = state.open,
          .open_until = state.open_until,
          .opens_next_at = state.opens_next_at,
          .today = std::move(today.openings),
          .note = std::move(today.note)};
}

std::vector<VenueId> ids_of(const std::vector<VenueRow>& rows) {
  std::vector<VenueId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  return ids;
}

// Four statements, however many rows.
std::vector<VenueListing> listings(Snapshot& snapshot, const std::vector<VenueRow>& rows, const Now& now) {
  const auto ids = ids_of(rows);
  auto functions = functions_on(snapshot, ids, now.today);
  const auto hours = timetable(snapshot, ids, now.today, now.today + days_ahead);
  std::vector<VenueListing> all;
  for (const auto& row : rows) all.push_back(listing(row, std::move(functions[row.id]), hours, now));
  return all;
}

// Those that fit what a statement can ask for, by id.
std::vector<VenueRow> rows_fitting(Snapshot& snapshot, const FindVenues& wish, Day today, int limit) {
  return snapshot.all<VenueRow>(
      "select v.id, v.version, v.kind, v.name_zh, v.name_en, v.address_zh, v.address_en, v.organisation, v.community,"
      " v.latitude, v.longitude, v.step_free, v.step_free_note_zh, v.step_free_note_en, v.ended_at from venues v"
      " where v.ended_at is null and v.id > :after and (:kind is null or v.kind = :kind)"
      " and (:community is null or v.community = :community)"
      " and (:function is null or exists (select 1 from venue_functions f where f.venue = v.id"
      " and f.function = :function and (f.since_day is null or f.since_day <= :day)"
      " and (f.until_day is null or f.until_day > :day)))"
      " order by v.id limit :limit",
      {{"after", page_after(wish.cursor)},
       {"kind", wish.kind},
       {"community", wish.community},
       {"function", wish.function},
       {"day", today},
       {"limit", limit}});
}

// Those in the box around a point, about in the order of their distance: a degree of longitude counts for
// less the farther one is from the equator.
std::vector<VenueRow> rows_near(Snapshot& snapshot, const Place& centre, const NearestVenues& wish,
                                Day today) {
  const auto box = box_around(centre, near_metres);
  const auto at = microdegrees(centre);
  const auto shrink = std::llround(1'000 * std::cos(centre.latitude * std::numbers::pi / 180));
  return snapshot.all<VenueRow>(
      "select v.id, v.version, v.kind, v.name_zh, v.name_en, v.address_zh, v.address_en, v.organisation, v.community,"
      " v.latitude, v.longitude, v.step_free, v.step_free_note_zh, v.step_free_note_en, v.ended_at from venues v"
      " where v.ended_at is null and v.latitude >= :south and v.latitude <= :north"
      " and v.longitude >= :west and v.longitude <= :east"
      " and (:function is null or exists (select 1 from venue_functions f where f.venue = v.id"
      " and f.function = :function and (f.since_day is null or f.since_day <= :day)"
      " and (f.until_day is null or f.until_day > :day)))"
      " order by (v.latitude - :latitude) * (v.latitude - :latitude)"
      " + ((v.longitude - :longitude) * :shrink / 1000) * ((v.longitude - :longitude) * :shrink / 1000), v.id"
      " limit :limit",
      {{"south", box.south_west.latitude},
       {"north", box.north_east.latitude},
       {"west", box.south_west.longitude},
       {"east", box.north_east.longitude},
       {"function", wish.function},
       {"day", today},
       {"latitude", at.latitude},
       {"longitude", at.longitude},
       {"shrink", std::int64_t{shrink}},
       {"limit", looked_at_max}});
}

std::vector<ExceptionView> exceptions_in(const Schedule& schedule) {
  std::vector<ExceptionView> exceptions;
  for (const auto& [day, exception] : schedule.exceptions)
    exceptions.push_back({day, exception.closed, exception.openings, exception.note});
  return exceptions;
}

std::vector<WeekdayView> week_in(const Schedule& schedule) {
  std::vector<WeekdayView> week;
  for (std::int32_t weekday = 1; weekday <= 7; ++weekday) {
    const auto day = schedule.week.find(weekday);
    week.push_back({weekday, day == schedule.week.end() ? std::vector<Opening>{} : day->second});
  }
  return week;
}

std::optional<CommunityName> community_named(Snapshot& snapshot, const std::optional<std::string>& code) {
  if (!code) return std::nullopt;
  const auto row = snapshot.maybe<CommunityRow>("select code, name_zh from communities where code = :code",
                                                {{"code", *code}});
  if (!row) return std::nullopt;
  return CommunityName{row->code, row->name_zh};
}

}  // namespace

Page<VenueListing> find_venues(Snapshot& snapshot, const Caller& caller, const FindVenues& wish) {
  const auto now = now_in(snapshot, caller);
  const int limit = page_limit(wish.limit);
  const SearchWords words{wish.words};
  const bool only_open = wish.open.value_or(false);
  const auto id_of = [](const VenueRow& row) { return row.id.value; };
  std::optional<std::int64_t> more_after;
  const int read_max = words.empty() && !only_open ? limit : looked_through_max;
  auto rows = rows_fitting(snapshot, wish, now.today, read_max + 1);
  cut(rows, read_max, more_after, id_of);
  std::erase_if(rows, [&](const VenueRow& row) {
    return !words.are_in({row.name_zh, row.name_en, row.address_zh, row.address_en});
  });
  cut(rows, only_open ? hours_asked_max : limit, more_after, id_of);
  Page<VenueListing> page{.items = listings(snapshot, rows, now), .next = {}};
  if (only_open) std::erase_if(page.items, [](const VenueListing& each) { return !each.open; });
  cut(page.items, limit, more_after, [](const VenueListing& each) { return each.venue.id.value; });
  if (more_after) page.next = cursor_after(*more_after);
  return page;
}

VenuePage read_venue(Snapshot& snapshot, const Caller& caller, const ReadVenue& wish) {
  const auto row = snapshot.maybe<VenueRow>(
      "select id, version, kind, name_zh, name_en, address_zh, address_en, organisation, community, latitude, longitude,"
      " step_free, step_free_note_zh, step_free_note_en, ended_at from venues where id = :id",
      {{"id", wish.venue}});
  if (!row) throw Problem{"no_such_venue"};
  const auto now = now_in(snapshot, caller);
  const auto hours = timetable(snapshot, {row->id}, now.today, now.today + exceptions_days_ahead);
  const auto& schedule = hours.venues.at(row->id);
  auto functions = functions_of(snapshot, row->id);
  std::vector<VenueFunction> today;
  for (const auto& each : functions) {
    if ((!each.since || *each.since <= now.today) && (!each.until || *each.until > now.today))
      today.push_back(each.function);
  }
  return {.listing = listing(*row, std::move(today), hours, now),
          .community = community_named(snapshot, row->community),
          .week = week_in(schedule),
          .exceptions = exceptions_in(schedule),
          .functions = std::move(functions),
          .names = names_of(snapshot, row->id),
          .rooms = rooms_of(snapshot, row->id)};
}

NearVenues nearest_venues(Snapshot& snapshot, const Caller& caller, const NearestVenues& wish) {
  const auto now = now_in(snapshot, caller);
  const Place here{wish.latitude, wish.longitude};
  const bool closed_too = wish.closed_too.value_or(false);
  NearVenues near;
  for (auto& each : listings(snapshot, rows_near(snapshot, here, wish, now.today), now)) {
    if (!each.open && !closed_too) continue;
    const auto distance = std::llround(metres_between(here, *each.venue.place));
    near.items.push_back({std::move(each), distance});
  }
  std::ranges::stable_sort(near.items, {}, &NearVenue::distance_metres);
  const auto limit = static_cast<std::size_t>(wish.limit.value_or(near_items_default));
  if (near.items.size() > limit) near.items.resize(limit);
  return near;
}

}  // namespace doorstep::network
