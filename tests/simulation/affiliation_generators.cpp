// Volunteers and members: put to people's records, found, looked at.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string place(World& world) {
  return world.chance(0.7) ? R"("venue":")" + world.town.venue + '"'
                           : R"("organisation":")" + world.one_of(world.organisations).id + '"';
}

std::string volunteering(World& world) {
  if (world.chance(0.1)) return R"({"volunteering":null})";
  const std::string skills[] = {R"("haircuts")", R"("care","digital")", R"("legal")"};
  return R"({"volunteering":{"skills":[)" + skills[world.any(3)] + R"(],"register_number":"3100009000)" +
         std::to_string(10'000 + world.any(90'000)) + R"(",)" + place(world) + "}}";
}

std::string membership(World& world) {
  if (world.chance(0.1)) return R"({"membership":null})";
  return R"({"membership":{"branch":")" + world.one_of(world.organisations).id +
         R"(","kind":"probationary","joined_on":"2026-07-01"}})";
}

Generator put(int weight, const std::string& what, const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            auto* member = world.at_work();
            if (member == nullptr || world.people.empty()) return std::nullopt;
            const auto& known = world.one_of(world.people);
            const auto version = known.version - (world.chance(0.05) ? 1 : 0);
            return Wish{&member->browser,
                        "PUT",
                        "/api/people/" + known.id + what,
                        body(world),
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

Made find_volunteers(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto why = world.chance(0.05) ? "" : "排班";
  return Wish{&member->browser, "POST", "/api/volunteers/find",
              "{" + place(world) + R"(,"purpose":")" + why + R"(","limit":5})"};
}

}  // namespace

void add_affiliation_generators(Generators& all) {
  all["put_volunteering"] = put(4, "/volunteering", volunteering);
  all["find_volunteers"] = {3, find_volunteers};
  all["put_membership"] = put(4, "/membership", membership);
  all["look_at_membership"] = with_person(3, "/membership/look", purpose);
}

}  // namespace doorstep::testing
