// The town makes a day otherwise, and takes its word back.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// By an administrator, and now and then by somebody who is none.
Made about_a_day(World& world, const std::string& method, const std::string& body) {
  auto* who = world.admin.signed_in() && world.chance(0.9) ? &world.admin.browser : at_the_committee(world);
  if (who == nullptr) return std::nullopt;
  const auto day = std::to_string(10 + world.any(19));
  return Wish{who, method,
              "/api/calendar/days/" + std::string{world.chance(0.5) ? "2026-12-" : "2027-01-"} + day, body};
}

Made put_town_day(World& world) {
  const std::string workday = world.chance(0.8) ? "true" : "false";
  return about_a_day(world, "PUT", R"({"workday":)" + workday + R"(,"name":{"zh":"示例","en":"Sample"}})");
}

Made remove_town_day(World& world) { return about_a_day(world, "DELETE", ""); }

}  // namespace

void add_calendar_generators(Generators& all) {
  all["put_town_day"] = {2, put_town_day};
  all["remove_town_day"] = {2, remove_town_day};
}

}  // namespace doorstep::testing
