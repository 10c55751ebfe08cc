// The city's account, which some residents have; now and then its provider is away, or says what does not
// fit.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// Some share one, as some share a phone.
std::string subject_of(World& world, const Browser& resident) {
  return "subject of " + world.phone_of(resident);
}

Made begin_city_sign_in(World& world) {
  auto& resident = world.one_of(world.residents);
  world.move_about(resident);
  world.town.city().away = world.chance(0.05);
  return Wish{&resident, "POST", "/api/my/city", world.chance(0.3) ? R"({"anew":true})" : "{}"};
}

Made sign_in_by_city_account(World& world) {
  auto& resident = world.one_of(world.residents);
  world.move_about(resident);
  auto& city = world.town.city();
  city.away = false;
  const auto begun =
      world.send({&resident, "POST", "/api/my/city", world.chance(0.3) ? R"({"anew":true})" : "{}"});
  if (begun.status != 200) return std::nullopt;
  auto back = city.sign_in(begun.text("address"), subject_of(world, resident));
  city.away = world.chance(0.05);
  city.says_when = world.chance(0.9);
  if (world.chance(0.05)) back.code = "of nobody";
  if (world.chance(0.05)) back.state = "AAAAAAAAAAAAAAAAAAAAAA";
  // The way there and back takes its time; now and then somebody else brings it.
  auto* who = world.chance(0.05) ? &world.one_of(world.residents) : &resident;
  return Wish{who, "POST", "/api/my/city/session", back.json()};
}

}  // namespace

void add_city_generators(Generators& all) {
  all.insert({{"begin_city_sign_in", {2, begin_city_sign_in}},
              {"sign_in_by_city_account", {8, sign_in_by_city_account}}});
}

}  // namespace doorstep::testing
