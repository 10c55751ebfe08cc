// What stands beside the password of a member of staff.
#include "contract/scenes.hpp"
#include "testing/app_codes.hpp"

namespace doorstep::testing {

namespace {

const std::string own = "/api/session/second-factor";
const std::string password = R"("password":"window-and-door")";
const std::string wrong_password = R"({"password":"not-the-word")";

std::string sign_in_body(const std::string& more) {
  return R"({"username":"officer1",)" + password + more + "}";
}

// officer1 asks, and has a second step or has not.
How with_step(bool on, const std::string& path, const std::string& body, int tries = 1) {
  return [=](Stage& stage) {
    if (on) switch_second_factor_on(stage);
    Answer answer;
    for (int i = 0; i < tries; ++i) answer = stage.post("officer1", path, body);
    return answer;
  };
}

How signing_in(const std::string& more) {
  return [=](Stage& stage) {
    switch_second_factor_on(stage);
    return stage.post("nobody", "/api/session", sign_in_body(more));
  };
}

How of_staff(const std::string& username) {
  return [=](Stage& stage) {
    const auto staff = username.empty() ? "st_1" : stage.staff(username);
    return stage.post("admin", "/api/staff/" + staff + "/second-factor/end");
  };
}

}  // namespace

Answer switch_second_factor_on(Stage& stage) {
  const auto begun = stage.post("officer1", own, "{" + password + "}");
  const auto code = app_code(begun.text("secret"), stage.town.instant());
  auto confirmed = stage.post("officer1", own + "/confirm", R"({"code":")" + code + "\"}");
  EXPECT_EQ(confirmed.status, 200) << confirmed.problem();
  return confirmed;
}

void add_second_factor_scenes(std::vector<Scene>& scenes) {
  const std::string wrong_code = R"(,"code":"000000"})";
  const std::string some_code = R"({"code":"000000"})";
  const std::vector<Scene> more{
      {"sign_in", "second_factor_needed", signing_in("")},
      {"sign_in", "wrong_second_factor", signing_in(R"(,"code":"000000")")},
      {"begin_second_factor", "wrong_credentials", with_step(false, own, wrong_password + "}")},
      {"begin_second_factor", "too_many_attempts", with_step(false, own, wrong_password + "}", 6)},
      {"begin_second_factor", "second_factor_on", with_step(true, own, "{" + password + "}")},
      {"confirm_second_factor", "second_factor_not_begun", with_step(false, own + "/confirm", some_code)},
      {"confirm_second_factor", "second_factor_on", with_step(true, own + "/confirm", some_code)},
      {"confirm_second_factor", "wrong_second_factor",
       [=](Stage& stage) {
         stage.post("officer1", own, "{" + password + "}");
         return stage.post("officer1", own + "/confirm", some_code);
       }},
      {"end_second_factor", "wrong_credentials", with_step(true, own + "/end", wrong_password + wrong_code)},
      {"end_second_factor", "too_many_attempts",
       with_step(true, own + "/end", "{" + password + wrong_code, 6)},
      {"end_second_factor", "second_factor_off", with_step(false, own + "/end", "{" + password + wrong_code)},
      {"end_second_factor", "wrong_second_factor",
       with_step(true, own + "/end", "{" + password + wrong_code)},
      {"end_second_factor_of", "no_such_staff", of_staff("")},
      {"end_second_factor_of", "own_second_factor", of_staff("admin")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
