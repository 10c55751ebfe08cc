// Residents see where they are signed in, and sign out there.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// Nobody, when none of some is signed in.
Browser* signed_in_resident(World& world) {
  for (int tries = 0; tries < 8; ++tries) {
    auto& resident = world.one_of(world.residents);
    if (!resident.resident.empty()) return &resident;
  }
  return nullptr;
}

Made end_resident_session(World& world) {
  auto* who = signed_in_resident(world);
  if (who == nullptr) return std::nullopt;
  const auto shown = world.send({who, "GET", "/api/my/session/all?limit=100", ""});
  if (shown.status != 200) return std::nullopt;
  const auto sessions = shown.at("items").as_array();
  if (sessions.empty()) return std::nullopt;
  const auto& one = sessions.at(world.any(sessions.size()));
  return Wish{who, "POST", "/api/my/session/all/" + std::string{one.at("id").as_string()} + "/end", ""};
}

Made end_other_resident_sessions(World& world) {
  auto* who = signed_in_resident(world);
  if (who == nullptr) return std::nullopt;
  return Wish{who, "POST", "/api/my/session/others/end", ""};
}

}  // namespace

void add_resident_session_generators(Generators& all) {
  all.insert({{"end_resident_session", {2, end_resident_session}},
              {"end_other_resident_sessions", {1, end_other_resident_sessions}}});
}

}  // namespace doorstep::testing
