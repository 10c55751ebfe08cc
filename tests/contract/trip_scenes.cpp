// How often somebody came for a case, and where a refused one is taken: refusals, and what it asks at most.
#include "cases/further.hpp"
#include "cases/trips.hpp"
#include "contract/costs.hpp"
#include "contract/scenes.hpp"
#include "testing/relief.hpp"

namespace doorstep::testing {

namespace {

const std::string not_said = R"({"reason":"not_said","words":"还要户口簿原件"})";

std::string trips(const std::string& case_id) { return "/api/desk/cases/" + case_id + "/trips"; }

// A copy of the matter `relief` under another key: how guides are corrected, or refusals taken further.
void bring_in(Stage& stage, std::string_view key) {
  stage.town.write([&](Transaction& tx, Instant at) {
    auto matter = relief();
    matter.key = key;
    put_matter(tx, matter, at);
  });
}

// officer1 took a case in yesterday.
std::string case_of_yesterday(Stage& stage) {
  const auto id = stage.relief_case();
  stage.town.pass(std::chrono::hours{24});
  stage.forget("officer1");
  return id;
}

struct Refused {
  std::string id, token;
};
Refused refused(Stage& stage) {
  const auto id = stage.relief_case(R"(,"applicant":{"name":"示例 王秀英","phone":"13900000000"})");
  EXPECT_EQ(stage.act("officer1", id, "/advance", Stage::step("refused")).problem(), "");
  return {id, stage.get("officer1", "/api/desk/cases/" + id).text("token")};
}

// What is pressed with the slip, or by an officer.
using Press = std::function<Answer(Stage&, const Refused&)>;
Answer press_slip(Stage& stage, const Refused& of) {
  return stage.post("nobody", "/api/cases/" + of.token + "/further");
}
Answer press_at_window(Stage& stage, const Refused& of) {
  return stage.post("officer1", "/api/desk/cases/" + of.id + "/further");
}

void add_further_scenes(std::vector<Scene>& scenes, const std::string& route, const Press& press) {
  const std::vector<Scene> more{
      {route, "no_such_case", [=](Stage& stage) { return press(stage, {"cs_1", "nonsense"}); }},
      {route, "not_refused",
       [=](Stage& stage) {
         const auto id = stage.relief_case();
         return press(stage, {id, stage.get("officer1", "/api/desk/cases/" + id).text("token")});
       }},
      {route, "no_such_matter", [=](Stage& stage) { return press(stage, refused(stage)); }},
      {route, "taken_further_already",
       [=](Stage& stage) {
         bring_in(stage, cases::further_matter);
         const auto of = refused(stage);
         EXPECT_EQ(press(stage, of).status, 201);
         return press(stage, of);
       }},
      {route, "further_ends_here",
       [=](Stage& stage) {
         bring_in(stage, cases::further_matter);
         const auto of = refused(stage);
         EXPECT_EQ(press(stage, of).status, 201);
         const auto beside = stage.get("officer1", "/api/desk/cases/" + of.id).at("related").at(0);
         const std::string id{beside.at("id").as_string()};
         EXPECT_EQ(stage.act("manager", id, "/advance", Stage::step("refused")).problem(), "");
         return press(stage, {id, stage.get("officer1", "/api/desk/cases/" + id).text("token")});
       }},
      {route, "nobody_answers",
       [=](Stage& stage) {
         bring_in(stage, cases::further_matter);
         const auto of = refused(stage);
         stage.town.write([](Transaction& tx, Instant at) {
           tx.run("update grants set until_at = :at where role <> 'window_officer'", {{"at", at}});
         });
         return press(stage, of);
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace

void add_trip_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"read_trips", "no_such_case", [](Stage& stage) { return stage.get("officer1", trips("cs_1")); }},
      {"record_trip", "no_such_case",
       [](Stage& stage) { return stage.post("officer1", trips("cs_1"), "{}"); }},
      {"record_trip", "came_already",
       [](Stage& stage) { return stage.post("officer1", trips(stage.relief_case()), not_said); }},
      {"record_trip", "trip_needs_reason",
       [](Stage& stage) { return stage.post("officer1", trips(case_of_yesterday(stage)), "{}"); }},
      {"record_trip", "trip_needs_words",
       [](Stage& stage) {
         return stage.post("officer1", trips(case_of_yesterday(stage)), R"({"reason":"not_said"})");
       }},
      {"take_back_trip", "no_such_case",
       [](Stage& stage) { return stage.post("officer1", trips("cs_1") + "/take-back"); }},
      {"take_back_trip", "no_trip_today",
       [](Stage& stage) { return stage.post("officer1", trips(case_of_yesterday(stage)) + "/take-back"); }},
      {"take_back_trip", "trip_not_yours",
       [](Stage& stage) { return stage.post("officer2", trips(stage.relief_case()) + "/take-back"); }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
  add_further_scenes(scenes, "take_further", press_at_window);
  add_further_scenes(scenes, "take_own_further", press_slip);
}

void came_before(Stage& stage, const std::string& case_id) {
  stage.town.write([&](Transaction& tx, Instant) {
    tx.run("update case_trips set day = '2026-11-01' where case_id = :case",
           {{"case", *parse_id<cases::CaseTag>(case_id)}});
  });
}

void never_came(Stage& stage, const std::string& case_id) {
  stage.town.write([&](Transaction& tx, Instant at) {
    tx.run("update case_trips set ended_at = :at where case_id = :case",
           {{"at", at}, {"case", *parse_id<cases::CaseTag>(case_id)}});
  });
}

void play_trips(Stage& stage) {
  bring_in(stage, cases::correction_matter);
  bring_in(stage, cases::further_matter);
  // The first trip of a case opens a correction; a later one of another is told to it, and taken back.
  const auto first = stage.relief_case(), second = stage.relief_case();
  EXPECT_EQ(stage.post("officer1", trips(first) + "/take-back").status, 200);
  came_before(stage, second);
  for (const auto& id : {first, second}) {
    const auto recorded = stage.post("officer1", trips(id), not_said);
    EXPECT_EQ(recorded.status, 201) << recorded.problem();
    stage.get("officer1", trips(id));
  }
  EXPECT_EQ(stage.post("officer1", trips(second) + "/take-back").status, 200);
  stage.get("manager", "/api/desk/trips/counts?from=2026-11-01&until=2026-11-30&venue=" + stage.town.venue);
  // The manager whose it is now is away, too.
  const auto away =
      stage.post("manager", "/api/absences", R"({"kind":"sudden","from":"2026-11-24","until":"2026-11-24"})");
  EXPECT_EQ(away.status, 201) << away.problem();
  EXPECT_EQ(press_at_window(stage, refused(stage)).status, 201);
  EXPECT_EQ(press_slip(stage, refused(stage)).status, 201);
}

}  // namespace doorstep::testing
