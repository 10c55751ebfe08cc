// Devices of a small town: what a display or a kiosk does until it is paired.
#pragma once

#include <string>

#include "testing/small_town.hpp"

namespace doorstep::testing {

struct Showing {
  Browser browser;
  std::string code, secret;
};

// A device that nobody knows yet shows a code.
inline Showing show_code(SmallTown& town) {
  Showing device{.browser = town.somewhere(), .code = {}, .secret = {}};
  const auto started = town.call(device.browser, "POST", "/api/device/pairing");
  EXPECT_EQ(started.status, 201) << started.problem();
  device.code = started.text("code");
  device.secret = started.text("secret");
  return device;
}

// It asks for its session, which it has from then on if somebody has typed its code.
inline Answer collect(SmallTown& town, Showing& device) {
  auto answer =
      town.call(device.browser, "POST", "/api/device/session", R"({"secret":")" + device.secret + "\"}");
  if (answer.status == 200) device.browser.csrf = answer.text("csrf");
  return answer;
}

inline Answer pair(SmallTown& town, Browser& by, const std::string& code, const std::string& more = "") {
  return town.call(by, "POST", "/api/venues/" + town.venue + "/devices",
                   R"({"code":")" + code + R"(","kind":"display","name":"北墙的屏")" + more + "}");
}

struct Paired {
  Browser browser;
  std::string id;

  std::string path(const std::string& rest = "") const { return "/api/devices/" + id + rest; }
};

inline Paired paired_device(SmallTown& town, Browser& by, const std::string& more = "") {
  auto device = show_code(town);
  const auto made = pair(town, by, device.code, more);
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(collect(town, device).status, 200);
  return {.browser = device.browser, .id = made.text("id")};
}

}  // namespace doorstep::testing
