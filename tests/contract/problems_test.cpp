// Every problem that a route declares is produced here once, through the API. A problem that a row declares
// and that has no scene in the table fails the test, as does a scene for a problem that no row declares.
#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include <gmock/gmock.h>

#include "contract/scenes.hpp"
#include "testing/names.hpp"

namespace doorstep::testing {

namespace {

const std::string no_window = "/api/windows/wi_1";
const std::string no_case = "/api/desk/cases/cs_1";
const std::string take_in = R"({"matter":"transfer","materials_received":[]})";

// officer1 asks for `path` of window 1, after `before`.
How at_window(const std::string& path, const std::function<void(Stage&)>& before = {},
              const std::string& body = "") {
  return [=](Stage& stage) {
    if (before) before(stage);
    return stage.post("officer1", stage.window(1, path), body);
  };
}

How at_no_window(const std::string& path, const std::string& body = "") {
  return [=](Stage& stage) { return stage.post("officer1", no_window + path, body); };
}

How at_no_hall(const std::string& who, const std::string& rest) {
  return [=](Stage& stage) { return stage.get(who, "/api/halls/hl_1" + rest); };
}

How with_topic(const std::string& topic) {
  return [=](Stage& stage) { return stage.get("nobody", "/api/events?topics=" + topic); };
}

void opened(Stage& stage) { stage.open("officer1", 1); }
void opened_by_another(Stage& stage) { stage.open("officer2", 1); }
void called(Stage& stage) { stage.call("officer1", 1); }
void serving(Stage& stage) { stage.serve("officer1", 1); }

// officer1 takes a case in, and `then` is done with it.
How with_case(const std::function<Answer(Stage&, const Answer& taken_in)>& then) {
  return [=](Stage& stage) { return then(stage, stage.take_in("officer1", 1)); };
}

std::int64_t advanced(Stage& stage, const Answer& taken_in, const std::string& to, std::int64_t version) {
  const auto answer =
      stage.post("officer1", Stage::case_path(taken_in, "/advance"), Stage::step(to), if_match(version));
  EXPECT_EQ(answer.status, 200) << answer.problem();
  return answer.number("version");
}

Answer take(Stage& stage, const std::string& hall, const std::string& service) {
  return stage.post("nobody", "/api/halls/" + hall + "/tickets", R"({"service":")" + service + "\"}");
}

Answer try_password(Stage& stage) {
  return stage.post("nobody", "/api/session", R"({"username":"officer1","password":"not-the-word"})");
}

void add_public_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"sign_in", "wrong_credentials", try_password},
      {"sign_in", "too_many_attempts",
       [](Stage& stage) {
         for (int i = 0; i < 5; ++i) try_password(stage);
         return try_password(stage);
       }},
      {"read_progress", "no_such_case",
       [](Stage& stage) { return stage.get("nobody", "/api/cases/nothing"); }},
      {"read_town", "no_such_hall",
       [](Stage& stage) {
         stage.town.write([](Transaction& tx, Instant) { tx.run("delete from town"); });
         return stage.get("nobody", "/api/town");
       }},
      {"read_front", "no_such_hall",
       [](Stage& stage) {
         stage.town.write([](Transaction& tx, Instant) { tx.run("delete from town"); });
         return stage.get("nobody", "/api/front");
       }},
      {"read_hall", "no_such_hall", at_no_hall("nobody", "")},
      {"read_queue", "no_such_hall", at_no_hall("nobody", "/queue")},
      {"take_ticket", "no_such_hall", [](Stage& stage) { return take(stage, "hl_1", "transfer"); }},
      {"take_ticket", "no_such_service", [](Stage& stage) { return take(stage, stage.town.hall, "flying"); }},
      {"take_ticket", "hall_closed",
       [](Stage& stage) {
         stage.town.pass(std::chrono::hours{4});  // midnight
         return take(stage, stage.town.hall, "transfer");
       }},
      {"take_ticket", "too_many_tickets",
       [](Stage& stage) {
         take(stage, stage.town.hall, "transfer");
         return take(stage, stage.town.hall, "transfer");
       }},
      {"read_ticket", "no_such_ticket",
       [](Stage& stage) { return stage.get("nobody", "/api/tickets/nothing"); }},
      {"cancel_ticket", "no_such_ticket",
       [](Stage& stage) { return stage.post("nobody", "/api/tickets/nothing/cancel"); }},
      {"cancel_ticket", "ticket_over",
       [](Stage& stage) {
         return stage.post("nobody", "/api/tickets/" + stage.serve("officer1", 1) + "/cancel");
       }},
      {"listen", "no_such_topic", with_topic("weather:hl_1")},
      {"listen", "no_such_hall", with_topic("hall:hl_1")},
      {"listen", "no_such_ticket", with_topic("ticket:nothing")},
      {"listen", "no_such_case", with_topic("case:nothing")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_case_scenes(std::vector<Scene>& scenes) {
  const auto on_no_case = [](const std::string& rest, const std::string& body) {
    return [=](Stage& stage) { return stage.post("officer1", no_case + rest, body, if_match(1)); };
  };
  const auto on_case = [](const std::string& who, const std::string& rest, const std::string& body,
                          const std::vector<std::string>& steps_before) {
    return with_case([=](Stage& stage, const Answer& taken_in) {
      std::int64_t version = 1;
      for (const auto& step : steps_before) version = advanced(stage, taken_in, step, version);
      return stage.post(who, Stage::case_path(taken_in, rest), body, if_match(version));
    });
  };
  const auto look = [](const std::string& purpose) { return R"({"purpose":")" + purpose + "\"}"; };
  const std::string review = R"({"to":"review"})";
  const std::vector<Scene> more{
      {"read_case", "no_such_case", [](Stage& stage) { return stage.get("officer1", no_case); }},
      {"accept_case", "no_such_case", on_no_case("/accept", "")},
      {"accept_case", "already_accepted", with_case([](Stage& stage, const Answer& taken_in) {
         stage.post("officer2", Stage::case_path(taken_in, "/accept"), "", if_match(1));
         return stage.post("officer3", Stage::case_path(taken_in, "/accept"), "", if_match(2));
       })},
      {"accept_case", "case_over", on_case("officer2", "/accept", "", {"refused"})},
      {"advance_case", "no_such_case", on_no_case("/advance", review)},
      {"advance_case", "not_your_case", on_case("officer2", "/advance", review, {})},
      {"advance_case", "step_not_allowed", on_case("officer1", "/advance", R"({"to":"done"})", {})},
      {"advance_case", "case_over", on_case("officer1", "/advance", review, {"refused"})},
      {"look_at_applicant", "no_such_case",
       [=](Stage& stage) { return stage.post("officer1", no_case + "/applicant", look("to call back")); }},
      {"look_at_applicant", "purpose_missing", with_case([=](Stage& stage, const Answer& taken_in) {
         return stage.post("officer1", Stage::case_path(taken_in, "/applicant"), look("  "));
       })},
      {"look_at_applicant", "no_applicant", with_case([=](Stage& stage, const Answer& taken_in) {
         return stage.post("officer1", Stage::case_path(taken_in, "/applicant"), look("to call back"));
       })},
      {"retry_message", "no_such_message",
       [](Stage& stage) { return stage.post("manager", "/api/outbox/mg_1/retry"); }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_window_scenes(std::vector<Scene>& scenes) {
  const auto edit = [](const std::string& path, const std::string& body) {
    return [=](Stage& stage) {
      return stage.send("manager", "PATCH", path.empty() ? stage.window(1) : path, body, if_match(1));
    };
  };
  const std::vector<Scene> more{
      {"list_windows", "no_such_hall", at_no_hall("officer1", "/windows")},
      {"edit_window", "no_such_window", edit(no_window, R"({"note":null})")},
      {"edit_window", "no_such_service", edit("", R"({"groups":["A","Z"]})")},
      {"open_window", "no_such_window", at_no_window("/open")},
      {"open_window", "window_taken", at_window("/open", opened_by_another)},
      {"open_window", "window_busy",
       [](Stage& stage) {  // opening another window closes the first, where a ticket is in hand
         stage.call("officer1", 1);
         return stage.post("officer1", stage.window(2, "/open"));
       }},
      {"pause_window", "no_such_window", at_no_window("/pause")},
      {"pause_window", "window_not_open", at_window("/pause")},
      {"pause_window", "window_taken", at_window("/pause", opened_by_another)},
      {"pause_window", "window_busy", at_window("/pause", called)},
      {"close_window", "no_such_window", at_no_window("/close")},
      {"close_window", "window_taken", at_window("/close", opened_by_another)},
      {"close_window", "window_busy", at_window("/close", called)},
      {"read_desk", "no_such_window", [](Stage& stage) { return stage.get("officer1", no_window); }},
      {"call_next", "no_such_window", at_no_window("/call-next")},
      {"call_next", "window_not_open", at_window("/call-next")},
      {"call_next", "window_taken", at_window("/call-next", opened_by_another)},
      {"call_next", "ticket_in_hand", at_window("/call-next", called)},
      {"call_next", "queue_empty", at_window("/call-next", opened)},
      {"recall_ticket", "ticket_not_called", at_window("/recall", serving)},
      {"recall_ticket", "recalled_three_times",
       at_window("/recall",
                 [](Stage& stage) {
                   called(stage);
                   for (int i = 0; i < 3; ++i) stage.post("officer1", stage.window(1, "/recall"));
                 })},
      {"start_ticket", "ticket_not_called", at_window("/start", serving)},
      {"miss_ticket", "ticket_not_called", at_window("/missed", serving)},
      {"finish_ticket", "ticket_not_serving", at_window("/finish", called)},
      {"take_in_case", "ticket_not_serving", at_window("/cases", called, take_in)},
      {"take_in_case", "case_already_open", with_case([](Stage& stage, const Answer&) {
         return stage.post("officer1", stage.window(1, "/cases"), take_in);
       })},
      {"take_in_case", "no_such_matter",
       at_window("/cases", serving, R"({"matter":"flying","materials_received":[]})")},
      {"take_in_case", "unknown_material",
       at_window("/cases", serving, R"({"matter":"transfer","materials_received":["letter","moon"]})")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
  // What all that needs a ticket in hand refuses alike.
  const std::vector<std::tuple<std::string, std::string, std::string>> with_a_ticket{
      {"recall_ticket", "/recall", ""},
      {"start_ticket", "/start", ""},
      {"miss_ticket", "/missed", ""},
      {"finish_ticket", "/finish", ""},
      {"take_in_case", "/cases", take_in}};
  for (const auto& [route, path, body] : with_a_ticket) {
    scenes.push_back({route, "no_such_window", at_no_window(path, body)});
    scenes.push_back({route, "window_not_open", at_window(path, {}, body)});
    scenes.push_back({route, "window_taken", at_window(path, opened_by_another, body)});
    scenes.push_back({route, "no_ticket_in_hand", at_window(path, opened, body)});
  }
}

// The administrator asks.
How network(const std::string& method, const std::string& path, const std::string& body = "",
            const std::function<void(Stage&)>& before = {}) {
  return [=](Stage& stage) {
    if (before) before(stage);
    auto where = path, what = body;
    for (auto* text : {&where, &what}) {
      for (const auto& [part, value] : {std::pair{std::string{"{organisation}"}, stage.town.organisation},
                                        std::pair{std::string{"{staff}"}, stage.staff("officer1")},
                                        std::pair{std::string{"{venue}"}, stage.town.venue}}) {
        if (const auto at = text->find(part); at != std::string::npos) text->replace(at, part.size(), value);
      }
    }
    const bool versioned = method == "PATCH" || where.ends_with("/end");
    return stage.send("admin", method, where, what, versioned ? if_match(1) : Sent{});
  };
}

// An organisation of its own, which ended; its id takes the place of the town's.
void ended(Stage& stage) {
  const auto made =
      stage.post("admin", "/api/organisations", R"({"kind":"firm","name":{"zh":"示例","en":"Sample"}})");
  stage.town.organisation = made.text("id");
  EXPECT_EQ(stage.post("admin", stage.organisation("/end"), "", if_match(1)).status, 200);
}

void ended_once(Stage& stage) {
  ended(stage);
  stage.town.write([&](Transaction& tx, Instant) { tx.run("update organisations set version = 1"); });
}

void add_network_scenes(std::vector<Scene>& scenes) {
  const std::string below =
      R"({"kind":"branch","parent":"{organisation}","name":{"zh":"示例","en":"Sample"}})";
  const std::string below_none = R"({"kind":"branch","parent":"or_1","name":{"zh":"示例","en":"Sample"}})";
  const std::string organisation = "/api/organisations/{organisation}";
  const std::string lecturer = R"({"staff":"{staff}","role":"lecturer","organisation":"{organisation}")";
  const std::vector<Scene> more{
      {"read_organisation", "no_such_organisation", network("GET", "/api/organisations/or_1")},
      {"list_organisations", "no_such_organisation", network("GET", "/api/organisations?parent=or_1")},
      {"list_venues", "no_such_organisation", network("GET", "/api/organisations/or_1/venues")},
      {"give_role", "period_beyond_own",
       [](Stage& stage) {
         const auto until = to_string(stage.town.instant() + std::chrono::hours{1});
         const auto officer = stage.staff("officer1");
         stage.post("admin", "/api/grants",
                    R"({"staff":")" + officer + R"(","role":"centre_manager","until":")" + until + "\"}");
         return stage.post("officer1", "/api/grants", R"({"staff":")" + officer + R"(","role":"lecturer"})");
       }},
      {"record_organisation", "no_such_organisation", network("POST", "/api/organisations", below_none)},
      {"record_organisation", "organisation_ended", network("POST", "/api/organisations", below, ended)},
      {"edit_organisation", "no_such_organisation", network("PATCH", "/api/organisations/or_1", "{}")},
      {"edit_organisation", "organisation_ended", network("PATCH", organisation, "{}", ended_once)},
      {"edit_organisation", "organisation_below_itself",
       network("PATCH", organisation, R"({"parent":"{organisation}"})")},
      {"end_organisation", "no_such_organisation", network("POST", "/api/organisations/or_1/end")},
      {"end_organisation", "organisation_ended", network("POST", organisation + "/end", "", ended_once)},
      {"end_organisation", "organisation_in_use", network("POST", organisation + "/end")},
      {"list_grants", "no_such_organisation", network("GET", "/api/grants?organisation=or_1")},
      {"list_grants", "no_such_venue", network("GET", "/api/grants?venue=ve_1")},
      {"list_grants", "one_place_only",
       network("GET", "/api/grants?organisation={organisation}&venue={venue}")},
      {"give_role", "no_such_staff", network("POST", "/api/grants", R"({"staff":"st_1","role":"lecturer"})")},
      {"give_role", "no_such_organisation", network("POST", "/api/grants", lecturer + "}", ended)},
      {"give_role", "no_such_venue",
       network("POST", "/api/grants", R"({"staff":"{staff}","role":"lecturer","venue":"ve_1"})")},
      {"give_role", "one_place_only", network("POST", "/api/grants", lecturer + R"(,"venue":"{venue}"})")},
      {"give_role", "period_empty",
       network("POST", "/api/grants", lecturer + R"(,"until":"2026-01-01T00:00:00Z"})")},
      {"give_role", "role_held_already",
       network("POST", "/api/grants", R"({"staff":"{staff}","role":"window_officer","venue":"{venue}"})")},
      {"record_staff", "username_taken",
       network(
           "POST", "/api/staff",
           R"({"username":"officer1","name":"示例","post":{"zh":"岗位","en":"Post"},"password":"window-and-door"})")},
      {"reset_password", "no_such_staff",
       network("POST", "/api/staff/st_1/password", R"({"password":"window-and-door"})")},
      {"end_staff", "no_such_staff", network("POST", "/api/staff/st_1/end")},
      {"end_staff", "own_account",
       [](Stage& stage) { return stage.post("admin", "/api/staff/" + stage.staff("admin") + "/end"); }},
      {"end_staff", "last_administrator",
       [](Stage& stage) {  // somebody who is an administrator for an hour ends the one who is it for good
         const auto until = to_string(stage.town.instant() + std::chrono::hours{1});
         stage.post("admin", "/api/grants",
                    R"({"staff":")" + stage.staff("officer1") + R"(","role":"administrator","until":")" +
                        until + "\"}");
         return stage.post("officer1", "/api/staff/" + stage.staff("admin") + "/end");
       }},
      {"end_session", "no_such_session",
       [](Stage& stage) { return stage.post("officer1", "/api/session/all/se_1/end"); }},
      {"change_password", "wrong_credentials",
       [](Stage& stage) {
         return stage.post("officer1", "/api/session/password",
                           R"({"old_password":"x","password":"window-and-door"})");
       }},
      {"change_password", "too_many_attempts",
       [](Stage& stage) {
         stage.as("officer1");
         for (int i = 0; i < 5; ++i) try_password(stage);
         return stage.post("officer1", "/api/session/password",
                           R"({"old_password":"window-and-door","password":"window-and-door"})");
       }},
      {"end_role", "no_such_grant", [](Stage& stage) { return stage.post("admin", "/api/grants/gr_1/end"); }},
      {"end_role", "last_administrator",
       [](Stage& stage) {
         const auto grants = stage.get("admin", "/api/grants");
         for (const auto& grant : grants.at("items").as_array()) {
           if (grant.at("role").as_string() != "administrator") continue;
           return stage.post("admin", "/api/grants/" + std::string{grant.at("id").as_string()} + "/end");
         }
         return grants;
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

const std::vector<Scene>& all_scenes() {
  static const auto scenes = [] {
    std::vector<Scene> all;
    add_public_scenes(all);
    add_case_scenes(all);
    add_intake_scenes(all);
    add_window_scenes(all);
    add_people_scenes(all);
    add_merge_scenes(all);
    add_mandate_scenes(all);
    add_resident_scenes(all);
    add_city_scenes(all);
    add_post_scenes(all);
    add_second_factor_scenes(all);
    add_passkey_scenes(all);
    add_network_scenes(all);
    add_venue_scenes(all);
    add_import_scenes(all);
    add_device_scenes(all);
    add_address_scenes(all);
    add_calendar_scenes(all);
    add_grid_scenes(all);
    add_sheet_scenes(all);
    add_past_activity_scenes(all);
    add_affiliation_scenes(all);
    add_application_scenes(all);
    add_attachment_scenes(all);
    add_rating_scenes(all);
    add_trip_scenes(all);
    add_system_scenes(all);
    add_case_people_scenes(all);
    add_deadline_scenes(all);
    add_matter_scenes(all);
    return all;
  }();
  return scenes;
}

using EachSceneTest = ::testing::TestWithParam<std::tuple<storage::Engine, std::size_t>>;

TEST_P(EachSceneTest, EndsInItsProblem) {
  const auto& [engine, index] = GetParam();
  const auto& scene = all_scenes().at(index);
  Stage stage{engine};
  const auto answer = scene.how(stage);
  EXPECT_EQ(answer.problem(), scene.problem);
  EXPECT_FALSE(answer.text("title").empty());
  EXPECT_FALSE(answer.text("detail").empty());
}

std::string scene_name(const ::testing::TestParamInfo<EachSceneTest::ParamType>& info) {
  const auto& [engine, index] = info.param;
  const auto& scene = all_scenes().at(index);
  return scene.route + '_' + scene.problem + (engine == storage::Engine::sqlite ? "_sqlite" : "_postgres");
}

INSTANTIATE_TEST_SUITE_P(scenes, EachSceneTest,
                         ::testing::Combine(::testing::ValuesIn(engines()),
                                            ::testing::Range(std::size_t{0}, all_scenes().size())),
                         scene_name);

TEST(Scenes, AreThereForEveryProblemThatARowDeclaresAndForNoOther) {
  SmallTown town{storage::Engine::sqlite};
  std::set<std::string> declared, played;
  for (const auto& route : town.api().routes()) {
    for (const auto problem : route->rules.problems)
      declared.insert(route->name + ": " + std::string{problem});
  }
  for (const auto& scene : all_scenes()) {
    EXPECT_TRUE(played.insert(scene.route + ": " + scene.problem).second)
        << scene.route << ": " << scene.problem;
  }
  expect_each_has_one(declared, played, "has no scene: add one in this file",
                      "has a scene, and the route does not declare the problem");
}

}  // namespace

}  // namespace doorstep::testing
