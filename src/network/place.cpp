#include "network/place.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace doorstep::network {

namespace {

constexpr double earth_radius_metres = 6'371'008.8;  // the mean one (IUGG)
constexpr double metres_per_degree = earth_radius_metres * std::numbers::pi / 180;
constexpr double millionths = 1'000'000;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

std::int64_t in_millionths(double degrees) { return std::llround(degrees * millionths); }

}  // namespace

Microdegrees microdegrees(const Place& place) {
  return {in_millionths(place.latitude), in_millionths(place.longitude)};
}

Place place_at(const Microdegrees& at) {
  return {static_cast<double>(at.latitude) / millionths, static_cast<double>(at.longitude) / millionths};
}

double metres_between(const Place& one, const Place& other) {
  const double up = std::sin(radians(other.latitude - one.latitude) / 2);
  const double along = std::sin(radians(other.longitude - one.longitude) / 2);
  const double share =
      up * up + std::cos(radians(one.latitude)) * std::cos(radians(other.latitude)) * along * along;
  return 2 * earth_radius_metres * std::asin(std::sqrt(std::min(1.0, share)));
}

Box box_around(const Place& centre, double metres) {
  const double up = metres / metres_per_degree;
  const double south = std::max(-90.0, centre.latitude - up), north = std::min(90.0, centre.latitude + up);
  // A degree of longitude is shortest at the edge that is nearest to a pole.
  const double shrink = std::cos(radians(std::max(std::abs(south), std::abs(north))));
  const double along = shrink < 0.01 ? 360.0 : up / shrink;
  return {microdegrees({south, std::max(-180.0, centre.longitude - along)}),
          microdegrees({north, std::min(180.0, centre.longitude + along)})};
}

}  // namespace doorstep::network
