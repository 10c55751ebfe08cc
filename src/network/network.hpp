// The town and its places: venues, opening hours, communities, and the calendar of working days.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "journal/transaction.hpp"
#include "network/in_use.hpp"
#include "storage/migrations.hpp"

namespace doorstep::imports {
class Kinds;
}

namespace doorstep::network {

struct TownFacts {
  Text name;
  std::string zone;
  std::string initials;
  bool demo = false;
};

// The town's row; throws Problem no_such_hall while nothing was imported. One statement.
TownFacts town(Snapshot& snapshot);

// Of the town; UTC while nothing was imported. One statement.
Zone local_zone(Snapshot& snapshot);

// Its level in the network of 1 + N + X; what it serves as is laid over that (VenueFunction).
enum class VenueKind { centre, branch_centre, station };
BOOST_DESCRIBE_ENUM(VenueKind, centre, branch_centre, station)

struct Venue {
  VenueId id;
  Text name;
  Text address;
};

// One statement.
std::optional<Venue> venue(Snapshot& snapshot, VenueId id);

struct Opening {
  LocalTime opens;
  LocalTime closes;
};
BOOST_DESCRIBE_STRUCT(Opening, (), (opens, closes))

struct DayHours {
  std::vector<Opening> openings;  // in order; none: closed all day
  std::optional<Text> note;       // why this day is not as usual
};

// Venues' hours on a day: their week, public holidays and make-up workdays, and their own exceptions. One
// that has ended has none. Three statements, however many venues.
std::map<VenueId, DayHours> hours_on(Snapshot& snapshot, const std::vector<VenueId>& venues, Day day);
DayHours hours_on(Snapshot& snapshot, VenueId venue, Day day);

bool is_open_at(const DayHours& hours, LocalTime time);

// What a room above says of a venue that is about to end: what it still holds there that somebody waits for.
// One statement.
using VenueUse = std::function<std::vector<InUse>(Snapshot& snapshot, VenueId venue)>;

// A place to wait, at a venue; its room is above, and devices of a venue show its lines.
struct HallTag {
  static constexpr std::string_view prefix = "hl";
};
using HallId = Id<HallTag>;

// What that room says: whether that hall is at that venue. One statement.
using HallAt = std::function<bool(Snapshot& snapshot, HallId hall, VenueId venue)>;

// Whether a member of staff has or had a post, stands on a roster, is away or stands in for somebody, has
// written or was given a handover slip, or is a grid's head. One statement.
bool uses_staff(Snapshot& snapshot, StaffId staff);

void add_routes(api::Api& api, const std::vector<VenueUse>& uses, const HallAt& hall_at);
void add_import_kinds(imports::Kinds& kinds, const std::vector<VenueUse>& uses);

std::vector<storage::Migration> migrations();

}  // namespace doorstep::network
