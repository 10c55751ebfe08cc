#include "contract/costs.hpp"
#include "testing/devices.hpp"

namespace doorstep::testing {

namespace {

// As many spans as a week may have.
std::string longest_week() {
  std::string hours;
  for (int hour = 1; hour <= 12; ++hour) {
    const auto from = (hour < 10 ? "0" : "") + std::to_string(hour);
    hours += (hours.empty() ? "" : ",") +
             (R"({"days":[1,2,3,4,5,6,7],"opens":")" + from + R"(:00","closes":")" + from + R"(:30"})");
  }
  return R"({"hours":[)" + hours + "]}";
}

}  // namespace

void play_devices(Stage& stage) {
  auto& manager = stage.as("manager");
  const auto send = [&](const std::string& method, const std::string& path, const std::string& body = "",
                        std::int64_t version = 0) {
    const auto answer = stage.send("manager", method, path, body, version == 0 ? Sent{} : if_match(version));
    EXPECT_LT(answer.status, 300) << method << ' ' << path << ' ' << answer.problem();
  };
  // A code was mistyped before.
  EXPECT_EQ(pair(stage.town, manager, "AAAAAA").problem(), "wrong_pairing_code");
  auto device = paired_device(stage.town, manager, R"(,"hall":")" + stage.town.hall + '"');
  EXPECT_EQ(stage.town.call(device.browser, "POST", "/api/device/seen").status, 204);
  EXPECT_EQ(stage.town.call(device.browser, "GET", "/api/device").status, 200);
  send("PATCH", device.path(), R"({"hall":")" + stage.town.hall + "\"}", 1);
  send("PUT", device.path("/hours"), longest_week(), 2);
  send("POST", device.path("/lock"), R"({"reason":"r"})", 3);
  send("POST", device.path("/unlock"), "", 4);
  send("POST", device.path("/close-early"), R"({"text":{"zh":"满","en":"Full"}})", 5);
  send("POST", device.path("/reopen"), "", 6);
  send("GET", "/api/venues/" + stage.town.venue + "/devices");
  send("GET", device.path("/history"));
  send("POST", device.path("/end"), "", 7);
}

}  // namespace doorstep::testing
