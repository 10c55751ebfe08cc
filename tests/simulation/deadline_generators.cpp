// What is late is answered for, by whoever sees it, and now and then by somebody else.
#include <boost/json/array.hpp>

#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

Made acknowledge_alarm(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  Browser& who = member->browser;
  const auto list = world.send({&who, "GET", "/api/desk/alarms?venue=" + world.town.venue, ""});
  if (list.status != 200) return std::nullopt;
  const auto& alarms = list.at("items").as_array();
  if (alarms.empty()) return std::nullopt;
  const std::string id{alarms.at(world.any(alarms.size())).at("id").as_string()};
  auto* other = world.at_work();
  return Wish{other == nullptr || world.chance(0.8) ? &who : &other->browser, "POST",
              "/api/desk/alarms/" + id + "/acknowledge", R"({"note":"今天去催"})"};
}

}  // namespace

void add_deadline_generators(Generators& all) { all["acknowledge_alarm"] = {4, acknowledge_alarm}; }

}  // namespace doorstep::testing
