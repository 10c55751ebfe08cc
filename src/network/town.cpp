#include "base/problem.hpp"
#include "network/network.hpp"

namespace doorstep::network {

namespace {

struct TownRow {
  std::string name_zh, name_en, zone, initials;
  bool demo = false;
};
BOOST_DESCRIBE_STRUCT(TownRow, (), (name_zh, name_en, zone, initials, demo))

struct ZoneRow {
  std::string zone;
};
BOOST_DESCRIBE_STRUCT(ZoneRow, (), (zone))

struct NamedRow {
  VenueId id;
  std::string name_zh, name_en, address_zh, address_en;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id, name_zh, name_en, address_zh, address_en))

}  // namespace

TownFacts town(Snapshot& snapshot) {
  auto row = snapshot.maybe<TownRow>("select name_zh, name_en, zone, initials, demo from town where one = 1");
  if (!row) throw Problem{"no_such_hall"};
  return {{row->name_zh, row->name_en}, row->zone, row->initials, row->demo};
}

Zone local_zone(Snapshot& snapshot) {
  const auto row = snapshot.maybe<ZoneRow>("select zone from town where one = 1");
  return Zone{row ? row->zone : "UTC"};
}

std::optional<Venue> venue(Snapshot& snapshot, VenueId id) {
  const auto row = snapshot.maybe<NamedRow>(
      "select id, name_zh, name_en, address_zh, address_en from venues where id = :id", {{"id", id}});
  if (!row) return std::nullopt;
  return Venue{row->id, {row->name_zh, row->name_en}, {row->address_zh, row->address_en}};
}

}  // namespace doorstep::network
