// Posts, rosters, absences and handover slips.
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

// At a post held by officer1, whose B role is officer2's; `{post}` in the path and `{officer1}` in the body
// are filled in.
How at_post(const std::string& who, const std::string& method, const std::string& path, std::string body,
            const std::function<void(Stage&, const std::string& post)>& before = {},
            std::int64_t version = 2) {
  return [=](Stage& stage) {
    const auto post = stage.post_held_by("officer1");
    if (before) before(stage, post);
    auto full = path;
    if (const auto at = full.find("{post}"); at != std::string::npos) full.replace(at, 6, post);
    auto filled = body;
    for (const auto* name : {"officer1", "officer2", "greeter"}) {
      const auto part = "{" + std::string{name} + "}";
      if (const auto at = filled.find(part); at != std::string::npos)
        filled.replace(at, part.size(), stage.staff(name));
    }
    return stage.send(who, method, full, filled, if_match(version));
  };
}

void end_post(Stage& stage, const std::string& post) {
  EXPECT_EQ(stage.post("manager", "/api/posts/" + post + "/end", "", if_match(2)).problem(), "");
}

How manage(const std::string& rest, const std::string& body, bool ended = false,
           const std::string& method = "POST") {
  return at_post("manager", method, "/api/posts/{post}" + rest, body,
                 ended ? end_post : std::function<void(Stage&, const std::string&)>{}, ended ? 3 : 2);
}
How manage_none(const std::string& rest, const std::string& body, const std::string& method = "POST") {
  return at_post("manager", method, "/api/posts/po_1" + rest, body);
}

How away(const std::string& body, const std::string& before = "") {
  return at_post("officer1", "POST", "/api/absences", body, [=](Stage& stage, const std::string&) {
    if (!before.empty()) stage.post("officer1", "/api/absences", before);
  });
}

// A slip for officer2, which was withdrawn.
How with_slip(const std::string& who, const std::string& what, const std::string& body = "") {
  return [=](Stage& stage) {
    const auto slip = stage.slip("officer1", stage.post_held_by("officer1"), "officer2");
    stage.post("officer1", "/api/handovers/" + slip + "/withdraw", "", if_match(1));
    return stage.post(who, "/api/handovers/" + slip + what, body, if_match(2));
  };
}
How with_no_slip(const std::string& what, const std::string& body = "") {
  return at_post("officer2", "POST", "/api/handovers/ho_1" + what, body);
}

How at_no_venue(const std::string& method, const std::string& rest, const std::string& body = "") {
  return [=](Stage& stage) { return stage.send("manager", method, "/api/venues/ve_1" + rest, body); };
}

