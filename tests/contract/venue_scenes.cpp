// Venues: what they serve as, their hours, their rooms.
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string no_venue = "/api/venues/ve_1";

// A venue of its own; its path.
std::string own_venue(Stage& stage) {
  const auto made = stage.post(
      "admin", "/api/venues",
      R"({"kind":"station","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"}})");
  EXPECT_EQ(made.status, 201) << made.problem();
  return "/api/venues/" + made.text("id");
}

void end(Stage& stage, const std::string& path, std::int64_t version = 1) {
  const auto answer = stage.post("admin", path + "/end", "", if_match(version));
  EXPECT_EQ(answer.status, 200) << answer.problem();
}

std::string ended_organisation(Stage& stage) {
  const auto made =
      stage.post("admin", "/api/organisations", R"({"kind":"firm","name":{"zh":"示例","en":"Sample"}})");
  end(stage, "/api/organisations/" + made.text("id"));
  return made.text("id");
}

bool is_versioned(const std::string& method, const std::string& rest) {
  return method == "PATCH" || rest == "/names" || rest == "/end" || rest == "/hours";
}

How at_no_venue(const std::string& method, const std::string& rest, const std::string& body = "") {
  return [=](Stage& stage) {
    return stage.send("admin", method, no_venue + rest, body,
                      is_versioned(method, rest) ? if_match(1) : Sent{});
  };
}

// At a venue of its own, which has ended or not.
How at_venue(const std::string& method, const std::string& rest, const std::string& body,
             bool ended = false) {
  return [=](Stage& stage) {
    const auto path = own_venue(stage);
    if (ended) end(stage, path);
    return stage.send("admin", method, path + rest, body,
                      is_versioned(method, rest) ? if_match(ended ? 2 : 1) : Sent{});
  };
}

How on_room(const std::string& method, const std::string& rest, bool venue_ended, bool room_ended) {
  return [=](Stage& stage) {
    const auto venue = own_venue(stage);
    const auto room = stage.post("admin", venue + "/rooms", R"({"name":{"zh":"示例室","en":"Room"}})");
    const auto path = "/api/rooms/" + room.text("id");
    if (room_ended) end(stage, path);
    if (venue_ended) end(stage, venue);
    return stage.send("admin", method, path + rest, method == "PATCH" ? "{}" : "",
                      if_match(room_ended ? 2 : 1));
  };
}

How on_no_room(const std::string& method, const std::string& rest) {
  return [=](Stage& stage) {
    return stage.send("admin", method, "/api/rooms/rm_1" + rest, method == "PATCH" ? "{}" : "", if_match(1));
  };
}

How recording(const std::string& more) {
  return [=](Stage& stage) {
    auto body = R"({"kind":"station","name":{"zh":"示例","en":"Sample"},"address":{"zh":"路","en":"Road"},)" +
                more + "}";
    if (const auto at = body.find("{ended}"); at != std::string::npos)
      body.replace(at, 7, ended_organisation(stage));
    return stage.post("admin", "/api/venues", body);
  };
}

}  // namespace

