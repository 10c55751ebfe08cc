// What refuses those who hand a case over, the units that act in one, and those who log a question.
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

// A case that officer1 took in, and what is done with it there.
How on_case(const std::string& who, const std::string& method, const std::string& rest,
            const std::string& body,
            const std::function<std::int64_t(Stage&, const std::string& path)>& before = {}) {
  return [=](Stage& stage) {
    const auto path = Stage::case_path(stage.take_in("officer1", 1));
    const auto version = before ? before(stage, path) : 1;
    auto filled = body;
    if (const auto at = filled.find("{officer2}"); at != std::string::npos)
      filled.replace(at, 10, stage.staff("officer2"));
    return stage.send(who, method, path + rest, filled, if_match(version));
  };
}

How on_no_case(const std::string& method, const std::string& rest, const std::string& body) {
  return [=](Stage& stage) {
    return stage.send("officer1", method, "/api/desk/cases/cs_1" + rest, body, if_match(1));
  };
}

std::int64_t done(const Answer& answer) {
  EXPECT_EQ(answer.status, 200) << answer.problem();
  return answer.number("version");
}

std::int64_t offered(Stage& stage, const std::string& path) {
  return done(
      stage.post("officer1", path + "/offer", R"({"to":")" + stage.staff("officer2") + "\"}", if_match(1)));
}
std::int64_t refused(Stage& stage, const std::string& path) {
  return done(stage.post("officer1", path + "/advance", Stage::step("refused"), if_match(1)));
}
std::int64_t accepted(Stage& stage, const std::string& path) {
  return done(stage.post("officer2", path + "/accept", "", if_match(1)));
}

void add_offers(std::vector<Scene>& scenes) {
  const std::string to = R"({"to":"{officer2}"})", why = R"({"reason":"r"})";
  const std::vector<Scene> more{
      {"accept_case", "offered_already", on_case("officer3", "POST", "/accept", "", offered)},
      {"offer_case", "no_such_case", on_no_case("POST", "/offer", R"({"to":"st_1"})")},
      {"offer_case", "not_your_case", on_case("officer2", "POST", "/offer", to)},
      {"offer_case", "case_over", on_case("officer1", "POST", "/offer", to, refused)},
      {"offer_case", "offered_already", on_case("officer1", "POST", "/offer", to, offered)},
      {"offer_case", "handles_already", on_case("officer2", "POST", "/offer", to, accepted)},
      {"offer_case", "no_such_staff", on_case("officer1", "POST", "/offer", R"({"to":"st_1"})")},
      {"take_over_case", "no_such_case", on_no_case("POST", "/offer/accept", "")},
      {"take_over_case", "not_your_case", on_case("officer3", "POST", "/offer/accept", "", offered)},
      {"take_over_case", "case_over", on_case("officer2", "POST", "/offer/accept", "", refused)},
      {"take_over_case", "no_offer", on_case("officer2", "POST", "/offer/accept", "")},
      {"decline_case", "no_such_case", on_no_case("POST", "/offer/decline", why)},
      {"decline_case", "not_your_case", on_case("officer3", "POST", "/offer/decline", why, offered)},
      {"decline_case", "case_over", on_case("officer2", "POST", "/offer/decline", why, refused)},
      {"decline_case", "no_offer", on_case("officer2", "POST", "/offer/decline", why)},
      {"withdraw_offer", "no_such_case", on_no_case("POST", "/offer/withdraw", "")},
      {"withdraw_offer", "not_your_case", on_case("officer3", "POST", "/offer/withdraw", "", offered)},
      {"withdraw_offer", "case_over", on_case("officer1", "POST", "/offer/withdraw", "", refused)},
      {"withdraw_offer", "no_offer", on_case("officer1", "POST", "/offer/withdraw", "")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

// A case of officer1's in which other units act: the branch is the organisation that runs the venue, and the
// district is not named.
How on_relay(const std::string& who, const std::string& method, const std::string& rest,
             const std::string& body, const std::vector<std::string>& steps_before = {}) {
  return [=](Stage& stage) {
    const auto path = Stage::case_path(stage.take_in_relay("officer1", 1));
    auto version = done(stage.send("officer1", "PUT", path + "/units/branch",
                                   R"({"organisation":")" + stage.town.organisation + "\"}", if_match(1)));
    for (const auto& step : steps_before)
      version =
          done(stage.post("officer1", path + "/advance", R"({"to":")" + step + "\"}", if_match(version)));
    const auto desk = rest.starts_with("unit:");
    const auto full =
        desk ? "/api/desk/unit_cases/" + path.substr(path.rfind('/') + 1) + rest.substr(5) : path + rest;
    return stage.send(who, method, full, body, if_match(version));
  };
}

// The same, waiting for the branch, when something was pressed before; an administrator takes it on.
How for_the_branch(const std::string& body, const std::string& pressed = "", const std::string& what = "") {
  return [=](Stage& stage) {
    const auto id = stage.take_in_relay("officer1", 1).text("id"), path = "/api/desk/cases/" + id;
    done(stage.send("officer1", "PUT", path + "/units/branch",
                    R"({"organisation":")" + stage.town.organisation + "\"}", if_match(1)));
    if (!pressed.empty()) stage.act("officer1", id, pressed, what);
    const auto waits = stage.act("officer1", id, "/advance", R"({"to":"with_branch"})");
    return stage.post("admin", "/api/desk/unit_cases/" + id + "/advance", body, if_match(done(waits)));
  };
}