void add_posts(std::vector<Scene>& scenes) {
  const std::string named = R"({"name":{"zh":"示例","en":"Sample"}})";
  const std::string vacant = R"({"role":"b","staff":null})";
  const std::vector<Scene> more{
      {"list_posts", "no_such_venue", at_no_venue("GET", "/posts")},
      {"record_post", "no_such_venue", at_no_venue("POST", "/posts", named)},
      {"record_post", "venue_ended",
       [named](Stage& stage) {
         stage.town.write(
             [](Transaction& tx, Instant at) { tx.run("update venues set ended_at = :at", {{"at", at}}); });
         return stage.post("manager", "/api/venues/" + stage.town.venue + "/posts", named);
       }},
      {"edit_post", "no_such_post", manage_none("", "{}", "PATCH")},
      {"edit_post", "post_ended", manage("", "{}", true, "PATCH")},
      {"end_post", "no_such_post", manage_none("/end", "")},
      {"end_post", "post_ended", manage("/end", "", true)},
      {"end_post", "post_in_use",
       at_post("manager", "POST", "/api/posts/{post}/end", "",
               [](Stage& stage, const std::string& post) { stage.slip("officer1", post, "officer2"); })},
      {"appoint_to_post", "no_such_post", manage_none("/holders", vacant)},
      {"appoint_to_post", "post_ended", manage("/holders", vacant, true)},
      {"appoint_to_post", "day_has_passed",
       manage("/holders", R"({"role":"b","staff":null,"from":"2026-11-23"})")},
      {"appoint_to_post", "no_such_staff", manage("/holders", R"({"role":"b","staff":"st_1"})")},
      {"appoint_to_post", "has_the_other_role", manage("/holders", R"({"role":"b","staff":"{officer1}"})")},
      {"list_roster", "no_such_venue", at_no_venue("GET", "/roster")},
      {"put_roster", "no_such_post", manage_none("/roster", R"({"day":"2026-11-25","staff":null})")},
      {"put_roster", "post_ended", manage("/roster", R"({"day":"2026-11-25","staff":null})", true)},
      {"put_roster", "day_has_passed", manage("/roster", R"({"day":"2026-11-23","staff":null})")},
      {"put_roster", "no_such_staff", manage("/roster", R"({"day":"2026-11-25","staff":"st_1"})")},
      {"put_roster", "away_that_day",
       at_post("manager", "POST", "/api/posts/{post}/roster", R"({"day":"2026-11-24","staff":"{officer1}"})",
               [](Stage& stage, const std::string&) {
                 stage.post("officer1", "/api/absences",
                            R"({"kind":"sudden","from":"2026-11-24","until":"2026-11-24"})");
               })},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_absences(std::vector<Scene>& scenes) {
  const std::string day = R"({"kind":"planned","from":"2026-11-25","until":"2026-11-25"})";
  const std::string sudden = R"({"kind":"sudden","from":"2026-11-24","until":"2026-11-24"})";
  const auto gaps = [](const std::string& terms) {
    return at_post("officer1", "GET", "/api/absences/gaps?" + terms, "");
  };
  const auto end = [](const std::string& body, const std::string& id) {
    return [=](Stage& stage) {
      const auto made = stage.absence_of("officer1");
      return stage.post("officer1", "/api/absences/" + (id.empty() ? made : id) + "/end", body, if_match(1));
    };
  };
  const std::vector<Scene> more{
      {"find_gaps", "period_empty", gaps("from=2026-11-25&until=2026-11-24")},
      {"find_gaps", "absence_too_long", gaps("from=2026-11-25&until=2028-11-24")},
      {"find_gaps", "no_such_staff", gaps("from=2026-11-25&until=2026-11-25&third=st_1")},
      {"record_absence", "no_such_staff",
       away(R"({"kind":"planned","from":"2026-11-25","until":"2026-11-25","third":"{officer1}"})")},
      {"record_absence", "period_empty",
       away(R"({"kind":"planned","from":"2026-11-25","until":"2026-11-24"})")},
      {"record_absence", "absence_too_long",
       away(R"({"kind":"planned","from":"2026-11-25","until":"2028-11-24"})")},
      {"record_absence", "day_has_passed",
       away(R"({"kind":"planned","from":"2026-11-23","until":"2026-11-24"})")},
      {"record_absence", "sudden_is_today",
       away(R"({"kind":"sudden","from":"2026-11-25","until":"2026-11-25"})")},
      {"record_absence", "away_already", away(sudden, sudden)},
      {"record_absence", "post_would_be_empty", away(day)},
      {"end_absence", "no_such_absence", end("{}", "ab_1")},
      {"end_absence", "day_has_passed", end(R"({"back_on":"2026-11-23"})", "")},
      {"end_absence", "absence_over", end(R"({"back_on":"2027-11-23"})", "")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_handovers(std::vector<Scene>& scenes) {
  const std::string slip = R"({"to":"{officer2}","note":"示例"})";
  const std::string report = R"({"report":"示例"})";
  const std::vector<Scene> more{
      {"write_handover", "no_such_post", at_post("officer1", "POST", "/api/posts/po_1/handovers", slip)},
      {"write_handover", "post_ended",
       at_post("manager", "POST", "/api/posts/{post}/handovers", slip, end_post)},
      {"write_handover", "no_such_staff",
       at_post("officer1", "POST", "/api/posts/{post}/handovers", R"({"to":"{officer1}","note":"示例"})")},
      {"look_at_handover", "no_such_handover", with_no_slip("/text")},
      {"take_handover", "no_such_handover", with_no_slip("/take")},
      {"take_handover", "handover_elsewhere", with_slip("officer2", "/take")},
      {"report_handover", "no_such_handover", with_no_slip("/report", report)},
      {"report_handover", "handover_elsewhere", with_slip("officer2", "/report", report)},
      {"close_handover", "no_such_handover", with_no_slip("/close")},
      {"close_handover", "handover_elsewhere", with_slip("officer1", "/close")},
      {"withdraw_handover", "no_such_handover", with_no_slip("/withdraw")},
      {"withdraw_handover", "handover_elsewhere", with_slip("officer1", "/withdraw")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace

void add_post_scenes(std::vector<Scene>& scenes) {
  add_posts(scenes);
  add_absences(scenes);
  add_handovers(scenes);
}

}  // namespace doorstep::testing
