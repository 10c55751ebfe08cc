// The venues of the town's file, and what an import does with them: it changes what differs, drops nothing,
// and leaves alone what was edited on a page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "network/file_fault.hpp"
#include "network/venue.hpp"
#include "network/venue_functions.hpp"
#include "network/venue_hours.hpp"

namespace doorstep::network {

struct ExceptionFile {
  Day day;
  bool closed = false;
  Text note;
  std::optional<std::vector<Opening>> openings = {};  // instead of the week's
};
BOOST_DESCRIBE_STRUCT(ExceptionFile, (), (day, closed, note, openings))

struct FormerNameFile {
  Day from;
  Text name;
};
BOOST_DESCRIBE_STRUCT(FormerNameFile, (), (from, name))

struct RoomFile {
  std::string key;
  Text name;
  std::optional<std::int32_t> seats = {};
  std::optional<StepFree> step_free = {};

  static constexpr Bounds bounds(std::string_view member) {
    return member == "seats" ? Bounds{.least = 1, .most = 10'000} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(RoomFile, (), (key, name, seats, step_free))

struct VenueFile {
  std::string key;
  VenueKind kind{};
  Text name;
  Text address;
  std::vector<WeeklyHours> hours;
  std::vector<ExceptionFile> exceptions;
  std::optional<std::string> organisation = {};  // the key of the one that runs it
  std::optional<Day> named_since = {};           // from when on it has its name
  std::optional<std::vector<FormerNameFile>> former_names = {};
  std::optional<std::string> community = {};  // the official division code
  std::optional<Place> place = {};
  std::optional<StepFree> step_free = {};
  std::optional<Text> step_free_note = {};
  std::optional<std::vector<VenueFunction>> functions = {};
  std::optional<std::vector<RoomFile>> rooms = {};
  std::optional<bool> ended = {};
};
BOOST_DESCRIBE_STRUCT(VenueFile, (),
                      (key, kind, name, address, hours, exceptions, organisation, named_since, former_names,
                       community, place, step_free, step_free_note, functions, rooms, ended))

// Without an organisation whoever runs it goes on doing so, and what the file is silent about stays. The
// facts, the week, each exception, the functions and each room stay as they are once they were edited on a
// page; a venue that has ended may not be named but as such. Gives the ids of the others by key. Throws
// TownFileFault with the first fault of each. Seven statements, and some for each that differs.
struct VenueToPut {
  VenueFile file;
  std::optional<OrganisationId> run_by = {};
};
std::map<std::string, VenueId> put_venues(Transaction& tx, const std::vector<VenueToPut>& venues);
VenueId put_venue(Transaction& tx, const VenueFile& venue, const std::optional<OrganisationId>& run_by = {});

}  // namespace doorstep::network
