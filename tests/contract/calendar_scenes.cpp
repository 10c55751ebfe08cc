// Days that the town makes otherwise.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string body = R"({"workday":false,"name":{"zh":"示例","en":"Sample"}})";

How on_a_day_past(const std::string& method, const std::string& what) {
  return [=](Stage& stage) { return stage.send("admin", method, "/api/calendar/days/2026-11-23", what); };
}

}  // namespace

void add_calendar_scenes(std::vector<Scene>& scenes) {
  scenes.push_back({"put_town_day", "day_past", on_a_day_past("PUT", body)});
  scenes.push_back({"remove_town_day", "day_past", on_a_day_past("DELETE", "")});
}

void play_calendar(Stage& stage) {
  const std::string path = "/api/calendar/days/2026-12-24";
  EXPECT_EQ(stage.send("admin", "PUT", path, body).status, 200);
  stage.get("nobody", "/api/calendar/2026");
  stage.get("admin", "/api/alarms");
  EXPECT_EQ(stage.send("admin", "DELETE", path).status, 204);
}

}  // namespace doorstep::testing
