// What happens to communities: another branch, houses that come to them and leave them.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string some_community(World& world) { return "31011410200" + std::to_string(1 + world.any(3)); }

// As long as a community has no branch, it is the whole town's to name one: an administrator's.
Made edit_community(World& world) {
  auto* administrator = world.admin.signed_in() ? &world.admin.browser : nullptr;
  auto* who = world.chance(0.3) ? at_the_committee(world) : administrator;
  if (who == nullptr) return std::nullopt;
  const auto code = some_community(world);
  Browser anyone;
  const auto list = world.send({&anyone, "GET", "/api/communities", ""});
  for (const auto& item : list.at("items").as_array()) {
    if (item.at("code").as_string() != code) continue;
    const auto version = item.at("version").as_int64() - (world.chance(0.05) ? 1 : 0);
    const auto branch = world.chance(0.1) ? "null" : '"' + world.one_of(world.organisations).id + '"';
    return Wish{who,
                "PATCH",
                "/api/communities/" + code,
                R"({"branch":)" + branch + "}",
                {{"if-match", '"' + std::to_string(version) + '"'}}};
  }
  return std::nullopt;
}

std::string some_houses(World& world) {
  const std::string streets[] = {"示例路", "示例新村", "示例路3号"};
  const std::string sides[] = {"all", "odd", "even"};
  const auto from = 1 + world.any(20);
  std::string body = R"({"street":")" + streets[world.any(world.chance(0.05) ? 3 : 2)] + R"(","side":")" +
                     sides[world.any(3)] + R"(","from":)" + std::to_string(from) + R"(,"to":)" +
                     std::to_string(from + world.any(6));
  if (world.chance(0.4)) body += R"(,"lane":)" + std::to_string(1 + world.any(20));
  return body + "}";
}

Made record_addresses(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr) return std::nullopt;
  return Wish{who, "POST", "/api/communities/" + some_community(world) + "/addresses", some_houses(world)};
}

Made replace_addresses(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr || world.houses.empty()) return std::nullopt;
  return Wish{who, "POST", "/api/addresses/" + world.one_of(world.houses) + "/replace", some_houses(world)};
}

Made end_addresses(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr || world.houses.empty()) return std::nullopt;
  return Wish{who, "POST", "/api/addresses/" + world.one_of(world.houses) + "/end", ""};
}

}  // namespace

void add_address_generators(Generators& all) {
  all["edit_community"] = {3, edit_community};
  all["record_addresses"] = {12, record_addresses};
  all["replace_addresses"] = {6, replace_addresses};
  all["end_addresses"] = {6, end_addresses};
}

}  // namespace doorstep::testing
