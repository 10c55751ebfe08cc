// What the people of a case do with it beside its steps: handing it over.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string offer(World& world) {
  return R"({"to":)" + some_staff(world) + (world.chance(0.5) ? R"(,"note":"等回函"})" : "}");
}
std::string nothing(World&) { return {}; }

}  // namespace

Generator with_case(int weight, const std::string& what, const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            auto* member = world.at_work();
            if (member == nullptr || world.cases.empty()) return std::nullopt;
            // The newest are on top of the pile.
            const auto pile = std::min<std::size_t>(world.cases.size(), 20);
            auto& known = world.cases[world.cases.size() - 1 - world.any(pile)];
            if (world.chance(0.9)) {
              const auto shown = world.send({&member->browser, "GET", "/api/desk/cases/" + known.id, ""});
              if (shown.status == 200) known.version = shown.number("version");
            }
            return Wish{&member->browser,
                        "POST",
                        "/api/desk/cases/" + known.id + what,
                        body(world),
                        {{"if-match", '"' + std::to_string(known.version) + '"'}}};
          }};
}

void add_case_people_generators(Generators& all) {
  all["offer_case"] = with_case(8, "/offer", offer);
  all["take_over_case"] = with_case(8, "/offer/accept", nothing);
  all["decline_case"] = with_case(4, "/offer/decline", [](World&) { return R"({"reason":"手上太多"})"; });
  all["withdraw_offer"] = with_case(3, "/offer/withdraw", nothing);
}

}  // namespace doorstep::testing
