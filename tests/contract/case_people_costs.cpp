// What the people of a case do with it, each in its worst case.
#include "cases/cases.hpp"
#include "contract/costs.hpp"

namespace doorstep::testing {

void leave_somebody_away(Stage& stage) {
  const auto held = stage.post_held_by("officer1");
  const auto b = stage.post("manager", "/api/posts/" + held + "/holders",
                            R"({"role":"b","staff":")" + stage.staff("officer3") + "\"}");
  EXPECT_EQ(b.status, 200) << b.problem();
  const auto away = stage.post("officer1", "/api/absences",
                               R"({"kind":"sudden","from":"2026-11-24","until":"2026-11-24"})");
  EXPECT_EQ(away.status, 201) << away.problem();
}

void make_late(Stage& stage, const std::string& case_id) {
  stage.town.write([&](Transaction& tx, Instant) {
    tx.run(
        "update case_deadlines set state = 'missed', next_on = '2026-11-30'"
        " where ended_at is null and kind = 'promised' and case_id = :case",
        {{"case", *parse_id<cases::CaseTag>(case_id)}});
  });
}

void play_case_people(Stage& stage) {
  const auto path = "/api/desk/cases/" + stage.relief_case();
  const auto offer = R"({"note":"n","to":")" + stage.staff("officer2") + "\"}";
  const auto post = [&](const std::string& who, const std::string& what, const std::string& body,
                        std::int64_t version) {
    const auto answer = stage.post(who, path + what, body, if_match(version));
    EXPECT_EQ(answer.status, 200) << what << ' ' << answer.problem();
  };
  post("officer1", "/offer", offer, 1);
  post("officer1", "/offer/withdraw", "", 2);
  post("officer1", "/offer", offer, 3);
  post("officer2", "/offer/decline", R"({"reason":"r"})", 4);
  post("officer1", "/offer", offer, 5);
  post("officer2", "/offer/accept", "", 6);

  const auto relay = stage.take_in_relay("officer1", 1);
  const auto named = stage.send("officer1", "PUT", Stage::case_path(relay, "/units/branch"),
                                R"({"organisation":")" + stage.town.organisation + "\"}", if_match(1));
  EXPECT_EQ(named.status, 200) << named.problem();
  const auto waits =
      stage.post("officer1", Stage::case_path(relay, "/advance"), R"({"to":"with_branch"})", if_match(2));
  EXPECT_EQ(waits.status, 200) << waits.problem();
  make_late(stage, relay.text("id"));
  stage.get("admin", "/api/desk/unit_cases");
  const auto advanced = stage.post("admin", "/api/desk/unit_cases/" + relay.text("id") + "/advance",
                                   R"({"to":"done","note":"n"})", if_match(3));
  EXPECT_EQ(advanced.status, 204) << advanced.problem();
  EXPECT_EQ(stage.act("officer1", relay.text("id"), "/reopen", R"({"reason":"r"})").problem(), "");
  stage.post("officer1", stage.window(1, "/finish"));

  const auto inquiry = "/api/desk/inquiries/" + stage.inquiry();
  stage.get("officer1", "/api/desk/inquiries?venue=" + stage.town.venue);
  stage.post("officer1", inquiry + "/text");
  const auto opened = stage.post("officer1", inquiry + "/case",
                                 R"({"matter":"heavy","applicant":{"name":"A","phone":"123"},)"
                                 R"("materials_received":[)" +
                                     all_materials() + "]}");
  EXPECT_EQ(opened.status, 201) << opened.problem();
}

}  // namespace doorstep::testing
