// A hall as a place: where it is, when it is open, what can be done there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "hall/hall.hpp"
#include "network/network.hpp"

namespace doorstep::hall {

struct ReadTown {};
BOOST_DESCRIBE_STRUCT(ReadTown, (), ())

struct ReadHall {
  HallId hall;
};
BOOST_DESCRIBE_STRUCT(ReadHall, (), (hall))

struct ListServices {
  HallId hall;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListServices, (), (hall, cursor, limit))

struct HallView {
  HallId id;
  VenueId venue_id;
  Text venue;
  Text address;
  bool open = false;
  std::vector<network::Opening> today;
  std::optional<Text> note;
};
BOOST_DESCRIBE_STRUCT(HallView, (), (id, venue_id, venue, address, open, today, note))

struct TownView {
  Text name;
  std::string time_zone;
  bool demo = false;  // what is shown is invented
  std::vector<HallView> halls;
};
BOOST_DESCRIBE_STRUCT(TownView, (), (name, time_zone, demo, halls))

struct ServiceView {
  std::string key;
  Text name;
  Text summary;
  std::string group;
  std::optional<std::int32_t> minutes;
  std::optional<std::string> matter;
};
BOOST_DESCRIBE_STRUCT(ServiceView, (), (key, name, summary, group, minutes, matter))

TownView read_town(Snapshot& snapshot, const Caller& caller, const ReadTown& wish);
HallView read_hall(Snapshot& snapshot, const Caller& caller, const ReadHall& wish);
Page<ServiceView> list_services(Snapshot& snapshot, const Caller& caller, const ListServices& wish);

// What commands need of a hall; throws Problem no_such_hall. Two statements.
struct Place {
  HallId id;
  VenueId venue;
  Day today;
  LocalTime time;
  Zone zone;
};
Place place_of(Snapshot& snapshot, HallId hall, Instant at);

}  // namespace doorstep::hall
