// A case in the city's system that decides it: refusals, and what it asks at most.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string applicant = R"(,"applicant":{"name":"示例 王秀英","phone":"13900000000"})";
const std::string reference = R"({"reference":"DY-1"})";
const std::string words = R"({"words":"审核中","settled":false})";
const std::string purpose = R"({"purpose":"to hand over"})";

std::string handed_over(Stage& stage) {
  const auto id = stage.relief_case(applicant);
  EXPECT_EQ(stage.act("officer1", id, "/system/hand-over").problem(), "");
  return id;
}

std::string settled(Stage& stage) {
  const auto id = stage.relief_case();
  EXPECT_EQ(stage.act("officer1", id, "/system/reference", reference).problem(), "");
  EXPECT_EQ(stage.act("officer1", id, "/system/confirm", R"({"words":"已接收","settled":true})").problem(),
            "");
  return id;
}

// One that the town decides itself.
std::string plain_case(Stage& stage) {
  const auto taken_in = stage.take_in("officer1", 1);
  return taken_in.text("id");
}

struct Press {
  const char *route, *path;
  std::string body;
};
const std::vector<Press>& presses() {
  static const std::vector<Press> all{{"hand_over_to_system", "/system/hand-over", ""},
                                      {"record_system_reference", "/system/reference", reference},
                                      {"confirm_in_system", "/system/confirm", words}};
  return all;
}

void add_press_scenes(std::vector<Scene>& scenes, const Press& press) {
  const auto by = [=](Stage& stage, const std::string& who, const std::string& id) {
    return stage.act(who, id, press.path, press.body);
  };
  scenes.push_back(
      {press.route, "no_such_case", [=](Stage& stage) { return by(stage, "officer1", "cs_1"); }});
  scenes.push_back({press.route, "not_your_case",
                    [=](Stage& stage) { return by(stage, "officer2", stage.relief_case(applicant)); }});
  scenes.push_back(
      {press.route, "no_system", [=](Stage& stage) { return by(stage, "officer1", plain_case(stage)); }});
  scenes.push_back(
      {press.route, "system_settled", [=](Stage& stage) { return by(stage, "officer1", settled(stage)); }});
}

std::string files() { return "/api/desk/systems/files"; }

Answer make(Stage& stage, const std::string& system = "member_system") {
  return stage.post("manager", files(),
                    R"({"venue":")" + stage.town.venue + R"(","system":")" + system + "\"}");
}

}  // namespace

std::string make_system_file(Stage& stage) {
  handed_over(stage);
  const auto made = make(stage);
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

void add_system_scenes(std::vector<Scene>& scenes) {
  for (const auto& press : presses()) add_press_scenes(scenes, press);
  const std::vector<Scene> more{
      {"read_system", "no_such_case",
       [](Stage& stage) { return stage.get("officer1", "/api/desk/cases/cs_1/system"); }},
      {"read_system_progress", "no_such_case",
       [](Stage& stage) { return stage.get("nobody", "/api/cases/nonsense/system"); }},
      {"hand_over_to_system", "case_over",
       [](Stage& stage) {
         const auto id = stage.relief_case(applicant);
         EXPECT_EQ(stage.act("officer1", id, "/advance", Stage::step("refused")).problem(), "");
         return stage.act("officer1", id, "/system/hand-over");
       }},
      {"hand_over_to_system", "no_applicant",
       [](Stage& stage) { return stage.act("officer1", stage.relief_case(), "/system/hand-over"); }},
      {"hand_over_to_system", "system_waits_already",
       [](Stage& stage) { return stage.act("officer1", handed_over(stage), "/system/hand-over"); }},
      {"confirm_in_system", "no_system_reference",
       [](Stage& stage) { return stage.act("officer1", handed_over(stage), "/system/confirm", words); }},
      {"make_system_file", "nothing_to_send", [](Stage& stage) { return make(stage, "one_stop"); }},
      {"fetch_system_file", "no_such_system_file",
       [](Stage& stage) { return stage.post("manager", files() + "/sf_1/csv", purpose); }},
      {"fetch_system_file", "purpose_missing",
       [](Stage& stage) {
         return stage.post("manager", files() + '/' + make_system_file(stage) + "/csv", R"({"purpose":""})");
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_systems(Stage& stage) {
  const auto path = [](const std::string& id) { return "/api/desk/cases/" + id + "/system"; };
  const auto id = handed_over(stage), by_hand = stage.relief_case(applicant);
  for (const auto& press : presses()) {
    if (press.path == presses().front().path) continue;  // played above
    EXPECT_EQ(stage.act("officer1", by_hand, press.path, press.body).problem(), "");
  }
  stage.get("officer1", path(by_hand));
  const auto token = stage.get("officer1", "/api/desk/cases/" + by_hand).text("token");
  stage.get("nobody", "/api/cases/" + token + "/system");
  const auto made = make(stage);
  EXPECT_EQ(made.status, 201) << made.problem();
  EXPECT_EQ(stage.post("manager", files() + '/' + made.text("id") + "/csv", purpose).status, 200);
  const auto of_venue = "?venue=" + stage.town.venue;
  stage.get("manager", files() + of_venue);
  stage.get("officer1", "/api/desk/systems" + of_venue);
  stage.get("officer1", "/api/desk/systems/cases" + of_venue + "&system=member_system&stage=sent");
  EXPECT_EQ(stage.act("officer1", id, "/system/hand-over").problem(), "");
}

}  // namespace doorstep::testing