void add_venue_scenes(std::vector<Scene>& scenes) {
  const std::string warm = R"({"function":"warm_station"})";
  const std::string name = R"({"name":{"zh":"新名","en":"New"}})";
  const std::string to_come = R"({"name":{"zh":"新名","en":"New"},"from":"2030-01-01"})";
  const std::string room = R"({"name":{"zh":"示例室","en":"Room"}})";
  const std::string hours = R"({"hours":[]})";
  const std::string backwards = R"({"hours":[{"days":[1],"opens":"22:00","closes":"06:00"}]})";
  const std::string overlap =
      R"({"hours":[{"days":[1],"opens":"08:00","closes":"12:00"},{"days":[1],"opens":"11:00","closes":"13:00"}]})";
  const std::string day = "/exceptions/2026-12-24", past = "/exceptions/2026-11-23";
  const auto exception = [](const std::string& more) {
    return R"({"closed":)" + more + R"(,"note":{"zh":"示例","en":"Sample"}})";
  };
  const std::vector<Scene> more{
      {"read_venue", "no_such_venue", at_no_venue("GET", "")},
      {"record_venue", "no_such_organisation", recording(R"("organisation":"or_1")")},
      {"record_venue", "organisation_ended", recording(R"("organisation":"{ended}")")},
      {"record_venue", "no_such_community", recording(R"("community":"1")")},
      {"record_venue", "day_to_come", recording(R"("named_since":"2030-01-01")")},
      {"edit_venue", "no_such_venue", at_no_venue("PATCH", "", "{}")},
      {"edit_venue", "no_such_organisation", at_venue("PATCH", "", R"({"organisation":"or_1"})")},
      {"edit_venue", "organisation_ended",
       [](Stage& stage) {
         const auto organisation = ended_organisation(stage);
         return stage.send("admin", "PATCH", own_venue(stage), R"({"organisation":")" + organisation + "\"}",
                           if_match(1));
       }},
      {"edit_venue", "no_such_community", at_venue("PATCH", "", R"({"community":"1"})")},
      {"edit_venue", "venue_ended", at_venue("PATCH", "", "{}", true)},
      {"rename_venue", "no_such_venue", at_no_venue("POST", "/names", name)},
      {"rename_venue", "venue_ended", at_venue("POST", "/names", name, true)},
      {"rename_venue", "day_to_come", at_venue("POST", "/names", to_come)},
      {"end_venue", "no_such_venue", at_no_venue("POST", "/end")},
      {"end_venue", "venue_ended", at_venue("POST", "/end", "", true)},
      {"end_venue", "venue_in_use",
       [](Stage& stage) {
         return stage.post("admin", "/api/venues/" + stage.town.venue + "/end", "", if_match(1));
       }},
      {"begin_function", "no_such_venue", at_no_venue("POST", "/functions", warm)},
      {"begin_function", "venue_ended", at_venue("POST", "/functions", warm, true)},
      {"begin_function", "function_held_already",
       [=](Stage& stage) {
         const auto path = own_venue(stage) + "/functions";
         stage.post("admin", path, warm);
         return stage.post("admin", path, warm);
       }},
      {"end_function", "no_such_venue", at_no_venue("POST", "/functions/end", warm)},
      {"end_function", "venue_ended", at_venue("POST", "/functions/end", warm, true)},
      {"end_function", "no_such_function", at_venue("POST", "/functions/end", warm)},
      {"put_hours", "no_such_venue", at_no_venue("PUT", "/hours", hours)},
      {"put_hours", "venue_ended", at_venue("PUT", "/hours", hours, true)},
      {"put_hours", "hours_backwards", at_venue("PUT", "/hours", backwards)},
      {"put_hours", "hours_overlap", at_venue("PUT", "/hours", overlap)},
      {"put_exception", "no_such_venue", at_no_venue("PUT", day, exception("true"))},
      {"put_exception", "venue_ended", at_venue("PUT", day, exception("true"), true)},
      {"put_exception", "day_past", at_venue("PUT", past, exception("true"))},
      {"put_exception", "hours_while_closed",
       at_venue("PUT", day, exception(R"(true,"openings":[{"opens":"08:00","closes":"09:00"}])"))},
      {"put_exception", "hours_backwards",
       at_venue("PUT", day, exception(R"(false,"openings":[{"opens":"09:00","closes":"09:00"}])"))},
      {"put_exception", "hours_overlap",
       at_venue(
           "PUT", day,
           exception(
               R"(false,"openings":[{"opens":"09:00","closes":"11:00"},{"opens":"10:00","closes":"12:00"}])"))},
      {"remove_exception", "no_such_venue", at_no_venue("DELETE", day)},
      {"remove_exception", "venue_ended", at_venue("DELETE", day, "", true)},
      {"record_room", "no_such_venue", at_no_venue("POST", "/rooms", room)},
      {"record_room", "venue_ended", at_venue("POST", "/rooms", room, true)},
      {"edit_room", "no_such_room", on_no_room("PATCH", "")},
      {"edit_room", "venue_ended", on_room("PATCH", "", true, false)},
      {"edit_room", "room_ended", on_room("PATCH", "", false, true)},
      {"end_room", "no_such_room", on_no_room("POST", "/end")},
      {"end_room", "venue_ended", on_room("POST", "/end", true, false)},
      {"end_room", "room_ended", on_room("POST", "/end", false, true)},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
