#include "network/polygon.hpp"

#include <algorithm>

namespace doorstep::network {

namespace {

struct Side {
  Microdegrees a, b;
};

Side side(const Polygon& polygon, std::size_t i) { return {polygon[i], polygon[(i + 1) % polygon.size()]}; }

// On which side of a line a point lies: positive to its left, zero on it.
// Differences are below 2^29, so the products fit.
std::int64_t turn(const Microdegrees& from, const Microdegrees& to, const Microdegrees& point) {
  return (to.longitude - from.longitude) * (point.latitude - from.latitude) -
         (to.latitude - from.latitude) * (point.longitude - from.longitude);
}

int sign(std::int64_t value) { return (value > 0) - (value < 0); }

bool is_between(std::int64_t value, std::int64_t one, std::int64_t other) {
  return std::min(one, other) <= value && value <= std::max(one, other);
}

bool lies_on(const Side& side, const Microdegrees& point) {
  return turn(side.a, side.b, point) == 0 && is_between(point.latitude, side.a.latitude, side.b.latitude) &&
         is_between(point.longitude, side.a.longitude, side.b.longitude);
}

bool meet(const Side& one, const Side& other) {
  const int first = sign(turn(one.a, one.b, other.a)), second = sign(turn(one.a, one.b, other.b));
  const int third = sign(turn(other.a, other.b, one.a)), fourth = sign(turn(other.a, other.b, one.b));
  if (first * second < 0 && third * fourth < 0) return true;
  return lies_on(one, other.a) || lies_on(one, other.b) || lies_on(other, one.a) || lies_on(other, one.b);
}

// Sides that follow each other share a corner; more than that they share when
// one turns back onto the other.
bool turns_back(const Side& one, const Side& next) { return lies_on(one, next.b) || lies_on(next, one.a); }

bool meet_wrongly(const Polygon& polygon, std::size_t i, std::size_t j) {
  const auto one = side(polygon, i), other = side(polygon, j);
  if (j == i + 1) return turns_back(one, other);
  if (i == 0 && j + 1 == polygon.size()) return turns_back(other, one);
  return meet(one, other);
}

}  // namespace

std::optional<Polygon> polygon_of(const std::vector<Place>& ring) {
  Polygon polygon;
  for (const auto& place : ring) polygon.push_back(microdegrees(place));
  if (polygon.size() < 2 || polygon.front() != polygon.back()) return std::nullopt;
  polygon.pop_back();
  return polygon;
}

std::vector<Place> ring_of(const Polygon& polygon) {
  std::vector<Place> ring;
  for (const auto& corner : polygon) ring.push_back(place_at(corner));
  if (!ring.empty()) ring.push_back(ring.front());
  return ring;
}

Box box_of(const Polygon& polygon) {
  const auto [south, north] = std::ranges::minmax_element(polygon, {}, &Microdegrees::latitude);
  const auto [west, east] = std::ranges::minmax_element(polygon, {}, &Microdegrees::longitude);
  return {{south->latitude, west->longitude}, {north->latitude, east->longitude}};
}

bool is_small(const Box& box) {
  const auto south_west = place_at(box.south_west), north_east = place_at(box.north_east);
  const double up = metres_between(south_west, {north_east.latitude, south_west.longitude});
  // Along the side that is nearer to the equator, which is the longer one.
  const auto latitude = std::abs(south_west.latitude) < std::abs(north_east.latitude) ? south_west.latitude
                                                                                      : north_east.latitude;
  const double along = metres_between({latitude, south_west.longitude}, {latitude, north_east.longitude});
  return up <= extent_metres_max && along <= extent_metres_max;
}

std::optional<std::size_t> crossed_side(const Polygon& polygon) {
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    for (std::size_t j = i + 1; j < polygon.size(); ++j) {
      if (meet_wrongly(polygon, i, j)) return i;
    }
  }
  return std::nullopt;
}

bool contains(const Polygon& polygon, const Microdegrees& point) {
  bool inside = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const auto [a, b] = side(polygon, i);
    if (lies_on({a, b}, point)) return true;
    // A ray to the east crosses the sides that have one end above the point and
    // one not.
    if ((a.latitude > point.latitude) == (b.latitude > point.latitude)) continue;
    const bool point_is_west = b.latitude > a.latitude ? turn(a, b, point) > 0 : turn(a, b, point) < 0;
    if (point_is_west) inside = !inside;
  }
  return inside;
}

}  // namespace doorstep::network
