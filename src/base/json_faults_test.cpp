#include "base/json_faults.hpp"

#include <gmock/gmock.h>

namespace doorstep {
namespace {

using ::testing::ElementsAre;

struct Room {
  std::string name;
  std::optional<std::int32_t> seats;
};
BOOST_DESCRIBE_STRUCT(Room, (), (name, seats))

struct House {
  std::string key;
  std::vector<Room> rooms;
  std::map<std::string, bool> lamps;
};
BOOST_DESCRIBE_STRUCT(House, (), (key, rooms, lamps))

std::vector<std::string> faults_of(std::string_view text) {
  std::vector<Problem> faults;
  read_all<House>(parse_json(text), faults);
  std::vector<std::string> said;
  for (const auto& fault : faults) said.push_back(fault.path + ": " + fault.code);
  return said;
}

TEST(JsonFaults, AreAllToldInTheOrderOfTheDocument) {
  EXPECT_THAT(
      faults_of(R"({"kye":"a","rooms":[{"name":1,"seats":"x"},{"name":"b"},{"seats":2,"colour":"red"}],)"
                R"("lamps":{"hall":true,"yard":3}})"),
      ElementsAre("kye: unknown_member", "rooms[0].name: wrong_type", "rooms[0].seats: wrong_type",
                  "rooms[2].colour: unknown_member", "rooms[2].name: missing_member",
                  "lamps.yard: wrong_type", "key: missing_member"));
  EXPECT_THAT(faults_of("[]"), ElementsAre(": wrong_type"));
}

TEST(JsonFaults, AreNoneInASoundDocument) {
  std::vector<Problem> faults;
  const auto house =
      read_all<House>(parse_json(R"({"key":"a","rooms":[{"name":"b","seats":3}],"lamps":{}})"), faults);
  EXPECT_TRUE(faults.empty());
  ASSERT_EQ(house.rooms.size(), 1U);
  EXPECT_EQ(house.rooms[0].seats, 3);
}

}  // namespace
}  // namespace doorstep
