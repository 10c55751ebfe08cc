// Volunteers and members: no such place, no branch, nobody there; and what every route asks at most.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string why = R"({"purpose":"at the window"})";
const std::string no_why = R"({"purpose":" "})";

std::string volunteering(const std::string& more) { return R"({"volunteering":{"skills":[])" + more + "}}"; }

std::string membership(const std::string& branch, const std::string& more = "") {
  return R"({"membership":{"branch":")" + branch + R"(","kind":"full")" + more + "}}";
}

std::string ended_venue(Stage& stage) {
  const auto made = stage.post(
      "admin", "/api/venues",
      R"({"kind":"station","name":{"zh":"示例站","en":"Sample"},"address":{"zh":"示例路","en":"Sample Road"}})");
  stage.post("admin", "/api/venues/" + made.text("id") + "/end", "", if_match(1));
  return made.text("id");
}

std::string ended_branch(Stage& stage) {
  const auto branch = stage.branch();
  stage.post("admin", "/api/organisations/" + branch + "/end", "", if_match(1));
  return branch;
}

std::string erased_person(Stage& stage) {
  const auto id = stage.person();
  const auto erased = stage.post("manager", "/api/people/" + id + "/erase", why, if_match(1));
  EXPECT_EQ(erased.status, 200) << erased.problem();
  return id;
}

How put(
    const std::string& what, const std::function<std::string(Stage&)>& body,
    const std::function<std::string(Stage&)>& person = [](Stage& stage) { return stage.person(); },
    std::int64_t version = 1) {
  return [=](Stage& stage) {
    const auto id = person(stage);
    return stage.send("officer1", "PUT", "/api/people/" + id + what, body(stage), if_match(version));
  };
}

std::function<std::string(Stage&)> plain(const std::string& text) {
  return [=](Stage&) { return text; };
}

How look(const std::function<std::string(Stage&)>& person, const std::string& body) {
  return [=](Stage& stage) {
    return stage.post("officer1", "/api/people/" + person(stage) + "/membership/look", body);
  };
}

How find(const std::string& body) {
  return [=](Stage& stage) { return stage.post("officer1", "/api/volunteers/find", body); };
}

}  // namespace

std::string Stage::branch() {
  const auto made = post("admin", "/api/organisations",
                         R"({"kind":"branch","parent":")" + town.organisation +
                             R"(","name":{"zh":"示例第一党支部","en":"Sample branch"}})");
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

void add_affiliation_scenes(std::vector<Scene>& scenes) {
  const std::string at = "/volunteering", in = "/membership";
  const auto nobody = plain("pe_1");
  const std::vector<Scene> more{
      {"put_volunteering", "no_such_person", put(at, plain(volunteering("")), nobody)},
      {"put_volunteering", "person_erased", put(at, plain(volunteering("")), erased_person, 2)},
      {"put_volunteering", "place_unclear",
       put(at, plain(volunteering(R"(,"venue":"ve_1","organisation":"or_1")")))},
      {"put_volunteering", "no_such_venue", put(at, plain(volunteering(R"(,"venue":"ve_1")")))},
      {"put_volunteering", "venue_ended",
       put(at, [](Stage& stage) { return volunteering(R"(,"venue":")" + ended_venue(stage) + '"'); })},
      {"put_volunteering", "no_such_organisation", put(at, plain(volunteering(R"(,"organisation":"or_1")")))},
      {"put_volunteering", "organisation_ended",
       put(at,
           [](Stage& stage) { return volunteering(R"(,"organisation":")" + ended_branch(stage) + '"'); })},
      {"put_volunteering", "invalid_register_number",
       put(at, plain(volunteering(R"(,"register_number":"31-01-15")")))},
      {"put_volunteering", "day_to_come", put(at, plain(volunteering(R"(,"since":"2030-01-01")")))},
      {"find_volunteers", "place_unclear", find(why)},
      {"find_volunteers", "no_such_venue", find(R"({"venue":"ve_1","purpose":"p"})")},
      {"find_volunteers", "no_such_organisation", find(R"({"organisation":"or_1","purpose":"p"})")},
      {"find_volunteers", "purpose_missing",
       [](Stage& stage) {
         return stage.post("officer1", "/api/volunteers/find",
                           R"({"venue":")" + stage.town.venue + R"(","purpose":" "})");
       }},
      {"put_membership", "no_such_person", put(in, plain(membership("or_1")), nobody)},
      {"put_membership", "person_erased", put(in, plain(membership("or_1")), erased_person, 2)},
      {"put_membership", "no_such_organisation", put(in, plain(membership("or_1")))},
      {"put_membership", "membership_needs_branch",
       put(in, [](Stage& stage) { return membership(stage.town.organisation); })},
      {"put_membership", "organisation_ended",
       put(in, [](Stage& stage) { return membership(ended_branch(stage)); })},
      {"put_membership", "day_to_come",
       put(in, [](Stage& stage) { return membership(stage.branch(), R"(,"joined_on":"2030-01-01")"); })},
      {"look_at_membership", "no_such_person", look(nobody, why)},
      {"look_at_membership", "purpose_missing", look([](Stage& stage) { return stage.person(); }, no_why)},
      {"look_at_membership", "person_erased", look(erased_person, why)},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_affiliations(Stage& stage, const std::string& person) {
  const auto path = "/api/people/" + person;
  const auto put = [&](const std::string& what, const std::string& body, std::int64_t version) {
    const auto answer = stage.send("officer1", "PUT", path + what, body, if_match(version));
    EXPECT_EQ(answer.status, 200) << what << ' ' << answer.problem();
  };
  put("/volunteering", volunteering(R"(,"since":"2020-01-01","venue":")" + stage.town.venue + '"'), 1);
  put("/membership", membership(stage.branch(), R"(,"joined_on":"1999-07-01")"), 2);
  const auto found = stage.post("officer1", "/api/volunteers/find",
                                R"({"venue":")" + stage.town.venue + R"(","purpose":"p"})");
  EXPECT_EQ(found.status, 200) << found.problem();
  EXPECT_EQ(stage.post("officer1", path + "/membership/look", why).status, 200);
}

}  // namespace doorstep::testing
