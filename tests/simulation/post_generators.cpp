// Posts, who is on them, who is away, and handing over.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

std::map<std::string, std::string> seen(World& world, std::int64_t version) {
  return {{"if-match", '"' + std::to_string(version - (world.chance(0.05) ? 1 : 0)) + '"'}};
}

Day today(World& world) { return Zone{"Asia/Shanghai"}.day_of(world.town.instant()); }

// A day from today on, some weeks ahead at most; now and then one that has passed.
Day some_day(World& world) {
  return today(world) + (world.chance(0.03) ? -1 : static_cast<int>(world.any(20)));
}
std::string quoted(Day day) { return '"' + to_string(day) + '"'; }

Made record_post(World& world) {
  if (!world.manager().signed_in() || world.posts.size() >= 6) return std::nullopt;
  return Wish{&world.manager().browser, "POST", "/api/venues/" + world.town.venue + "/posts",
              R"({"name":{"zh":"综合窗口","en":"General window"}})"};
}

Generator with_post(int weight, const std::string& method, const std::string& what,
                    const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            if (!world.manager().signed_in() || world.posts.empty()) return std::nullopt;
            const auto& known = world.one_of(world.posts);
            return Wish{&world.manager().browser, method, "/api/posts/" + known.id + what, body(world),
                        seen(world, known.version)};
          }};
}

std::string appointment(World& world) {
  std::string body = R"({"role":")" + std::string{world.chance(0.5) ? "a" : "b"} + R"(","staff":)" +
                     (world.chance(0.05) ? "null" : some_staff(world));
  if (world.chance(0.3)) body += R"(,"from":)" + quoted(some_day(world));
  return body + "}";
}

std::string roster_entry(World& world) {
  return R"({"day":)" + quoted(some_day(world)) + R"(,"staff":)" +
         (world.chance(0.2) ? "null" : some_staff(world)) + "}";
}

// Most plan; some fall ill.
Made record_absence(World& world) {
  auto* member = world.at_work();
  if (member == nullptr) return std::nullopt;
  const bool planned = world.chance(0.7);
  const auto from = planned || world.chance(0.1) ? some_day(world) : today(world);
  std::string body = R"({"kind":")" + std::string{planned ? "planned" : "sudden"} + R"(","from":)" +
                     quoted(from) + R"(,"until":)" + quoted(from + static_cast<int>(world.any(4)));
  if (world.chance(0.3)) body += R"(,"third":)" + some_staff(world);
  return Wish{&member->browser, "POST", "/api/absences", body + "}"};
}

Made end_absence(World& world) {
  if (world.absences.empty()) return std::nullopt;
  const auto newest = std::min<std::size_t>(world.absences.size(), 10);
  const auto& known = world.absences[world.absences.size() - 1 - world.any(newest)];
  if (known.who->session.empty()) return std::nullopt;
  return Wish{known.who, "POST", "/api/absences/" + known.id + "/end", "{}", seen(world, known.version)};
}

Made write_handover(World& world) {
  auto* member = world.at_work();
  if (member == nullptr || world.posts.empty()) return std::nullopt;
  return Wish{&member->browser, "POST", "/api/posts/" + world.one_of(world.posts).id + "/handovers",
              R"({"to":)" + some_staff(world) + R"(,"note":"等回执"})"};
}

// By the one who gave it, or by the one it is for.
Generator with_slip(int weight, const std::string& what, bool by_taker, const std::string& body = "") {
  return {weight, [=](World& world) -> Made {
            if (world.slips.empty()) return std::nullopt;
            const auto newest = std::min<std::size_t>(world.slips.size(), 5);
            const auto& known = world.slips[world.slips.size() - 1 - world.any(newest)];
            auto* who = by_taker ? known.taker : known.giver;
            if (who->session.empty()) return std::nullopt;
            return Wish{who, "POST", "/api/handovers/" + known.id + what, body, seen(world, known.version)};
          }};
}

}  // namespace

std::string some_staff(World& world) { return '"' + world.staff_id(world.one_of(world.staff)) + '"'; }

void add_post_generators(Generators& all) {
  all.insert(
      {{"record_post", {3, record_post}},
       {"edit_post",
        with_post(1, "PATCH", "", [](World&) { return R"({"name":{"zh":"导办台","en":"Guide desk"}})"; })},
       {"end_post", with_post(2, "POST", "/end", [](World&) { return ""; })},
       {"appoint_to_post", with_post(8, "POST", "/holders", appointment)},
       {"put_roster", with_post(6, "POST", "/roster", roster_entry)},
       {"record_absence", {8, record_absence}},
       {"end_absence", {3, end_absence}},
       {"write_handover", {4, write_handover}},
       {"look_at_handover", with_slip(2, "/text", true)},
       {"take_handover", with_slip(5, "/take", true)},
       {"report_handover", with_slip(5, "/report", true, R"({"report":"办结"})")},
       {"close_handover", with_slip(5, "/close", false)},
       {"withdraw_handover", with_slip(1, "/withdraw", false)}});
}

}  // namespace doorstep::testing
