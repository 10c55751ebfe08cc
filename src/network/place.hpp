// A point on the map, and how far it is from another: in a straight line. How far one walks is another
// matter, for which streets are needed.
#pragma once

#include <cstdint>
#include <string_view>

#include <boost/describe/class.hpp>

#include "base/json.hpp"

namespace doorstep::network {

// WGS-84, in degrees; north and east are positive.
struct Place {
  double latitude = 0;
  double longitude = 0;

  bool operator==(const Place&) const = default;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "latitude") return {.least = -90, .most = 90};
    return {.least = -180, .most = 180};
  }
};
BOOST_DESCRIBE_STRUCT(Place, (), (latitude, longitude))

// As it is stored: whole millionths of a degree, some 11 cm, which compare alike on both engines.
struct Microdegrees {
  std::int64_t latitude = 0;
  std::int64_t longitude = 0;

  bool operator==(const Microdegrees&) const = default;
};

Microdegrees microdegrees(const Place& place);
Place place_at(const Microdegrees& at);

// Along the great circle (haversine, mean radius of the earth); within half a percent of the truth.
double metres_between(const Place& one, const Place& other);

// All points that lie no farther than so many metres from one, and some more. Does not reach over the poles
// or the 180th meridian.
struct Box {
  Microdegrees south_west, north_east;
};
Box box_around(const Place& centre, double metres);

}  // namespace doorstep::network
