// What is late: what is refused of it, and what it costs.
#include "cases/matter.hpp"
#include "contract/costs.hpp"
#include "contract/scenes.hpp"
#include "testing/permit.hpp"

namespace doorstep::testing {

namespace {

const std::string said = R"({"note":"示例"})";

Answer acknowledge(Stage& stage, const std::string& who, const std::string& alarm) {
  return stage.post(who, "/api/desk/alarms/" + alarm + "/acknowledge", said);
}

}  // namespace

void add_deadline_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"acknowledge_alarm", "no_such_alarm",
       [](Stage& stage) { return acknowledge(stage, "officer1", "al_1"); }},
      {"acknowledge_alarm", "not_your_case",
       [](Stage& stage) { return acknowledge(stage, "officer2", stage.alarm()); }},
      {"acknowledge_alarm", "alarm_over",
       [](Stage& stage) {
         const auto alarm = stage.alarm();
         EXPECT_EQ(acknowledge(stage, "manager", alarm).status, 204);
         return acknowledge(stage, "officer1", alarm);
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

// A step is late when the case begins to wait for the resident; and another case is late above the venue.
void play_deadlines(Stage& stage) {
  stage.town.write([](Transaction& tx, Instant at) { put_matter(tx, permit(), at); });
  stage.serve("officer1", 1);
  const auto opened =
      stage.post("officer1", stage.window(1, "/cases"), R"({"matter":"permit","materials_received":[]})");
  EXPECT_EQ(opened.status, 201) << opened.problem();
  stage.post("officer1", stage.window(1, "/finish"));
  const auto go = [&](const std::string& to) {
    const auto version = stage.get("officer1", Stage::case_path(opened)).number("version");
    const auto answer = stage.post("officer1", Stage::case_path(opened, "/advance"),
                                   R"({"to":")" + to + "\"}", if_match(version));
    EXPECT_EQ(answer.status, 200) << answer.problem();
  };
  go("check");
  stage.town.write([&](Transaction& tx, Instant at) {
    tx.run("update case_deadlines set due = '2026-11-20', next_on = '2026-11-21' where kind = 'step'");
    tx.set_timer("case_deadlines", opened.text("id"), at);
  });
  stage.town.fire_timers();
  go("missing");

  const auto alarm = stage.alarm();
  EXPECT_EQ(stage.get("officer1", "/api/desk/deadlines?venue=" + stage.town.venue).status, 200);
  stage.town.write([](Transaction& tx, Instant) { tx.run("update case_alarms set level = 2"); });
  for (const std::string kind : {"deadlines", "alarms"})
    EXPECT_EQ(stage.get("director", "/api/desk/" + kind + ".xlsx?venue=" + stage.town.venue).status, 200);
  EXPECT_EQ(stage.get("director", "/api/desk/alarms").at("items").as_array().size(), 1U);
  EXPECT_EQ(stage.get("director", "/api/desk/alarms.xlsx").status, 200);
  EXPECT_EQ(acknowledge(stage, "director", alarm).status, 204);
}

}  // namespace doorstep::testing
