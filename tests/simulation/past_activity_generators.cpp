// Activities that were held: recorded, put right, withdrawn.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// Now and then one that is still to come.
std::string some_day(World& world) {
  return world.chance(0.05) ? "2030-01-01" : "2026-0" + std::to_string(1 + world.any(9)) + "-07";
}

Made record_past_activity(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr || world.past_activities.size() > 60) return std::nullopt;
  const auto venue = world.chance(0.5) ? R"(,"venue":")" + world.town.venue + '"' : "";
  return Wish{who, "POST", "/api/past-activities",
              R"({"title":"示例活动","kind":"volunteering","day":")" + some_day(world) +
                  R"(","organisation":")" + world.one_of(world.organisations).id + R"(","attended":)" +
                  std::to_string(world.any(200)) + venue + "}"};
}

Generator with_activity(int weight, const std::string& method, const std::string& what,
                        const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            auto* who = at_the_committee(world);
            if (who == nullptr || world.past_activities.empty()) return std::nullopt;
            const auto& known = world.one_of(world.past_activities);
            const auto version = known.version - (world.chance(0.05) ? 1 : 0);
            return Wish{who,
                        method,
                        "/api/past-activities/" + known.id + what,
                        body(world),
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

std::string change(World& world) {
  if (world.chance(0.5)) return R"({"day":")" + some_day(world) + "\"}";
  return R"({"attended":)" + std::to_string(world.any(200)) + R"(,"minutes":90})";
}

}  // namespace

void add_past_activity_generators(Generators& all) {
  all["record_past_activity"] = {4, record_past_activity};
  all["edit_past_activity"] = with_activity(3, "PATCH", "", change);
  all["end_past_activity"] = with_activity(2, "POST", "/end", [](World&) { return std::string{}; });
}

}  // namespace doorstep::testing
