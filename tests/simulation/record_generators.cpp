// People's records: two of one human being, merged and taken apart.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// What an officer who looks sees of somebody: who stands for them, and the version.
std::optional<KnownPerson> seen(World& world, Member& member, const std::string& id) {
  const auto shown =
      world.send({&member.browser, "POST", "/api/people/" + id + "/look", R"({"purpose":"核对"})"});
  if (shown.status != 200) return std::nullopt;
  return KnownPerson{shown.text("id"), shown.number("version")};
}

Made merge_people(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.people.size() < 2) return std::nullopt;
  const auto one = seen(world, *member, world.one_of(world.people).id);
  const auto other = seen(world, *member, world.one_of(world.people).id);
  if (!one || !other) return std::nullopt;
  const std::string reasons[] = {"recorded_twice", "said_anew", "another_name", "moon"};
  return Wish{&member->browser,
              "POST",
              "/api/people/" + one->id + "/merge",
              R"({"into":")" + other->id + R"(","into_version":)" + std::to_string(other->version) +
                  R"(,"reason":")" + reasons[world.any(world.chance(0.05) ? 4 : 3)] + "\"}",
              {{"if-match", '"' + std::to_string(one->version) + '"'}}};
}

Made unmerge_people(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.merged.empty()) return std::nullopt;
  const auto& id = world.one_of(world.merged);
  const auto root = seen(world, *member, id);
  if (!root) return std::nullopt;
  const auto version = root->version - (world.chance(0.05) ? 1 : 0);
  return Wish{&member->browser,
              "POST",
              "/api/people/" + id + "/unmerge",
              "",
              {{"if-match", '"' + std::to_string(version) + '"'}}};
}

}  // namespace

std::map<std::string, Generator> with_record_generators(std::map<std::string, Generator> all) {
  all.insert({
      {"merge_people", {4, merge_people}},
      {"unmerge_people", {3, unmerge_people}},
      {"list_merges", with_person(2, "/merges", purpose)},
  });
  return all;
}

}  // namespace doorstep::testing
