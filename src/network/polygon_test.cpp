#include "network/polygon.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace doorstep::network {
namespace {

// An L: a square of 10 without its upper right quarter.
const Polygon bend{{0, 0}, {0, 10}, {5, 10}, {5, 5}, {10, 5}, {10, 0}};

TEST(APolygon, HasWhatLiesInItAndOnItsLine) {
  const struct {
    Microdegrees point;
    bool inside;
  } table[] = {
      {{1, 1}, true},   {{4, 9}, true},   {{9, 4}, true},   {{6, 6}, false},  {{9, 9}, false},
      {{-1, 5}, false}, {{0, 0}, true},   {{5, 5}, true},   {{5, 7}, true},   {{10, 5}, true},
      {{0, 11}, false}, {{5, 11}, false}, {{10, 6}, false}, {{5, -1}, false},
  };
  for (const auto& [point, inside] : table)
    EXPECT_EQ(contains(bend, point), inside) << point.latitude << ", " << point.longitude;
}

TEST(APolygon, IsARingThatEndsWhereItBegins) {
  const std::vector<Place> ring{{31.29, 121.30}, {31.29, 121.31}, {31.30, 121.31}, {31.29, 121.30}};
  const auto polygon = polygon_of(ring);
  ASSERT_TRUE(polygon);
  EXPECT_EQ(polygon->size(), 3U);
  EXPECT_EQ(ring_of(*polygon), ring);
  EXPECT_FALSE(polygon_of({{31.29, 121.30}, {31.29, 121.31}, {31.30, 121.31}}));
  EXPECT_FALSE(polygon_of({}));
}

TEST(APolygon, IsSimpleUnlessItsSidesMeet) {
  const std::pair<Polygon, bool> table[] = {
      {{{0, 0}, {0, 10}, {10, 0}}, true},
      {bend, true},
      {{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, false},            // a bow
      {{{0, 0}, {0, 10}, {0, 20}}, false},                      // no area
      {{{0, 0}, {0, 10}, {10, 10}, {10, 10}, {10, 0}}, false},  // a side without length
      {{{0, 0}, {0, 10}, {10, 10}, {5, 10}, {10, 0}}, false},   // turns back onto itself
      {{{0, 0}, {0, 10}, {10, 10}, {0, 5}, {10, 0}}, false},    // a corner on another side
      {{{0, 0}, {0, 4}, {5, 5}, {0, 6}, {0, 10}, {10, 10}, {5, 5}, {10, 0}}, false},  // touches itself
  };
  for (const auto& [polygon, simple] : table) EXPECT_EQ(!crossed_side(polygon), simple) << polygon.size();
}

TEST(APolygon, IsSmallEnoughForATown) {
  const auto box = [](double height, double width) {
    return Box{microdegrees({31, 121}), microdegrees({31 + height, 121 + width})};
  };
  EXPECT_TRUE(is_small(box(0.44, 0.52)));
  EXPECT_FALSE(is_small(box(0.46, 0.01)));
  EXPECT_FALSE(is_small(box(0.01, 0.54)));
}

constexpr int size = 1'000;

int any_number() { return *rc::gen::inRange(-size, size); }
Microdegrees any_point() { return {any_number(), any_number()}; }

// Corners around the middle in the order of their bearing: a star, which is
// simple where no two have the same.
Polygon any_star() {
  Polygon corners;
  const int count = *rc::gen::inRange(3, 12);
  for (int i = 0; i < count; ++i) corners.push_back(any_point());
  std::ranges::sort(corners, {}, [](const Microdegrees& each) {
    return std::atan2(static_cast<double>(each.latitude), static_cast<double>(each.longitude));
  });
  return corners;
}

RC_GTEST_PROP(AnyPolygon, IsTheSameFromWhereverItIsBegunAndEitherWayRound, ()) {
  auto polygon = any_star();
  const auto point = any_point();
  const bool inside = contains(polygon, point);
  const bool simple = !crossed_side(polygon);
  std::ranges::rotate(polygon, polygon.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(polygon)));
  RC_ASSERT(contains(polygon, point) == inside);
  RC_ASSERT(!crossed_side(polygon) == simple);
  std::ranges::reverse(polygon);
  RC_ASSERT(contains(polygon, point) == inside);
  RC_ASSERT(!crossed_side(polygon) == simple);
}

RC_GTEST_PROP(AnyPolygon, HasItsCornersAndTheMiddlesOfItsSides, ()) {
  auto polygon = any_star();
  for (auto& corner : polygon) corner = {2 * corner.latitude, 2 * corner.longitude};
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const auto& a = polygon[i];
    const auto& b = polygon[(i + 1) % polygon.size()];
    RC_ASSERT(contains(polygon, a));
    RC_ASSERT(contains(polygon, {(a.latitude + b.latitude) / 2, (a.longitude + b.longitude) / 2}));
  }
}

RC_GTEST_PROP(AnyPolygon, HasNothingOutsideItsBox, ()) {
  const auto polygon = any_star();
  const auto box = box_of(polygon);
  const auto point = any_point();
  const bool in_box =
      box.south_west.latitude <= point.latitude && point.latitude <= box.north_east.latitude &&
      box.south_west.longitude <= point.longitude && point.longitude <= box.north_east.longitude;
  RC_ASSERT(in_box || !contains(polygon, point));
}

// Cut along a line from corner to corner, whatever was in the whole is in one
// of the parts, and the other way round; in both is the line alone.
RC_GTEST_PROP(AnyPolygon, IsTheSumOfItsParts, ()) {
  // With every corner on a circle it bulges everywhere, so that each such line
  // lies in it.
  Polygon polygon;
  for (const auto step : *rc::gen::suchThat(rc::gen::container<std::set<int>>(rc::gen::inRange(0, 24)),
                                            [](const auto& steps) { return steps.size() >= 4; }))
    polygon.push_back({std::lround(1e6 * std::sin(step * 0.2617993877991494)),
                       std::lround(1e6 * std::cos(step * 0.2617993877991494))});
  const auto cut = *rc::gen::inRange<std::size_t>(2, polygon.size() - 1);
  const Polygon one(polygon.begin(), polygon.begin() + static_cast<std::ptrdiff_t>(cut) + 1);
  Polygon other(polygon.begin() + static_cast<std::ptrdiff_t>(cut), polygon.end());
  other.push_back(polygon.front());
  const Microdegrees point{*rc::gen::inRange(-1'000'000, 1'000'000),
                           *rc::gen::inRange(-1'000'000, 1'000'000)};
  RC_ASSERT(contains(polygon, point) == (contains(one, point) || contains(other, point)));
}

}  // namespace
}  // namespace doorstep::network
