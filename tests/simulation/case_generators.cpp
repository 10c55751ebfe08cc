// What is done with a case: its steps, papers that come later, what is missing told, and how it ends.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::string nothing(World&) { return {}; }

std::string some_paper(World& world) {
  const std::string keys[] = {"form", "card", "bank", "letter", "moon"};
  return keys[world.any(world.chance(0.05) ? 5 : 4)];
}

std::string paper(World& world) { return R"({"material":")" + some_paper(world) + "\"}"; }

// Now and then a paper in words of one's own, and often enough a second time.
std::string missing_papers(World& world) {
  std::string body = R"({"materials":[)";
  if (world.chance(0.9)) body += '"' + some_paper(world) + '"';
  body += R"(],"others":[)" + std::string{world.chance(0.2) ? R"("房东的证明")" : ""} + "]";
  if (world.chance(0.4)) body += R"(,"reason":"后来才知道")";
  return body + "}";
}

std::string promise(World& world) {
  const std::string key = world.chance(0.8) ? "bank" : some_paper(world);
  return R"({"material":")" + key + '"' + (world.chance(0.8) ? R"(,"signed_by":"示例")" : "") + "}";
}

// Of one of the newest cases a paper in that state, or now and then any: an officer who takes in what is
// waited for, or sees that a mark was a mistake.
Made with_paper(World& world, const char* state, std::size_t newest, const char* what) {
  auto* member = world.at_work();
  if (member == nullptr || world.cases.empty()) return std::nullopt;
  auto& known = world.cases[world.cases.size() - 1 - world.any(std::min(world.cases.size(), newest))];
  const auto path = "/api/desk/cases/" + known.id;
  const auto shown = world.send({&member->browser, "GET", path, ""});
  if (shown.status != 200) return std::nullopt;
  std::string body = paper(world);
  for (const auto& material : shown.at("materials").as_array()) {
    if (material.at("state").as_string() == state && world.chance(0.5))
      body = R"({"material":")" + std::string{material.at("key").as_string()} + "\"}";
  }
  return Wish{&member->browser,
              "POST",
              path + what,
              body,
              {{"if-match", '"' + std::to_string(shown.number("version")) + '"'}}};
}

std::string result_way(World& world) {
  const std::string ways[] = {"counter", "post", "station"};
  const auto& way = ways[world.any(3)];
  const bool named = (way == "station") != world.chance(0.05);
  return R"({"way":")" + way + '"' + (named ? R"(,"venue":")" + world.town.venue + '"' : "") + "}";
}

std::string taker(World& world) {
  return R"({"taken_by":")" + std::string{world.chance(0.8) ? "applicant" : "mandate"} +
         R"(","taker":"示例"})";
}

Made choose_own_result_way(World& world) {
  if (world.cases.empty()) return std::nullopt;
  return Wish{&world.one_of(world.residents), "POST",
              "/api/cases/" + world.one_of(world.cases).token + "/result", result_way(world)};
}

Made withdraw_own_case(World& world) {
  if (world.cases.empty()) return std::nullopt;
  return Wish{&world.one_of(world.residents), "POST",
              "/api/cases/" + world.one_of(world.cases).token + "/withdraw", ""};
}

}  // namespace

std::string next_step(World& world) {
  const std::string steps[] = {"review",  "done",    "check",   "check", "papers",
                               "missing", "refused", "decided", "done",  "taken_in"};
  const std::string reasons[] = {R"(,"refusal":{"reason":"不符合","remedy":"请找居委会"})",
                                 R"(,"refusal":{"refusal":"not_here"})", ""};
  const auto& to = steps[world.any(10)];
  const bool says_why = to == "refused" || world.chance(0.02);
  return R"({"to":")" + to + '"' + (says_why ? reasons[world.any(3)] : "") + "}";
}

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

void add_case_generators(Generators& all) {
  all["accept_case"] = with_case(6, "/accept", nothing);
  all["receive_material"] = {8, [](World& world) { return with_paper(world, "missing", 20, "/materials"); }};
  // The same day only, so one of the last few.
  all["take_back_material"] = {
      6, [](World& world) { return with_paper(world, "received", 3, "/materials/take-back"); }};
  all["tell_missing"] = with_case(6, "/notices", missing_papers);
  all["let_follow"] = with_case(6, "/follow", promise);
  all["sign_declaration"] =
      with_case(2, "/declaration", [](World&) { return std::string{R"({"signed_by":"示例"})"}; });
  all["note_case"] = with_case(3, "/notes", [](World&) { return std::string{R"({"note":"下午再来电话"})"}; });
  all["open_child_case"] = with_case(2, "/children", [](World& world) {
    return R"({"matter":")" + std::string{world.chance(0.5) ? "transfer" : "relief"} + "\"}";
  });
  all["choose_result_way"] = with_case(2, "/result", result_way);
  all["choose_own_result_way"] = {2, choose_own_result_way};
  all["hand_out_result"] = with_case(4, "/result/handed-out", taker);
  all["withdraw_case"] = with_case(1, "/withdraw", nothing);
  all["withdraw_own_case"] = {1, withdraw_own_case};
  all["reopen_case"] =
      with_case(3, "/reopen", [](World&) { return std::string{R"({"reason":"补来了证明"})"}; });
}

}  // namespace doorstep::testing
