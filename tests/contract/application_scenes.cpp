// Asking for something from a phone: how each refusal comes about, and what it asks at most.
#include <boost/json/serialize.hpp>

#include "cases/apply.hpp"
#include "contract/costs.hpp"
#include "contract/scenes.hpp"
#include "testing/application_fixture.hpp"

namespace doorstep::testing {

namespace {

std::string application(const std::string& venue, const std::string& answers) {
  return R"({"venue":")" + venue + R"(","applicant":{"name":"示例","phone":"13900000000"},"answers":)" +
         answers + "}";
}

How applying(const std::string& answers, const std::string& matter = "moving") {
  return [=](Stage& stage) {
    stage.town.write([](Transaction& tx, Instant at) { put_matter(tx, moving(), at); });
    return stage.post("nobody", "/api/matters/" + matter + "/cases", application(stage.town.venue, answers));
  };
}

How finding(const std::string& what) {
  return [=](Stage& stage) {
    return stage.post("officer1", "/api/desk/cases/find",
                      R"({"venue":")" + stage.town.venue + R"(",)" + what + "}");
  };
}

constexpr const char* from_near = R"({"from":"near"})";

}  // namespace

void add_application_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"apply_for_matter", "no_such_matter", applying("{}", "wedding")},
      {"apply_for_matter", "no_such_venue",
       [](Stage& stage) {
         return stage.post("nobody", "/api/matters/transfer/cases", application("ve_9999", "{}"));
       }},
      {"apply_for_matter", "unknown_answer", applying(R"({"from":"moon"})")},
      {"apply_for_matter", "answer_missing", applying("{}")},
      {"apply_for_matter", "too_many_applications",
       [](Stage& stage) {
         Browser browser;
         const auto apply = [&] {
           return stage.town.call(browser, "POST", "/api/matters/transfer/cases",
                                  application(stage.town.venue, "{}"));
         };
         for (int i = 0; i < cases::applications_max; ++i) EXPECT_EQ(apply().problem(), "");
         return apply();
       }},
      {"apply_for_matter", "nobody_answers",
       [](Stage& stage) {
         stage.town.write([](Transaction& tx, Instant at) {
           tx.run("update grants set until_at = :at where role in ('centre_manager', 'administrator')",
                  {{"at", at}});
         });
         return applying(from_near)(stage);
       }},
      {"look_at_answers", "no_such_case",
       [](Stage& stage) {
         return stage.post("officer1", "/api/desk/cases/cs_9999/answers", R"({"purpose":"p"})");
       }},
      {"look_at_answers", "purpose_missing",
       [](Stage& stage) {
         const auto taken_in = stage.take_in("officer1", 1);
         return stage.post("officer1", Stage::case_path(taken_in, "/answers"), R"({"purpose":" "})");
       }},
      {"look_at_answers", "no_answers",
       [](Stage& stage) {
         const auto taken_in = stage.take_in("officer1", 1);
         return stage.post("officer1", Stage::case_path(taken_in, "/answers"), R"({"purpose":"p"})");
       }},
      {"find_case_by_number", "no_such_case",
       [](Stage& stage) { return stage.get("officer1", "/api/desk/case-numbers/9999"); }},
      {"find_cases_of_applicant", "purpose_missing", finding(R"("phone":"13900000000","purpose":" ")")},
      {"find_cases_of_applicant", "search_unclear", finding(R"("purpose":"p")")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_applications(Stage& stage) {
  stage.town.write([](Transaction& tx, Instant at) { put_matter(tx, moving(), at); });
  auto browser = stage.town.sign_in_resident("13900000033");
  const auto ask = [&](const std::string& matter, const std::string& venue, const std::string& answers) {
    const auto sent =
        stage.town.call(browser, "POST", "/api/matters/" + matter + "/cases", application(venue, answers));
    EXPECT_EQ(sent.status, 201) << sent.problem();
  };
  ask("transfer", stage.town.venue, "{}");
  // The browser is known by now, nobody holds the station's post, and a manager is looked for.
  const auto station =
      stage
          .post("admin", "/api/venues",
                R"({"kind":"station","organisation":")" + stage.town.organisation +
                    R"(","name":{"zh":"站","en":"S"},"address":{"zh":"示例路","en":"Sample Road"}})")
          .text("id");
  const auto post =
      stage.post("admin", "/api/venues/" + station + "/posts", R"({"name":{"zh":"岗","en":"Post"}})");
  EXPECT_EQ(post.status, 201) << post.problem();
  ask("moving", station, from_near);
  ask("moving", stage.town.venue, from_near);
  const auto own = stage.town.call(browser, "GET", "/api/my/cases?limit=1");
  stage.town.call(browser, "GET", "/api/my/cases?cursor=" + own.text("next"));
  stage.get("officer1", "/api/desk/work?as=first_contact");
  EXPECT_EQ(finding(R"("name":"示例","purpose":"p")")(stage).problem(), "");
  const auto listed = stage.get("manager", "/api/desk/cases?limit=1&venue=" + stage.town.venue);
  const auto id = std::string{listed.at("items").at(0).at("id").as_string()};
  const auto seen = stage.post("manager", "/api/desk/cases/" + id + "/answers", R"({"purpose":"p"})");
  EXPECT_EQ(seen.status, 200) << seen.problem();
  EXPECT_EQ(stage.get("manager", "/api/desk/case-numbers/1").problem(), "");
}

}  // namespace doorstep::testing
