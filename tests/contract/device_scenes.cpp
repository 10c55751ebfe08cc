// Devices: paired, locked, closed early, unpaired.
#include "contract/scenes.hpp"
#include "testing/devices.hpp"

namespace doorstep::testing {

namespace {

const std::string no_device = "/api/devices/dv_1";
const std::string devices_of_no_venue = "/api/venues/ve_1/devices";
const std::string lock = R"({"reason":"示例"})", early = R"({"text":{"zh":"示例","en":"Sample"}})";

std::string pairing_body(const std::string& code, const std::string& more = "") {
  return R"({"code":")" + code + R"(","kind":"kiosk","name":"示例")" + more + "}";
}

How on_no_device(const std::string& method, const std::string& rest, const std::string& body = "") {
  return [=](Stage& stage) {
    return stage.send("manager", method, no_device + rest, body, method == "GET" ? Sent{} : if_match(1));
  };
}

// Of a device that was just paired, or has ended since.
How on_device(const std::string& method, const std::string& rest, const std::string& body = "",
              bool ended = false) {
  return [=](Stage& stage) {
    const auto device = paired_device(stage.town, stage.as("manager"));
    if (ended) {
      EXPECT_EQ(stage.post("manager", device.path("/end"), "", if_match(1)).status, 200);
    }
    return stage.send("manager", method, device.path(rest), body, if_match(ended ? 2 : 1));
  };
}

Answer mistype_code(Stage& stage) { return pair(stage.town, stage.as("manager"), "AAAAAA"); }

}  // namespace

void add_device_scenes(std::vector<Scene>& scenes) {
  const std::string none = R"({"hours":[]})";
  const std::string backwards = R"({"hours":[{"days":[1],"opens":"22:00","closes":"06:00"}]})";
  const std::string overlap =
      R"({"hours":[{"days":[1],"opens":"08:00","closes":"12:00"},{"days":[1],"opens":"11:00","closes":"13:00"}]})";
  const std::vector<Scene> more{
      {"collect_pairing", "no_such_pairing",
       [](Stage& stage) { return stage.post("nobody", "/api/device/session", R"({"secret":"x"})"); }},
      {"collect_pairing", "pairing_waits",
       [](Stage& stage) {
         auto device = show_code(stage.town);
         return collect(stage.town, device);
       }},
      {"list_devices", "no_such_venue",
       [](Stage& stage) { return stage.get("manager", devices_of_no_venue); }},
      {"pair_device", "no_such_venue",
       [](Stage& stage) { return stage.post("manager", devices_of_no_venue, pairing_body("AAAAAA")); }},
      {"pair_device", "venue_ended",
       [](Stage& stage) {
         const auto venue =
             "/api/venues/" +
             stage
                 .post("admin", "/api/venues",
                       R"({"kind":"station","name":{"zh":"站","en":"S"},"address":{"zh":"路","en":"R"}})")
                 .text("id");
         EXPECT_EQ(stage.post("admin", venue + "/end", "", if_match(1)).status, 200);
         return stage.post("admin", venue + "/devices", pairing_body("AAAAAA"));
       }},
      {"pair_device", "no_such_hall",
       [](Stage& stage) {
         return stage.post("manager", "/api/venues/" + stage.town.venue + "/devices",
                           pairing_body("AAAAAA", R"(,"hall":"hl_1")"));
       }},
      {"pair_device", "wrong_pairing_code", mistype_code},
      {"pair_device", "too_many_attempts",
       [](Stage& stage) {
         for (int i = 0; i < 5; ++i) mistype_code(stage);
         return mistype_code(stage);
       }},
      {"edit_device", "no_such_hall", on_device("PATCH", "", R"({"hall":"hl_1"})")},
      {"put_device_hours", "hours_backwards", on_device("PUT", "/hours", backwards)},
      {"put_device_hours", "hours_overlap", on_device("PUT", "/hours", overlap)},
      {"lock_device", "device_locked",
       [](Stage& stage) {
         const auto device = paired_device(stage.town, stage.as("manager"));
         stage.post("manager", device.path("/lock"), lock, if_match(1));
         return stage.post("manager", device.path("/lock"), lock, if_match(2));
       }},
      {"unlock_device", "device_not_locked", on_device("POST", "/unlock")},
      {"close_early", "period_empty",
       on_device("POST", "/close-early",
                 R"({"text":{"zh":"示例","en":"Sample"},"until":"2026-01-01T00:00:00Z"})")},
      {"reopen_device", "device_not_closed", on_device("POST", "/reopen")},
      {"list_device_history", "no_such_device", on_no_device("GET", "/history")},
      {"listen", "no_such_device",
       [](Stage& stage) { return stage.get("manager", "/api/events?topics=device:dv_1"); }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
  // What all that change a device refuse alike.
  const std::vector<std::tuple<std::string, std::string, std::string, std::string>> changes{
      {"edit_device", "PATCH", "", "{}"},
      {"put_device_hours", "PUT", "/hours", none},
      {"lock_device", "POST", "/lock", lock},
      {"unlock_device", "POST", "/unlock", ""},
      {"close_early", "POST", "/close-early", early},
      {"reopen_device", "POST", "/reopen", ""},
      {"end_device", "POST", "/end", ""}};
  for (const auto& [route, method, rest, body] : changes) {
    scenes.push_back({route, "no_such_device", on_no_device(method, rest, body)});
    scenes.push_back({route, "device_ended", on_device(method, rest, body, true)});
  }
}

}  // namespace doorstep::testing
