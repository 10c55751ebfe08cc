// Passkeys of staff, which their members carry about.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

const std::string own = "/api/session/passkeys";

std::string proof_body(World& world, const Member& member) {
  return std::string{R"({"password":")"} + SmallTown::password + '"' + with_app_code(world, member) + "}";
}

Made begin_passkey(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  world.move_about(member->browser);
  return Wish{&member->browser, "POST", own + "/challenge", proof_body(world, *member)};
}

Made record_passkey(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  world.move_about(member->browser);
  const auto begun = world.send({&member->browser, "POST", own + "/challenge", proof_body(world, *member)});
  if (begun.status != 200) return std::nullopt;
  // A new one; now and then the one they have, which the browser should have told them.
  if (!member->passkey || world.chance(0.8)) member->passkey = std::make_shared<SoftwareAuthenticator>();
  member->passkey->user = begun.text("user");
  const auto challenge = world.chance(0.1) ? "AAAAAAAAAAAAAAAAAAAAAA" : begun.text("challenge");
  return Wish{&member->browser, "POST", own,
              R"({"name":"示例",)" + member->passkey->make(challenge).json() + "}"};
}

Made end_passkey(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const auto shown = world.send({&member->browser, "GET", own, ""});
  if (shown.status != 200 || shown.at("items").as_array().empty()) return std::nullopt;
  const auto& first = shown.at("items").as_array().at(0);
  return Wish{&member->browser, "POST", own + "/" + std::string{first.at("id").as_string()} + "/end", ""};
}

Made ask_for_challenge(World& world) {
  auto& member = world.one_of(world.staff);
  world.move_about(member.browser);
  return Wish{&member.browser, "POST", "/api/session/passkey/challenge", ""};
}

Made sign_in_by_passkey(World& world) {
  auto& member = world.one_of(world.staff);
  if (!member.passkey || (member.signed_in() && world.chance(0.5))) return std::nullopt;
  world.move_about(member.browser);
  const auto given = world.send({&member.browser, "POST", "/api/session/passkey/challenge", ""});
  if (given.status != 200) return std::nullopt;
  if (world.chance(0.05)) member.passkey->count /= 2;  // restored from a copy
  return Wish{&member.browser, "POST", "/api/session/passkey",
              member.passkey->sign(given.text("challenge")).json()};
}

}  // namespace

void add_passkey_generators(Generators& all) {
  all.insert({{"begin_passkey", {1, begin_passkey}},
              {"record_passkey", {3, record_passkey}},
              {"end_passkey", {1, end_passkey}},
              {"ask_for_challenge", {1, ask_for_challenge}},
              {"sign_in_by_passkey", {6, sign_in_by_passkey}}});
}

}  // namespace doorstep::testing
