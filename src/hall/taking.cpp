// Which matters the halls take in, for the room that knows the matters.
#include "hall/hall.hpp"

namespace doorstep::hall {

namespace {

constexpr int halls_named_max = 20;  // as on a town's first page

struct MatterKeyRow {
  std::string matter;
};
BOOST_DESCRIBE_STRUCT(MatterKeyRow, (), (matter))

struct TakingRow {
  HallId hall;
  VenueId venue;
  std::string service, name_zh, name_en, address_zh, address_en;
  std::optional<std::int32_t> minutes;
};
BOOST_DESCRIBE_STRUCT(TakingRow, (),
                      (hall, venue, service, name_zh, name_en, address_zh, address_en, minutes))

}  // namespace

std::set<std::string> matters_taken(Snapshot& snapshot) {
  std::set<std::string> keys;
  for (auto& row : snapshot.all<MatterKeyRow>(
           "select distinct services.matter from services join halls on halls.id = services.hall"
           " join venues on venues.id = halls.venue"
           " where services.matter is not null and services.ended = 0 and venues.ended_at is null"))
    keys.insert(std::move(row.matter));
  return keys;
}

std::vector<cases::TakenAt> taking(Snapshot& snapshot, const std::string& matter, Instant at) {
  const auto rows = snapshot.all<TakingRow>(
      "select halls.id as hall, halls.venue, services.key as service, venues.name_zh, venues.name_en,"
      " venues.address_zh, venues.address_en, services.minutes from services"
      " join halls on halls.id = services.hall join venues on venues.id = halls.venue"
      " where services.matter = :matter and services.ended = 0 and venues.ended_at is null"
      " order by halls.id, services.position limit :limit",
      {{"matter", matter}, {"limit", halls_named_max}});
  const Zone zone{network::town(snapshot).zone};
  std::vector<VenueId> venues;
  for (const auto& row : rows) venues.push_back(row.venue);
  auto hours = network::hours_on(snapshot, venues, zone.day_of(at));
  std::vector<cases::TakenAt> halls;
  for (const auto& row : rows) {
    const auto& today = hours[row.venue];
    halls.push_back({.hall = row.hall,
                     .service = row.service,
                     .venue = {row.name_zh, row.name_en},
                     .address = {row.address_zh, row.address_en},
                     .open = network::is_open_at(today, zone.time_of(at)),
                     .today = today.openings,
                     .minutes = row.minutes});
  }
  return halls;
}

}  // namespace doorstep::hall
