// What is done at posts, each in its worst case.
#include "contract/costs.hpp"

namespace doorstep::testing {

// A post changes hands in the midst of an absence and a slip.
void play_posts(Stage& stage) {
  const auto post = [&](const std::string& who, const std::string& path, const std::string& body = "",
                        const Sent& more = {}) {
    const auto answer = stage.post(who, path, body, more);
    EXPECT_LT(answer.status, 300) << path << ' ' << answer.problem();
    return answer;
  };
  const auto id = stage.post_held_by("officer1"), path = "/api/posts/" + id;
  const auto named = [&](const char* who) { return '"' + stage.staff(who) + '"'; };
  stage.get("officer1", "/api/venues/" + stage.town.venue + "/posts");
  stage.get("officer1", "/api/venues/" + stage.town.venue + "/roster");
  post("manager", path + "/roster", R"({"day":"2026-11-25","staff":)" + named("officer3") + "}");
  const auto of_one = R"("staff":)" + named("officer1") +
                      R"(,"from":"2026-11-25","until":"2026-11-25","third":)" + named("officer2");
  stage.get("manager", "/api/absences?staff=" + stage.staff("officer1"));
  stage.get("manager", "/api/absences/gaps?from=2026-11-25&until=2026-11-25&staff=" +
                           stage.staff("officer1") + "&third=" + stage.staff("officer2"));
  const auto away = post("manager", "/api/absences", R"({"kind":"planned",)" + of_one + "}");
  post("manager", "/api/absences/" + away.text("absence.id") + "/end", "{}", if_match(1));
  const auto first = stage.slip("officer1", id, "officer2"), second = stage.slip("officer1", id, "officer2");
  stage.get("officer2", "/api/handovers");
  post("officer1", "/api/handovers/" + second + "/withdraw", "", if_match(1));
  post("officer2", "/api/handovers/" + first + "/take", "", if_match(1));
  post("officer2", "/api/handovers/" + first + "/report", R"({"report":"r"})", if_match(2));
  post("officer1", "/api/handovers/" + first + "/text");
  post("officer1", "/api/handovers/" + first + "/close", "", if_match(3));
  const auto renamed = stage.send("manager", "PATCH", path, "{}", if_match(2));
  EXPECT_EQ(renamed.status, 200) << renamed.problem();
  post("manager", path + "/holders", R"({"role":"b","staff":)" + named("officer2") + "}");
  post("manager", path + "/end", "", if_match(4));
}

}  // namespace doorstep::testing
