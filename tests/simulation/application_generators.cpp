// People ask for something from their phones; officers look at what they answered.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

Made apply_for_matter(World& world) {
  const auto venue = world.chance(0.02) ? "ve_9999" : world.town.venue;
  const bool moving = world.chance(0.5);
  const auto* answers = world.chance(0.05) ? R"({"colour":"red"})" : moving ? R"({"from":"near"})" : "{}";
  return Wish{&world.one_of(world.residents), "POST",
              std::string{"/api/matters/"} + (moving ? "moving" : "transfer") + "/cases",
              R"({"venue":")" + venue + R"(","applicant":{"name":"示例","phone":"1380000)" +
                  std::to_string(1'000 + world.any(9'000)) + R"("},"answers":)" + answers + "}"};
}

// At one of the newest, whoever opened it.
Made look_at_answers(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto shown =
      world.send({&member->browser, "GET", "/api/desk/cases?limit=20&venue=" + world.town.venue, ""});
  if (shown.status != 200 || shown.at("items").as_array().empty()) return std::nullopt;
  const auto& items = shown.at("items").as_array();
  const std::string id{items[world.any(items.size())].at("id").as_string()};
  return Wish{&member->browser, "POST", "/api/desk/cases/" + id + "/answers", R"({"purpose":"核对"})"};
}

Made find_cases_of_applicant(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto phone = "1380000" + std::to_string(1'000 + world.any(9'000));
  const auto by = world.chance(0.5) ? std::string{R"("name":"示例")"} : R"("phone":")" + phone + '"';
  return Wish{&member->browser, "POST", "/api/desk/cases/find",
              R"({"venue":")" + world.town.venue + R"(","purpose":"来电",)" + by + "}"};
}

}  // namespace

void add_application_generators(Generators& all) {
  all["apply_for_matter"] = {6, apply_for_matter};
  all["find_cases_of_applicant"] = {3, find_cases_of_applicant};
  all["look_at_answers"] = {3, look_at_answers};
}

}  // namespace doorstep::testing
