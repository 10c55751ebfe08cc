#include "network/address_range.hpp"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/problem.hpp"

namespace doorstep::network {
namespace {

const std::string street = "示例路";

TEST(AnAddressRange, HasTheHousesThatItSays) {
  const AddressRange odd{street, {}, HouseSide::odd, 1, 99};
  const AddressRange lane{street, 1051, HouseSide::all, 1, 40};
  const AddressRange whole{street, {}, HouseSide::all};
  const struct {
    const char* text;
    const AddressRange& range;
    bool covered, touched;
  } table[] = {
      {"示例路9号", odd, true, true},
      {"示例路99号", odd, true, true},
      {"示例路10号", odd, false, false},
      {"示例路101号", odd, false, false},
      {"示例路9弄12号", odd, true, true},
      {"示例路9弄", odd, true, true},
      {"示例路", odd, false, true},
      {"别的路9号", odd, false, false},
      {"示例路1051弄40号", lane, true, true},
      {"示例路1051弄41号", lane, false, false},
      {"示例路1051弄", lane, false, true},
      {"示例路1053弄1号", lane, false, false},
      {"示例路1051号", lane, false, false},
      {"示例路", lane, false, true},
      {"示例路", whole, true, true},
      {"示例路12号", whole, true, true},
      {"示例路1051弄12号", whole, true, true},
  };
  for (const auto& row : table) {
    const auto address = parse_address(row.text);
    EXPECT_EQ(covers(row.range, address), row.covered) << row.text << " in " << to_string(row.range);
    EXPECT_EQ(touches(row.range, address), row.touched) << row.text << " in " << to_string(row.range);
  }
}

std::string complaint(const std::string& said, std::optional<HouseSide> side, std::optional<int> from,
                      std::optional<int> to) {
  try {
    make_range(said, {}, side, from, to);
  } catch (const Problem& problem) {
    return problem.code;
  }
  return {};
}

TEST(AnAddressRange, IsAStreetAloneWithSomeNumbers) {
  EXPECT_EQ(complaint("示例路", {}, {}, {}), "");
  EXPECT_EQ(complaint("南翔镇 示例路", {}, {}, {}), "");
  EXPECT_EQ(make_range("上海市嘉定区南翔镇示例路", {}, {}, {}, {}).street, street);
  EXPECT_EQ(complaint("示例路12号", {}, {}, {}), "street_unclear");
  EXPECT_EQ(complaint("示例路十二号", {}, {}, {}), "street_unclear");
  EXPECT_EQ(complaint("，", {}, {}, {}), "street_unclear");
  EXPECT_EQ(complaint("示例路", HouseSide::odd, 1, 1), "");
  EXPECT_EQ(complaint("示例路", HouseSide::even, 1, 1), "numbers_backwards");
  EXPECT_EQ(complaint("示例路", HouseSide::even, 1, 2), "");
  EXPECT_EQ(complaint("示例路", {}, 2, 1), "numbers_backwards");
}

TEST(AnAddressRange, IsSaidInFewWords) {
  EXPECT_EQ(to_string({street, {}, HouseSide::all}), "示例路");
  EXPECT_EQ(to_string({street, 1051, HouseSide::all}), "示例路 1051弄");
  EXPECT_EQ(to_string({street, 1051, HouseSide::odd, 1, 99}), "示例路 1051弄 1-99");
}

constexpr int numbers = 6;

AddressRange any_range() {
  std::optional<std::int32_t> lane;
  if (*rc::gen::arbitrary<bool>()) lane = *rc::gen::inRange(1, numbers + 1);
  const int from = *rc::gen::inRange(1, numbers + 1), to = *rc::gen::inRange(from, numbers + 1);
  const auto one_side = from % 2 == 1 ? HouseSide::odd : HouseSide::even;
  return make_range(street, lane, *rc::gen::element(HouseSide::all, one_side), from, to);
}

// Every door of a short street with short lanes: those on the street, and those of each lane.
std::vector<Address> doors() {
  std::vector<Address> all;
  for (int place = 1; place <= numbers; ++place) {
    all.push_back({street, {}, place});
    for (int number = 1; number <= numbers; ++number) all.push_back({street, place, number});
  }
  return all;
}

RC_GTEST_PROP(AddressRanges, OverlapWhenSomeDoorIsInBoth, ()) {
  const auto one = any_range(), other = any_range();
  const bool shared = std::ranges::any_of(
      doors(), [&](const Address& door) { return covers(one, door) && covers(other, door); });
  RC_ASSERT(overlap(one, other) == shared);
  RC_ASSERT(overlap(other, one) == shared);
}

RC_GTEST_PROP(AddressRanges, AreSureOfADoorAndOfWhatTheyHaveWhole, ()) {
  const auto range = any_range();
  for (const auto& door : doors()) RC_ASSERT(covers(range, door) == touches(range, door));
  const Address lane{street, *rc::gen::inRange(1, numbers + 1), {}};
  const auto inside = [&](const Address& door) { return door.lane == lane.lane && touches(range, door); };
  const auto all = doors();
  RC_ASSERT(touches(range, lane) == std::ranges::any_of(all, inside));
  if (covers(range, lane)) {
    RC_ASSERT(std::ranges::count_if(all, inside) == numbers);
  }
}

}  // namespace
}  // namespace doorstep::network
