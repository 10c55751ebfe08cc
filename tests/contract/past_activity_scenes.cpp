// What was held: no such organisation, venue or day; and what every route asks at most.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string no_activity = "/api/past-activities/pa_1";

std::string activity(const std::string& organisation, const std::string& more = "") {
  return R"({"title":"示例","day":"2026-11-01","kind":"club","organisation":")" + organisation + '"' + more +
         "}";
}

How recording(const std::string& more) {
  return [=](Stage& stage) {
    return stage.post("admin", "/api/past-activities", activity(stage.town.organisation, more));
  };
}

How editing(const std::string& change) {
  return [=](Stage& stage) {
    return stage.send("admin", "PATCH", "/api/past-activities/" + stage.past_activity(), change, if_match(1));
  };
}

std::string ended(Stage& stage) {
  const auto path = "/api/past-activities/" + stage.past_activity();
  const auto answer = stage.post("admin", path + "/end", "", if_match(1));
  EXPECT_EQ(answer.status, 200) << answer.problem();
  return path;
}

}  // namespace

std::string Stage::past_activity() {
  const auto made = post("admin", "/api/past-activities", activity(town.organisation));
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

void add_past_activity_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"record_past_activity", "no_such_organisation",
       [](Stage& stage) { return stage.post("admin", "/api/past-activities", activity("or_1")); }},
      {"record_past_activity", "no_such_venue", recording(R"(,"venue":"ve_1")")},
      {"record_past_activity", "day_to_come",
       [](Stage& stage) {
         auto body = activity(stage.town.organisation);
         return stage.post("admin", "/api/past-activities", body.replace(body.find("2026"), 4, "2030"));
       }},
      {"edit_past_activity", "no_such_past_activity",
       [](Stage& stage) { return stage.send("admin", "PATCH", no_activity, "{}", if_match(1)); }},
      {"edit_past_activity", "past_activity_ended",
       [](Stage& stage) { return stage.send("admin", "PATCH", ended(stage), "{}", if_match(2)); }},
      {"edit_past_activity", "no_such_venue", editing(R"({"venue":"ve_1"})")},
      {"edit_past_activity", "day_to_come", editing(R"({"day":"2030-01-01"})")},
      {"end_past_activity", "no_such_past_activity",
       [](Stage& stage) { return stage.post("admin", no_activity + "/end", "", if_match(1)); }},
      {"end_past_activity", "past_activity_ended",
       [](Stage& stage) { return stage.post("admin", ended(stage) + "/end", "", if_match(2)); }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_past_activities(Stage& stage) {
  const auto at_venue = R"("venue":")" + stage.town.venue + '"';
  const auto made =
      stage.post("admin", "/api/past-activities", activity(stage.town.organisation, "," + at_venue));
  EXPECT_EQ(made.status, 201) << made.problem();
  stage.past_activity();
  const auto path = "/api/past-activities/" + made.text("id");
  const auto edited =
      stage.send("admin", "PATCH", path, "{" + at_venue + R"(,"day":"2026-11-02"})", if_match(1));
  EXPECT_EQ(edited.status, 200) << edited.problem();
  const auto first = stage.get("admin", "/api/past-activities?limit=1");
  stage.get("admin", "/api/past-activities?cursor=" + first.text("next"));
  EXPECT_EQ(stage.post("admin", path + "/end", "", if_match(2)).status, 200);
}

}  // namespace doorstep::testing