void add_units(std::vector<Scene>& scenes) {
  const std::string outside = R"({"name":"示例"})", units = "/units/district";
  const auto name = [&](const std::string& body, const std::string& unit = "/units/district") {
    return on_relay("officer1", "PUT", unit, body);
  };
  const auto by_word = [](const std::string& at) {
    return R"({"to":"done","recorded_for":{"name":"n","proof":"p","at":")" + at + "\"}}";
  };
  const std::vector<Scene> more{
      {"name_unit", "no_such_case", on_no_case("PUT", units, outside)},
      {"name_unit", "not_your_case", on_relay("officer2", "PUT", units, outside)},
      {"name_unit", "case_over", on_relay("officer1", "PUT", units, outside, {"done"})},
      {"name_unit", "no_such_unit", name(outside, "/units/moon")},
      {"name_unit", "unit_unclear", name("{}")},
      {"name_unit", "no_such_organisation", name(R"({"organisation":"or_1"})")},
      {"name_unit", "organisation_ended",
       [](Stage& stage) {
         const auto path = Stage::case_path(stage.take_in_relay("officer1", 1));
         const auto branch = stage.branch();
         EXPECT_EQ(stage.post("admin", "/api/organisations/" + branch + "/end", "", if_match(1)).problem(),
                   "");
         return stage.send("officer1", "PUT", path + "/units/branch", R"({"organisation":")" + branch + "\"}",
                           if_match(1));
       }},
      {"advance_case", "unit_not_named",
       on_relay("officer1", "POST", "/advance", R"({"to":"with_district"})")},
      {"advance_case", "unit_must_act",
       on_relay("officer1", "POST", "/advance", R"({"to":"done"})", {"with_branch"})},
      {"advance_case", "no_unit_acts",
       on_relay("officer1", "POST", "/advance", by_word("2026-11-24T00:00:00Z"))},
      {"advance_case", "day_to_come",
       on_relay("officer1", "POST", "/advance", by_word("2027-11-24T00:00:00Z"), {"with_branch"})},
      {"advance_unit_case", "no_such_case", on_relay("admin", "POST", "unit:/advance", R"({"to":"done"})")},
      {"advance_unit_case", "step_not_allowed",
       on_relay("admin", "POST", "unit:/advance", R"({"to":"taken_in"})", {"with_branch"})},
      {"advance_unit_case", "refusal_needs_reason", for_the_branch(R"({"to":"refused"})")},
      {"advance_unit_case", "refusal_not_asked",
       for_the_branch(R"({"to":"done","refusal":{"reason":"r","remedy":"m"}})")},
      {"advance_unit_case", "papers_to_follow",
       for_the_branch(R"({"to":"done"})", "/follow", R"({"material":"photo","signed_by":"示例"})")},
      {"advance_unit_case", "child_running",
       for_the_branch(R"({"to":"done"})", "/children", R"({"matter":"transfer"})")},
      {"advance_unit_case", "unit_not_named",
       on_relay("admin", "POST", "unit:/advance", R"({"to":"with_district"})", {"with_branch"})},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

// A question that was logged, and what is done with it.
How on_inquiry(const std::string& rest, const std::string& body, bool twice = false) {
  return [=](Stage& stage) {
    const auto path = "/api/desk/inquiries/" + stage.inquiry() + rest;
    if (twice) stage.post("officer1", path, body);
    return stage.post("officer1", path, body);
  };
}
How on_no_inquiry(const std::string& rest, const std::string& body) {
  return [=](Stage& stage) { return stage.post("officer1", "/api/desk/inquiries/iq_1" + rest, body); };
}

void add_inquiries(std::vector<Scene>& scenes) {
  const std::string transfer = R"({"matter":"transfer","materials_received":[]})";
  const std::vector<Scene> more{
      {"log_inquiry", "no_such_matter",
       [](Stage& stage) {
         return stage.post(
             "officer1", "/api/desk/inquiries",
             R"({"venue":")" + stage.town.venue + R"(","matter":"moon","question":"q","answer":"a"})");
       }},
      {"look_at_inquiry", "no_such_inquiry", on_no_inquiry("/text", "")},
      {"open_case_of_inquiry", "no_such_inquiry", on_no_inquiry("/case", transfer)},
      {"open_case_of_inquiry", "became_case_already", on_inquiry("/case", transfer, true)},
      {"open_case_of_inquiry", "no_such_matter",
       on_inquiry("/case", R"({"matter":"moon","materials_received":[]})")},
      {"open_case_of_inquiry", "unknown_material",
       on_inquiry("/case", R"({"matter":"transfer","materials_received":["moon"]})")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace

void add_case_people_scenes(std::vector<Scene>& scenes) {
  add_offers(scenes);
  add_units(scenes);
  add_inquiries(scenes);
}

}  // namespace doorstep::testing
