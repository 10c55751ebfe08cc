// People's records: two of one human being, merged and taken apart; and who may act for whom.
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

// Some days from now; now and then it is over already.
std::string until(World& world) {
  const auto days = world.chance(0.05) ? -1 : 1 + static_cast<int>(world.any(20));
  return R"("until":")" + to_string(world.town.instant() + std::chrono::days{days}) + '"';
}

Made give_mandate(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.people.size() < 2) return std::nullopt;
  std::string how = R"("consent":"in_person",)";
  if (world.chance(0.3)) {
    auto& resident = world.one_of(world.residents);
    have_code_sent(world, resident);
    how = R"("consent":"code","code":")" + world.codes[world.phone_of(resident)] + "\",";
  }
  const auto& person = world.one_of(world.people).id;
  return Wish{&member->browser, "POST", "/api/people/" + person + "/mandates",
              R"({"agent":")" + world.one_of(world.people).id + "\"," + how + until(world) + "}"};
}

Made end_mandate(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.mandates.empty()) return std::nullopt;
  const auto& known = world.one_of(world.mandates);
  return Wish{&member->browser, "POST", "/api/people/" + known.person + "/mandates/" + known.id + "/end", ""};
}

// Somebody with an identity number comes to the window and has their phone linked: an offer can reach them.
void link_somebody(World& world, std::string& phone, std::string& last_four) {
  auto* member = world.at_work();
  if (member == nullptr) return;
  const std::string numbers[] = {"000000194803070028", "000000195206150032", "000000198811200046"};
  const auto& number = numbers[world.any(3)];
  const auto found = world.send({&member->browser, "POST", "/api/people/find",
                                 R"({"identity_number":")" + number + R"(","purpose":"查"})"});
  if (found.status != 200 || found.at("items").as_array().empty()) return;
  const std::string person{found.at("items").as_array()[0].at("id").as_string()};
  auto& resident = world.one_of(world.residents);
  have_code_sent(world, resident);
  const auto linked =
      world.send({&member->browser, "POST", "/api/people/" + person + "/phones", code_body(world, resident)});
  if (linked.status != 204) return;
  world.own[&resident].insert(person);
  world.reachable.push_back({&resident, person});
  phone = world.phone_of(resident);
  last_four = number.substr(number.size() - 4);
}

// One of those whom a resident's phone was linked to, who is signed in.
std::optional<Reachable> somebody_here(World& world) {
  for (int tries = 0; tries < 8; ++tries) {
    auto& resident = world.one_of(world.residents);
    const auto& own = world.own[&resident];
    if (resident.resident.empty() || own.empty()) continue;
    return Reachable{&resident, *std::next(own.begin(), static_cast<std::ptrdiff_t>(world.any(own.size())))};
  }
  return std::nullopt;
}

Made offer_mandate(World& world) {
  const auto giver = somebody_here(world);
  if (!giver) return std::nullopt;
  if (world.chance(0.8)) come_in_anew(world, *giver->resident);
  auto phone = world.phone_of(world.one_of(world.residents));
  std::string last_four = "0028";
  if (world.chance(0.7)) link_somebody(world, phone, last_four);
  return Wish{giver->resident, "POST", "/api/my/people/" + giver->person + "/mandates",
              R"({"phone":")" + phone + R"(","last_four":")" + last_four + "\"," + until(world) + "}"};
}

// The newest of theirs that has not ended; of offers only those that were made to them.
std::string own_mandate(World& world, const Reachable& who, bool offered) {
  if (who.resident->resident.empty()) come_in_anew(world, *who.resident);
  const auto list = world.send({who.resident, "GET", "/api/my/people/" + who.person + "/mandates", ""});
  if (list.status != 200) return {};
  for (const auto& item : list.at("items").as_array()) {
    const std::string_view state = item.at("state").as_string();
    const bool fits =
        offered ? state == "offered" && item.at("side").as_string() == "agent" : state != "ended";
    if (fits) return std::string{item.at("id").as_string()};
  }
  return {};
}

Made of_own_mandate(World& world, const std::optional<Reachable>& who, bool offered,
                    const std::string& what) {
  if (!who) return std::nullopt;
  const auto id = own_mandate(world, *who, offered);
  if (id.empty()) return std::nullopt;
  return Wish{who->resident, "POST", "/api/my/people/" + who->person + "/mandates/" + id + what, ""};
}

Made accept_mandate(World& world) {
  if (world.reachable.empty()) return std::nullopt;
  return of_own_mandate(world, world.one_of(world.reachable), true, "/accept");
}

Made end_own_mandate(World& world) { return of_own_mandate(world, somebody_here(world), false, "/end"); }

// An auditor's work, done by the administrator; now and then by somebody who may not.
Made read_audit_at(World& world, const std::string& path) {
  auto* reader = world.chance(0.9) ? &world.admin : world.at_work();
  if (reader == nullptr || !reader->signed_in()) return std::nullopt;
  std::string filter;
  if (world.chance(0.3) && !world.people.empty())
    filter = R"("person":")" + world.one_of(world.people).id + "\",";
  else if (world.chance(0.3))
    filter = R"("refused":true,)";
  return Wish{&reader->browser, "POST", path, "{" + filter + R"("purpose":"查"})"};
}

Made read_audit(World& world) { return read_audit_at(world, "/api/audit/read"); }
Made read_audit_sheet(World& world) { return read_audit_at(world, "/api/audit/read.xlsx"); }

}  // namespace

void add_record_generators(Generators& all) {
  all.insert({
      {"read_audit", {2, read_audit}},
      {"read_audit_sheet", {1, read_audit_sheet}},
      {"merge_people", {4, merge_people}},
      {"unmerge_people", {3, unmerge_people}},
      {"list_merges", with_person(2, "/merges", purpose)},
      {"give_mandate", {5, give_mandate}},
      {"end_mandate", {2, end_mandate}},
      {"look_at_mandates", with_person(2, "/mandates/look", purpose)},
      {"offer_mandate", {5, offer_mandate}},
      {"accept_mandate", {5, accept_mandate}},
      {"end_own_mandate", {2, end_own_mandate}},
  });
}

}  // namespace doorstep::testing
