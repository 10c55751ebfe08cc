#include "network/place.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace doorstep::network {
namespace {

Place any_place() {
  return place_at({*rc::gen::inRange<std::int64_t>(-80'000'000, 80'000'001),
                   *rc::gen::inRange<std::int64_t>(-179'000'000, 179'000'001)});
}

TEST(APlace, IsAsFarAwayAsItIs) {
  const struct {
    const char* what;
    Place one, other;
    double metres;
  } table[] = {
      {"the same", {31.2965, 121.3120}, {31.2965, 121.3120}, 0},
      {"a degree of latitude", {31, 121}, {32, 121}, 111'195},
      {"a degree of longitude on the equator", {0, 121}, {0, 122}, 111'195},
      {"a degree of longitude at 60 north", {60, 10}, {60, 11}, 55'597},
      {"across the 180th meridian", {0, 179.5}, {0, -179.5}, 111'195},
      {"London to Paris", {51.5074, -0.1278}, {48.8566, 2.3522}, 343'556},
      {"pole to pole", {90, 0}, {-90, 0}, 20'015'115},
  };
  for (const auto& row : table)
    EXPECT_NEAR(metres_between(row.one, row.other), row.metres, row.metres / 1'000 + 0.001) << row.what;
}

RC_GTEST_PROP(Places, AreAsFarAsTheWayBackAndNoDetourIsShorter, ()) {
  const auto a = any_place(), b = any_place(), c = any_place();
  const auto there = metres_between(a, b);
  RC_ASSERT(there >= 0);
  RC_ASSERT(std::abs(there - metres_between(b, a)) < 0.001);
  RC_ASSERT(metres_between(a, c) <= there + metres_between(b, c) + 0.01);
  RC_ASSERT(metres_between(a, a) == 0);
}

RC_GTEST_PROP(Places, AreStoredToAHandsBreadth, ()) {
  const Place place{static_cast<double>(*rc::gen::inRange(-90'000, 90'001)) / 1'000.0007,
                    static_cast<double>(*rc::gen::inRange(-180'000, 180'001)) / 1'000.0007};
  const auto back = place_at(microdegrees(place));
  RC_ASSERT(metres_between(place, back) < 0.12);
  RC_ASSERT(microdegrees(back) == microdegrees(place));
}

RC_GTEST_PROP(Places, WithinReachLieInTheBox, ()) {
  const auto centre = any_place();
  const double metres = *rc::gen::inRange(1, 50'000);
  const auto box = box_around(centre, metres);
  const auto at = microdegrees(centre);
  const auto near = place_at({at.latitude + *rc::gen::inRange<std::int64_t>(-600'000, 600'001),
                              at.longitude + *rc::gen::inRange<std::int64_t>(-900'000, 900'001)});
  if (metres_between(centre, near) > metres) return;
  const auto found = microdegrees(near);
  RC_ASSERT(found.latitude >= box.south_west.latitude && found.latitude <= box.north_east.latitude);
  RC_ASSERT(found.longitude >= box.south_west.longitude && found.longitude <= box.north_east.longitude);
}

}  // namespace
}  // namespace doorstep::network
