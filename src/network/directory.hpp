// The venues as anyone finds them: a list, one with all that is known of it, and those nearest to a point.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/rooms.hpp"
#include "network/timetable.hpp"
#include "network/venue_functions.hpp"
#include "network/venue_hours.hpp"

namespace doorstep::network {

// Those that fit all that is asked for, by id; those that have ended are left out.
struct FindVenues {
  std::optional<VenueKind> kind;
  std::optional<VenueFunction> function;  // that it has today
  std::optional<std::string> community;   // by its official division code
  std::optional<std::string> words;       // that its name and address have, in either language
  std::optional<bool> open;               // only those that are open now
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "words" ? Bounds{.length_min = 1, .length_max = name_bytes_max} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(FindVenues, (), (kind, function, community, words, open, cursor, limit))

struct ReadVenue {
  VenueId venue;
};
BOOST_DESCRIBE_STRUCT(ReadVenue, (), (venue))

// The few that are nearest to a point, the nearest first: of those that are open now, unless closed ones are
// wanted, too.
struct NearestVenues {
  double latitude = 0;
  double longitude = 0;
  std::optional<VenueFunction> function;  // that it has today
  std::optional<bool> closed_too;
  std::optional<std::int32_t> limit;  // 1 to 20; absent: 5

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "limit") return {.least = 1, .most = 20};
    return Place::bounds(member);
  }
};
BOOST_DESCRIBE_STRUCT(NearestVenues, (), (latitude, longitude, function, closed_too, limit))

struct VenueListing {
  VenueView venue;
  std::vector<VenueFunction> functions;  // of today
  bool open = false;
  std::optional<Instant> open_until;     // none: around the clock for the next two weeks
  std::optional<Instant> opens_next_at;  // none: not in the next two weeks
  std::vector<Opening> today;
  std::optional<Text> note;  // why today is not as usual
};
BOOST_DESCRIBE_STRUCT(VenueListing, (), (venue, functions, open, open_until, opens_next_at, today, note))

struct NearVenue {
  VenueListing listing;
  std::int64_t distance_metres = 0;  // in a straight line; the way there by street is longer
};
BOOST_DESCRIBE_STRUCT(NearVenue, (), (listing, distance_metres))

struct NearVenues {
  std::vector<NearVenue> items;
};
BOOST_DESCRIBE_STRUCT(NearVenues, (), (items))

struct CommunityName {
  std::string code;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(CommunityName, (), (code, name))

struct VenuePage {
  VenueListing listing;
  std::optional<CommunityName> community;
  std::vector<WeekdayView> week;
  std::vector<ExceptionView> exceptions;     // of today and the year to come
  std::vector<VenueFunctionView> functions;  // those it had and is to have, too
  std::vector<VenueNameView> names;          // the oldest first
  std::vector<RoomView> rooms;
};
BOOST_DESCRIBE_STRUCT(VenuePage, (), (listing, community, week, exceptions, functions, names, rooms))

Page<VenueListing> find_venues(Snapshot& snapshot, const Caller& caller, const FindVenues& wish);
VenuePage read_venue(Snapshot& snapshot, const Caller& caller, const ReadVenue& wish);
NearVenues nearest_venues(Snapshot& snapshot, const Caller& caller, const NearestVenues& wish);

}  // namespace doorstep::network
