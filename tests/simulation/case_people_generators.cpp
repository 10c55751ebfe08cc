// What the people of a case do with it: they take it on, hand it over, let other units act, and log
// questions.
#include <boost/json/array.hpp>

#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string offer(World& world) {
  return R"({"to":)" + some_staff(world) + (world.chance(0.5) ? R"(,"note":"等回函"})" : "}");
}
std::string nothing(World&) { return {}; }

// A case in which other units act, as whoever is at work sees it.
struct Relay {
  Browser* who = nullptr;
  std::string id;
  std::int64_t version = 0;
  bool waits = false;  // for a unit
};
std::optional<Relay> some_relay(World& world) {
  for (int tries = 0; tries < 10 && !world.cases.empty(); ++tries) {
    auto* member = world.at_work();
    if (member == nullptr) return std::nullopt;
    const auto pile = std::min<std::size_t>(world.cases.size(), 20);
    const auto& known = world.cases[world.cases.size() - 1 - world.any(pile)];
    const auto shown = world.send({&member->browser, "GET", "/api/desk/cases/" + known.id, ""});
    if (shown.status != 200 || shown.at("units").as_array().empty()) continue;
    const auto& next = shown.at("next_steps").as_array();
    if (next.empty() || (!shown.at("mine").as_bool() && world.chance(0.8))) continue;
    return Relay{&member->browser, known.id, shown.number("version"), !shown.at("waiting_for").is_null()};
  }
  return std::nullopt;
}

std::map<std::string, std::string> seen(std::int64_t version) {
  return {{"if-match", '"' + std::to_string(version) + '"'}};
}

Made advance_case(World& world) {
  const auto relay = world.chance(0.4) ? some_relay(world) : std::nullopt;
  if (!relay) return with_case(1, "/advance", next_step).wish(world);
  const std::string steps[] = {"with_branch", "with_district", "done"};
  std::string body = R"({"to":")" + steps[world.any(3)] + '"';
  if (relay->waits != world.chance(0.1))
    body += R"(,"recorded_for":{"name":"示例","at":"2026-11-24T00:00:00Z","proof":"示例函"})";
  return Wish{relay->who, "POST", "/api/desk/cases/" + relay->id + "/advance", body + "}",
              seen(relay->version)};
}

Made name_unit(World& world) {
  const auto relay = some_relay(world);
  if (!relay) return std::nullopt;
  const std::string unit = world.chance(0.6) ? "branch" : "district";
  const auto body = world.chance(0.7) ? R"({"organisation":")" + world.one_of(world.organisations).id + "\"}"
                                      : std::string{R"({"name":"示例市委组织部"})"};
  return Wish{relay->who, "PUT", "/api/desk/cases/" + relay->id + "/units/" + unit, body,
              seen(relay->version)};
}

// By the committee's director, for whichever organisation it waits.
Made advance_unit_case(World& world) {
  auto& director = world.director.browser;
  if (director.session.empty()) return std::nullopt;
  const auto waiting = world.send({&director, "GET", "/api/desk/unit_cases?limit=100", ""});
  if (waiting.status != 200 || waiting.at("items").as_array().empty()) return std::nullopt;
  const auto& items = waiting.at("items").as_array();
  const auto& one = items.at(world.any(items.size()));
  const std::string steps[] = {"done", "with_district", "taken_in"};
  return Wish{&director, "POST", "/api/desk/unit_cases/" + std::string{one.at("id").as_string()} + "/advance",
              R"({"to":")" + steps[world.any(3)] + "\"}", seen(one.at("version").to_number<std::int64_t>())};
}

Made log_inquiry(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const std::string matters[] = {"", R"(,"matter":"transfer")", R"(,"matter":"moon")"};
  return Wish{&member->browser, "POST", "/api/desk/inquiries",
              R"({"venue":")" + world.town.venue +
                  R"(","question":"示例 王秀英问几天办好","answer":"五个工作日")" +
                  matters[world.any(world.chance(0.1) ? 3 : 2)] + "}"};
}

Generator with_inquiry(int weight, const std::string& what, const std::string& body) {
  return {weight, [=](World& world) -> Made {
            auto* member = world.at_work();
            if (member == nullptr || world.inquiries.empty()) return std::nullopt;
            return Wish{&member->browser, "POST",
                        "/api/desk/inquiries/" + world.one_of(world.inquiries) + what, body};
          }};
}

}  // namespace

void add_case_people_generators(Generators& all) {
  all["advance_case"] = {16, advance_case};
  all["name_unit"] = {8, name_unit};
  all["advance_unit_case"] = {6, advance_unit_case};
  all["log_inquiry"] = {4, log_inquiry};
  all["look_at_inquiry"] = with_inquiry(2, "/text", "");
  all["open_case_of_inquiry"] =
      with_inquiry(2, "/case", R"({"matter":"transfer","materials_received":["letter"]})");
  all["offer_case"] = with_case(8, "/offer", offer);
  all["take_over_case"] = with_case(8, "/offer/accept", nothing);
  all["decline_case"] = with_case(4, "/offer/decline", [](World&) { return R"({"reason":"手上太多"})"; });
  all["withdraw_offer"] = with_case(3, "/offer/withdraw", nothing);
}

}  // namespace doorstep::testing
