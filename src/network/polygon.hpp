// An area on the map as a closed line of corners, and whether a point lies in
// it. Pure, and exact: it reckons in whole millionths of a degree, on the flat
// map that longitude and latitude make, which for an area of a town is as good
// as the round earth.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "network/place.hpp"

namespace doorstep::network {

inline constexpr std::size_t corners_min = 3;
inline constexpr std::size_t corners_max = 500;
inline constexpr double extent_metres_max = 50'000;  // from south to north, and from west to east

// The corners in order, each once: the last is joined to the first.
using Polygon = std::vector<Microdegrees>;

// The corners of a ring that ends where it begins, as GeoJSON has it; none
// where it does not.
std::optional<Polygon> polygon_of(const std::vector<Place>& ring);
std::vector<Place> ring_of(const Polygon& polygon);

Box box_of(const Polygon& polygon);
// Whether both sides of the box are short enough.
bool is_small(const Box& box);

// The first side that meets another one than at the corner they share, counted
// from 0; none of a simple polygon. At most corners_max squared pairs are
// looked at.
std::optional<std::size_t> crossed_side(const Polygon& polygon);

// By the rule of even and odd. Whatever lies on a side or a corner lies in it:
// a house on the line between two areas is found in both, and never in neither.
bool contains(const Polygon& polygon, const Microdegrees& point);

}  // namespace doorstep::network
