// What people thought of it: how each refusal comes about, and what it asks at most.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string no_rating = "/api/desk/ratings/ra_9999";

std::string rating_path(const Answer& taken_in) { return "/api/cases/" + taken_in.text("token") + "/rating"; }

// One that is over; advanced by one version.
Answer over(Stage& stage) {
  const auto taken_in = stage.take_in("officer2", 2);
  const auto ended =
      stage.post("officer2", Stage::case_path(taken_in, "/advance"), Stage::step("refused"), if_match(1));
  EXPECT_EQ(ended.status, 200) << ended.problem();
  stage.post("officer2", stage.window(2, "/finish"));
  return taken_in;
}

Answer rate(Stage& stage, const Answer& taken_in, const std::string& grade = "poor") {
  return stage.post("nobody", rating_path(taken_in), R"({"grade":")" + grade + R"(","remarks":["slow"]})");
}

std::string listed(Stage& stage) {
  const auto list = stage.get("manager", "/api/desk/ratings?venue=" + stage.town.venue);
  return "/api/desk/ratings/" + std::string{list.at("items").at(0).at("id").as_string()};
}

// A low one, at the state named by the number of steps from "open" on.
struct Followed {
  Answer taken_in;
  std::string path;
};
Followed followed(Stage& stage, int steps) {
  const auto taken_in = over(stage);
  EXPECT_EQ(rate(stage, taken_in).problem(), "");
  const auto path = listed(stage);
  if (steps > 0) {
    EXPECT_EQ(stage.post("manager", path + "/call-back", R"({"outcome":"示例"})", if_match(1)).problem(), "");
  }
  if (steps > 1) {
    EXPECT_EQ(stage.post("nobody", rating_path(taken_in) + "/appeal", R"({"words":"示例"})").problem(), "");
  }
  return {taken_in, path};
}

How about_none(const std::string& what, const std::string& body) {
  return [=](Stage& stage) { return stage.post("manager", no_rating + what, body, if_match(1)); };
}

constexpr const char* outcome = R"({"outcome":"示例"})";

}  // namespace

std::string Stage::rating() {
  return followed(*this, 0).path.substr(std::string{"/api/desk/ratings/"}.size());
}

void add_rating_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"rate_case", "no_such_case",
       [](Stage& stage) {
         return stage.post("nobody", "/api/cases/nonsense/rating", R"({"grade":"good","remarks":[]})");
       }},
      {"rate_case", "case_still_open",
       [](Stage& stage) { return rate(stage, stage.take_in("officer1", 1)); }},
      {"rate_case", "already_rated",
       [](Stage& stage) {
         const auto taken_in = over(stage);
         EXPECT_EQ(rate(stage, taken_in).problem(), "");
         return rate(stage, taken_in);
       }},
      {"read_rating", "no_such_case",
       [](Stage& stage) { return stage.get("nobody", "/api/cases/nonsense/rating"); }},
      {"appeal_rating", "no_such_case",
       [](Stage& stage) {
         return stage.post("nobody", "/api/cases/nonsense/rating/appeal", R"({"words":"示例"})");
       }},
      {"appeal_rating", "no_appeal_now",
       [](Stage& stage) {
         return stage.post("nobody", rating_path(over(stage)) + "/appeal", R"({"words":"示例"})");
       }},
      {"look_at_rating", "no_such_rating", about_none("/words", R"({"purpose":"p"})")},
      {"look_at_rating", "purpose_missing",
       [](Stage& stage) {
         return stage.post("manager", followed(stage, 0).path + "/words", R"({"purpose":" "})");
       }},
      {"record_call_back", "no_such_rating", about_none("/call-back", outcome)},
      {"record_call_back", "no_call_back_due",
       [](Stage& stage) {
         return stage.post("manager", followed(stage, 1).path + "/call-back", outcome, if_match(2));
       }},
      {"review_appeal", "no_such_rating", about_none("/review", outcome)},
      {"review_appeal", "no_appeal_now",
       [](Stage& stage) {
         return stage.post("director", followed(stage, 1).path + "/review", outcome, if_match(2));
       }},
      {"review_appeal", "somebody_else_reviews",
       [](Stage& stage) {
         return stage.post("manager", followed(stage, 2).path + "/review", outcome, if_match(3));
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_ratings(Stage& stage) {
  const auto [taken_in, path] = followed(stage, 2);
  stage.get("nobody", rating_path(taken_in));
  EXPECT_EQ(stage.post("director", path + "/review", outcome, if_match(3)).problem(), "");
  EXPECT_EQ(stage.post("manager", path + "/words", R"({"purpose":"p"})").problem(), "");
  stage.get("manager", "/api/desk/ratings?to_follow_up=true&venue=" + stage.town.venue);
  stage.get("manager", "/api/desk/ratings/counts?from=2026-11-01&until=2026-11-30&venue=" + stage.town.venue);
}

}  // namespace doorstep::testing
