// What stands beside the passwords of staff.
#include "simulation/generators.hpp"
#include "testing/app_codes.hpp"

namespace doorstep::testing {

namespace {

const std::string own = "/api/session/second-factor";
const std::string password = std::string{R"("password":")"} + SmallTown::password + '"';

Made begin_second_factor(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  world.move_about(member->browser);
  return Wish{&member->browser, "POST", own, "{" + password + "}"};
}

// Mostly at once, by somebody who has none yet.
Made confirm_second_factor(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  world.move_about(member->browser);
  if (world.chance(0.8)) {
    const auto begun = world.send({&member->browser, "POST", own, "{" + password + "}"});
    if (begun.status != 200) return std::nullopt;
    member->app_secret = begun.text("secret");
  }
  const auto code = world.chance(0.9) && !member->app_secret.empty()
                        ? app_code(member->app_secret, world.town.instant())
                        : std::string{"000000"};
  return Wish{&member->browser, "POST", own + "/confirm", R"({"code":")" + code + "\"}"};
}

Made end_second_factor(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || member->recovery_codes.empty()) return std::nullopt;
  world.move_about(member->browser);
  const auto code = world.chance(0.2) ? "000000" : world.one_of(member->recovery_codes);
  return Wish{&member->browser, "POST", own + "/end", "{" + password + R"(,"code":")" + code + "\"}"};
}

Made end_second_factor_of(World& world) {
  auto& member = world.one_of(world.staff);
  if (!world.admin.signed_in() || !member.signed_in()) return std::nullopt;
  const auto shown = world.send({&member.browser, "GET", "/api/session", ""});
  if (shown.status != 200) return std::nullopt;
  return Wish{&world.admin.browser, "POST", "/api/staff/" + shown.text("staff.id") + "/second-factor/end",
              ""};
}

}  // namespace

std::string with_app_code(World& world, const Member& member) {
  if (member.app_secret.empty() || world.chance(0.1)) return "";
  // Now and then the phone is dead, and a recovery code is at hand.
  const bool recovers = !member.recovery_codes.empty() && world.chance(0.1);
  const auto code = recovers
                        ? member.recovery_codes.front()
                        : app_code(member.app_secret, world.town.instant(), static_cast<int>(world.any(2)));
  return R"(,"code":")" + code + '"';
}

void add_second_factor_generators(Generators& all) {
  all.insert({{"begin_second_factor", {1, begin_second_factor}},
              {"confirm_second_factor", {2, confirm_second_factor}},
              {"end_second_factor", {2, end_second_factor}},
              {"end_second_factor_of", {1, end_second_factor_of}}});
}

}  // namespace doorstep::testing
