// What people thought of it, and what managers do about it.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// Some case that an officer took in and whose slip somebody holds.
std::optional<std::string> some_token(World& world) {
  if (world.cases.empty()) return std::nullopt;
  const auto pile = std::min<std::size_t>(world.cases.size(), 30);
  return world.cases[world.cases.size() - 1 - world.any(pile)].token;
}

Made rate_case(World& world) {
  const auto token = some_token(world);
  if (!token) return std::nullopt;
  const std::string grades[] = {"very_poor", "poor", "fair", "good", "very_good"};
  const std::string words = world.chance(0.4) ? R"(,"words":"示例的话")" : "";
  return Wish{&world.one_of(world.residents), "POST", "/api/cases/" + *token + "/rating",
              R"({"grade":")" + grades[world.any(5)] + R"(","remarks":["clear"])" + words + "}"};
}

Made appeal_rating(World& world) {
  const auto token = some_token(world);
  if (!token) return std::nullopt;
  return Wish{&world.one_of(world.residents), "POST", "/api/cases/" + *token + "/rating/appeal",
              R"({"words":"示例的话"})"};
}

// One of those that somebody has to do something about, or one of all.
Generator with_rating(int weight, const std::string& what, const std::string& body, bool waiting) {
  return {weight, [=](World& world) -> Made {
            auto* who = &world.manager().browser;
            if (world.chance(0.3)) who = at_the_committee(world);
            if (who == nullptr) return std::nullopt;
            const auto shown = world.send({who, "GET",
                                           "/api/desk/ratings?limit=20&venue=" + world.town.venue +
                                               (waiting ? "&to_follow_up=true" : ""),
                                           ""});
            if (shown.status != 200 || shown.at("items").as_array().empty()) return std::nullopt;
            const auto& items = shown.at("items").as_array();
            const auto& one = items[world.any(items.size())];
            const auto version = one.at("version").as_int64() - (world.chance(0.05) ? 1 : 0);
            return Wish{who,
                        "POST",
                        "/api/desk/ratings/" + std::string{one.at("id").as_string()} + what,
                        body,
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

}  // namespace

void add_rating_generators(Generators& all) {
  all["rate_case"] = {8, rate_case};
  all["appeal_rating"] = {4, appeal_rating};
  all["record_call_back"] = with_rating(4, "/call-back", R"({"outcome":"示例"})", true);
  all["review_appeal"] = with_rating(4, "/review", R"({"outcome":"示例"})", true);
  all["look_at_rating"] = with_rating(2, "/words", R"({"purpose":"回访"})", false);
}

}  // namespace doorstep::testing
