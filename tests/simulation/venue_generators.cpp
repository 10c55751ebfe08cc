// What happens to the venues of the network: they are recorded, renamed, given other hours and other
// functions, and ended.
#include "simulation/generators.hpp"

namespace doorstep::testing {

namespace {

// Some day of the months around.
std::string some_day(World& world) {
  const auto month = 11 + world.any(3);
  return (month > 12 ? "2027-0" + std::to_string(month - 12) : "2026-" + std::to_string(month)) + "-" +
         std::to_string(10 + world.any(19));
}

std::string some_place(World& world) {
  return R"({"latitude":31.)" + std::to_string(25 + world.any(8)) + R"(,"longitude":121.)" +
         std::to_string(25 + world.any(8)) + "}";
}

std::string function(World& world) {
  const std::string functions[] = {"warm_station", "tower", "living_room", "grid_point"};
  std::string body = R"({"function":")" + functions[world.any(4)] + '"';
  return body;
}

Made record_venue(World& world) {
  auto* who = at_the_committee(world);
  if (who == nullptr || world.venues.size() > 40) return std::nullopt;
  return Wish{
      who, "POST", "/api/venues",
      R"({"kind":"station","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"},)"
      R"("organisation":")" +
          world.one_of(world.organisations).id + R"(","place":)" + some_place(world) + "}"};
}

// Somebody at the committee, or now and then one who may not, changes a venue that they looked at.
Generator with_venue(int weight, const std::string& method, const std::string& what,
                     const std::function<std::string(World&)>& body, bool versioned = false) {
  return {weight, [=](World& world) -> Made {
            auto* who = at_the_committee(world);
            if (who == nullptr || world.venues.empty()) return std::nullopt;
            const auto path = "/api/venues/" + world.one_of(world.venues);
            Wish wish{who, method, path + what, body(world)};
            if (versioned) {
              Browser anyone;
              const auto shown = world.send({&anyone, "GET", path, ""});
              if (shown.status != 200) return std::nullopt;
              const auto version = shown.number("listing.venue.version") - (world.chance(0.05) ? 1 : 0);
              wish.headers["if-match"] = '"' + std::to_string(version) + '"';
            }
            return wish;
          }};
}

Generator with_day(int weight, const std::string& method, const std::function<std::string(World&)>& body) {
  return {weight, [=](World& world) -> Made {
            return with_venue(1, method, "/exceptions/" + some_day(world), body).wish(world);
          }};
}

Generator with_room(int weight, const std::string& method, const std::string& what, const std::string& body) {
  return {weight, [=](World& world) -> Made {
            auto* who = at_the_committee(world);
            if (who == nullptr || world.rooms.empty()) return std::nullopt;
            const auto& room = world.one_of(world.rooms);
            const auto version = room.version - (world.chance(0.05) ? 1 : 0);
            return Wish{who,
                        method,
                        "/api/rooms/" + room.id + what,
                        body,
                        {{"if-match", '"' + std::to_string(version) + '"'}}};
          }};
}

std::string venue_change(World& world) {
  if (world.chance(0.3)) return R"({"name":{"zh":"示例驿站","en":"Warm"},"step_free":"yes"})";
  if (world.chance(0.3)) return R"({"organisation":")" + world.one_of(world.organisations).id + "\"}";
  return R"({"place":)" + some_place(world) + "}";
}

std::string new_name(World& world) {
  const std::string from = world.chance(0.5) ? R"(,"from":")" + some_day(world) + '"' : "";
  return R"({"name":{"zh":"示例 )" + std::to_string(world.any(5)) + R"(","en":"Sample"})" + from + "}";
}

std::string begin(World& world) {
  return function(world) + (world.chance(0.5) ? R"(,"since":")" + some_day(world) + "\"}" : "}");
}

std::string end(World& world) {
  return function(world) + (world.chance(0.5) ? R"(,"until":")" + some_day(world) + "\"}" : "}");
}

std::string hours(World& world) {
  const std::string weeks[] = {
      R"({"days":[1,2,3,4,5],"opens":"08:30","closes":"17:00"})",
      R"({"days":[1,2,3,4,5,6,7],"opens":"00:00","closes":"24:00"})",
      R"({"days":[1,3],"opens":"08:30","closes":"11:30"},{"days":[1],"opens":"13:00","closes":"17:00"})",
      R"({"days":[1,1],"opens":"08:30","closes":"17:00"})"};
  return R"({"hours":[)" + weeks[world.any(4)] + "]}";
}

std::string exception(World& world) {
  const std::string days[] = {R"("closed":true)", R"("closed":false)",
                              R"("closed":false,"openings":[{"opens":"10:00","closes":"15:00"}])"};
  return "{" + days[world.any(3)] + R"(,"note":{"zh":"示例","en":"Sample"}})";
}

std::string room(World&) { return R"({"name":{"zh":"示例室","en":"Room"},"seats":20})"; }

std::string nothing(World&) { return {}; }

}  // namespace

void add_venue_generators(Generators& all) {
  all["record_venue"] = {3, record_venue};
  all["edit_venue"] = with_venue(3, "PATCH", "", venue_change, true);
  all["rename_venue"] = with_venue(3, "POST", "/names", new_name, true);
  all["end_venue"] = with_venue(2, "POST", "/end", nothing, true);
  all["begin_function"] = with_venue(5, "POST", "/functions", begin);
  all["end_function"] = with_venue(4, "POST", "/functions/end", end);
  all["put_hours"] = with_venue(3, "PUT", "/hours", hours, true);
  all["put_exception"] = with_day(3, "PUT", exception);
  all["remove_exception"] = with_day(2, "DELETE", nothing);
  all["record_room"] = with_venue(3, "POST", "/rooms", room);
  all["edit_room"] = with_room(3, "PATCH", "", R"({"seats":30})");
  all["end_room"] = with_room(2, "POST", "/end", "");
}

}  // namespace doorstep::testing
