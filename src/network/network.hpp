// The town and its places: venues, opening hours, communities, and the calendar of working days.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "imports/imports.hpp"
#include "journal/transaction.hpp"
#include "storage/migrations.hpp"

namespace doorstep::network {

struct TownFacts {
  Text name;
  std::string zone;
  std::string initials;
  bool demo = false;
};

// The town's row; throws Problem no_such_hall while nothing was imported. One statement.
TownFacts town(Snapshot& snapshot);

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

// Venues' hours on a day: their week, public holidays and make-up workdays, and their own exceptions. Three
// statements, however many venues.
std::map<VenueId, DayHours> hours_on(Snapshot& snapshot, const std::vector<VenueId>& venues, Day day);
DayHours hours_on(Snapshot& snapshot, VenueId venue, Day day);

bool is_open_at(const DayHours& hours, LocalTime time);

void add_routes(api::Api& api);
void add_import_kinds(imports::Kinds& kinds);

std::vector<storage::Migration> migrations();

}  // namespace doorstep::network
