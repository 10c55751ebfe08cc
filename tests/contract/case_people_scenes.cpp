// What refuses those who hand a case over.
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

}  // namespace

void add_case_people_scenes(std::vector<Scene>& scenes) { add_offers(scenes); }

}  // namespace doorstep::testing
