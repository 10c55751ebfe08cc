#include "hall/place.hpp"

#include "base/problem.hpp"

namespace doorstep::hall {

namespace {

constexpr int halls_shown_max = 20;  // on a town's first page

struct HallRow {
  HallId id;
  VenueId venue;
  std::string name_zh, name_en, address_zh, address_en;
};
BOOST_DESCRIBE_STRUCT(HallRow, (), (id, venue, name_zh, name_en, address_zh, address_en))

struct VenueRow {
  VenueId venue;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (venue))

struct ServiceRow {
  std::int64_t position = 0;
  std::string key, name_zh, name_en, summary_zh, summary_en, prefix;
  std::optional<std::int32_t> minutes;
  std::optional<std::string> matter;
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (),
                      (position, key, name_zh, name_en, summary_zh, summary_en, prefix, minutes, matter))

struct UsesRow {
  std::int64_t windows = 0, people = 0;
};
BOOST_DESCRIBE_STRUCT(UsesRow, (), (windows, people))

HallView view(const HallRow& row, network::DayHours hours, LocalTime time) {
  const bool open = network::is_open_at(hours, time);
  return {.id = row.id,
          .venue_id = row.venue,
          .venue = {row.name_zh, row.name_en},
          .address = {row.address_zh, row.address_en},
          .open = open,
          .today = std::move(hours.openings),
          .note = std::move(hours.note)};
}

}  // namespace

TownView read_town(Snapshot& snapshot, const Caller& caller, const ReadTown&) {
  const auto town = network::town(snapshot);
  const Zone zone{town.zone};
  const auto rows = snapshot.all<HallRow>(
      "select halls.id, halls.venue, venues.name_zh, venues.name_en, venues.address_zh, venues.address_en"
      " from halls join venues on venues.id = halls.venue where venues.ended_at is null order by halls.id limit :limit",
      {{"limit", halls_shown_max}});
  std::vector<VenueId> venues;
  for (const auto& row : rows) venues.push_back(row.venue);
  auto hours = network::hours_on(snapshot, venues, zone.day_of(caller.at));
  TownView town_view{.name = town.name, .time_zone = town.zone, .demo = town.demo, .halls = {}};
  for (const auto& row : rows) {
    town_view.halls.push_back(view(row, hours[row.venue], zone.time_of(caller.at)));
  }
  return town_view;
}

HallView read_hall(Snapshot& snapshot, const Caller& caller, const ReadHall& wish) {
  const auto row = snapshot.maybe<HallRow>(
      "select halls.id, halls.venue, venues.name_zh, venues.name_en, venues.address_zh, venues.address_en"
      " from halls join venues on venues.id = halls.venue where halls.id = :hall",
      {{"hall", wish.hall}});
  if (!row) throw Problem{"no_such_hall"};
  const Zone zone{network::town(snapshot).zone};
  return view(*row, network::hours_on(snapshot, row->venue, zone.day_of(caller.at)), zone.time_of(caller.at));
}

Page<ServiceView> list_services(Snapshot& snapshot, const Caller&, const ListServices& wish) {
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<ServiceRow>(
      "select position, key, name_zh, name_en, summary_zh, summary_en, prefix, minutes, matter from services"
      " where hall = :hall and ended = 0 and position > :after order by position limit :limit",
      {{"hall", wish.hall}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const ServiceRow& row) { return row.position; },
      [](const ServiceRow& row) {
        return ServiceView{.key = row.key,
                           .name = {row.name_zh, row.name_en},
                           .summary = {row.summary_zh, row.summary_en},
                           .group = row.prefix,
                           .minutes = row.minutes,
                           .matter = row.matter};
      });
}

Place place_of(Snapshot& snapshot, HallId hall, Instant at) {
  const auto venue = snapshot.maybe<VenueRow>("select venue from halls where id = :hall", {{"hall", hall}});
  if (!venue) throw Problem{"no_such_hall"};
  Zone zone{network::town(snapshot).zone};
  return {
      .id = hall, .venue = venue->venue, .today = zone.day_of(at), .time = zone.time_of(at), .zone = zone};
}

bool is_at(Snapshot& snapshot, HallId hall, VenueId venue) {
  return snapshot.value<std::int64_t>("select count(*) from halls where id = :hall and venue = :venue",
                                      {{"hall", hall}, {"venue", venue}}) == 1;
}

std::vector<network::InUse> uses_of_venue(Snapshot& snapshot, VenueId venue) {
  const auto row = snapshot.one<UsesRow>(
      "select (select count(*) from windows w join halls h on h.id = w.hall"
      " where h.venue = :venue and w.state <> 'closed') as windows, (select count(*) from tickets t"
      " join halls h on h.id = t.hall where h.venue = :venue and t.state in ('waiting', 'called', 'serving')) as people",
      {{"venue", venue}});
  std::vector<network::InUse> uses;
  if (row.windows > 0) uses.push_back(network::InUse::open_windows);
  if (row.people > 0) uses.push_back(network::InUse::people_waiting);
  return uses;
}

}  // namespace doorstep::hall
