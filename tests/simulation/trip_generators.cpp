// That somebody came for a case, and that a refused one is taken further.
#include <algorithm>

#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string cause(World& world) {
  if (world.chance(0.2)) return "{}";
  const std::string reasons[] = {"not_said", "not_brought", "nobody_there", "to_sign", "own_wish"};
  const auto& reason = reasons[world.any(5)];
  const bool words = (reason == "not_said") != world.chance(0.1);
  return R"({"reason":")" + reason + '"' + (words ? R"(,"words":"示例：还要原件")" : "") + "}";
}

// Of the venue's newest those that were refused, and now and then another; what they are known by.
std::vector<KnownCase> refused_cases(World& world, Browser& who) {
  const auto list = world.send({&who, "GET", "/api/desk/cases?limit=100&venue=" + world.town.venue, ""});
  std::vector<KnownCase> refused;
  if (list.status != 200) return refused;
  for (const auto& row : list.at("items").as_array()) {
    if (row.at("phase").as_string() != "refused" && !world.chance(0.02)) continue;
    const auto known = std::ranges::find(world.cases, std::string{row.at("id").as_string()}, &KnownCase::id);
    if (known != world.cases.end()) refused.push_back(*known);
  }
  return refused;
}

Made take_further(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto refused = refused_cases(world, member->browser);
  if (refused.empty()) return std::nullopt;
  return Wish{&member->browser, "POST",
              "/api/desk/cases/" + refused[world.any(refused.size())].id + "/further", ""};
}

// Whoever holds the slip.
Made take_own_further(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto refused = refused_cases(world, member->browser);
  if (refused.empty()) return std::nullopt;
  return Wish{&world.one_of(world.residents), "POST",
              "/api/cases/" + refused[world.any(refused.size())].token + "/further", ""};
}

}  // namespace

void add_trip_generators(Generators& all) {
  all["record_trip"] = with_case(8, "/trips", cause);
  all["take_back_trip"] = with_case(2, "/trips/take-back", [](World&) { return std::string{}; });
  all["take_further"] = {4, take_further};
  all["take_own_further"] = {4, take_own_further};
}

}  // namespace doorstep::testing
