// What happens around taking in a case: papers, notices, endings.
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

struct Press {
  std::string rest, body = {}, who = "officer1";
};

// officer1 takes in a case, presses what is to be pressed before, and then the last of them is pressed.
How pressing(const std::vector<Press>& presses) {
  return [=](Stage& stage) {
    const auto id = stage.relief_case();
    Answer answer;
    for (const auto& press : presses) answer = stage.act(press.who, id, press.rest, press.body);
    return answer;
  };
}

How on_no_case(const Press& press) {
  return [=](Stage& stage) { return stage.act(press.who, "cs_1", press.rest, press.body); };
}

Press by(const std::string& who, Press press) {
  press.who = who;
  return press;
}

Press step(const std::string& to) { return {"/advance", Stage::step(to)}; }

const Press receive{"/materials", R"({"material":"card"})"};
const Press take_back{"/materials/take-back", R"({"material":"card"})"};
const Press tell{"/notices", R"({"materials":["card"],"others":[]})"};
const Press follow{"/follow", R"({"material":"bank","signed_by":"示例 王秀英"})"};
const Press declare{"/declaration", R"({"signed_by":"示例 王秀英"})"};
const Press withdraw{"/withdraw"};
const Press reopen{"/reopen", R"({"reason":"示例"})"};

void add_paper_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"receive_material", "no_such_case", on_no_case(receive)},
      {"receive_material", "case_over", pressing({withdraw, receive})},
      {"receive_material", "unknown_material", pressing({{"/materials", R"({"material":"moon"})"}})},
      {"receive_material", "material_received", pressing({receive, receive})},
      {"take_back_material", "no_such_case", on_no_case(take_back)},
      {"take_back_material", "case_over", pressing({receive, withdraw, take_back})},
      {"take_back_material", "material_not_received", pressing({take_back})},
      {"take_back_material", "mark_not_yours", pressing({by("officer2", receive), take_back})},
      {"take_back_material", "mark_too_old",
       [](Stage& stage) {
         const auto id = stage.relief_case();
         EXPECT_EQ(stage.act("officer1", id, receive.rest, receive.body).problem(), "");
         stage.town.pass(std::chrono::hours{24});
         for (const auto* who : {"officer1", "manager"}) stage.forget(who);
         return stage.act("officer1", id, take_back.rest, take_back.body);
       }},
      {"tell_missing", "no_such_case", on_no_case(tell)},
      {"tell_missing", "not_your_case", pressing({by("officer2", tell)})},
      {"tell_missing", "case_over", pressing({withdraw, tell})},
      {"tell_missing", "nothing_missing", pressing({{"/notices", R"({"materials":[],"others":[]})"}})},
      {"tell_missing", "unknown_material", pressing({{"/notices", R"({"materials":["moon"],"others":[]})"}})},
      {"tell_missing", "material_received", pressing({receive, tell})},
      {"tell_missing", "told_already", pressing({tell, tell})},
      {"tell_missing", "cannot_wait_here", pressing({step("check"), step("decided"), tell})},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

Press follow_of(const std::string& material) {
  return {"/follow", R"({"material":")" + material + R"(","signed_by":"示例"})"};
}

void add_follow_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"let_follow", "no_such_case", on_no_case(follow)},
      {"let_follow", "not_your_case", pressing({by("officer2", follow)})},
      {"let_follow", "case_over", pressing({withdraw, follow})},
      {"let_follow", "unknown_material", pressing({follow_of("moon")})},
      {"let_follow", "material_received", pressing({receive, follow_of("card")})},
      {"let_follow", "follows_already", pressing({follow, follow})},
      {"let_follow", "never_follows", pressing({follow_of("letter")})},
      {"advance_case", "papers_to_follow", pressing({follow, step("check"), step("done")})},
      {"sign_declaration", "no_such_case", on_no_case(declare)},
      {"sign_declaration", "not_your_case", pressing({by("officer2", declare)})},
      {"sign_declaration", "case_over", pressing({withdraw, declare})},
      {"sign_declaration", "declared_already", pressing({declare, declare})},
      {"sign_declaration", "no_declaration",
       [](Stage& stage) {
         const auto transfer = stage.take_in("officer1", 1);
         return stage.post("officer1", Stage::case_path(transfer, declare.rest), declare.body, if_match(1));
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

const Press open_child{"/children", R"({"matter":"transfer"})"};

// The child of a case, on which `then` is pressed; what it belongs to is pressed on before.
How on_child(const std::vector<Press>& on_parent, const std::vector<Press>& then) {
  return [=](Stage& stage) {
    const auto id = stage.relief_case();
    const auto child = stage.act("officer1", id, open_child.rest, open_child.body).text("id");
    Answer answer;
    for (const auto& press : then) {
      if (&press == &then.back()) {
        for (const auto& before : on_parent)
          EXPECT_EQ(stage.act("officer1", id, before.rest, before.body).problem(), "");
      }
      answer = stage.act("officer1", child, press.rest, press.body);
    }
    return answer;
  };
}

void add_child_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"open_child_case", "no_such_case", on_no_case(open_child)},
      {"open_child_case", "not_your_case", pressing({by("officer2", open_child)})},
      {"open_child_case", "case_over", pressing({withdraw, open_child})},
      {"open_child_case", "no_such_matter", pressing({{"/children", R"({"matter":"moon"})"}})},
      {"open_child_case", "child_of_a_child", on_child({}, {open_child})},
      {"open_child_case", "too_many_children", pressing(std::vector<Press>(11, open_child))},
      {"advance_case", "child_running", pressing({open_child, step("check"), step("done")})},
      {"reopen_case", "parent_over", on_child({step("check"), step("done")}, {withdraw, reopen})},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

const Press by_post{"/result", R"({"way":"post"})"};
const Press nowhere{"/result", R"({"way":"station"})"};
const Press at_no_venue{"/result", R"({"way":"station","venue":"ve_9999"})"};
const Press hand_out{"/result/handed-out", R"({"taken_by":"applicant","taker":"示例"})"};

// The same by the token, after what was pressed before.
How with_token(const std::vector<Press>& before, const Press& press) {
  return [=](Stage& stage) {
    const auto id = stage.relief_case();
    for (const auto& each : before)
      EXPECT_EQ(stage.act("officer1", id, each.rest, each.body).problem(), "") << each.rest;
    const auto token = stage.get("officer1", "/api/desk/cases/" + id).text("token");
    return stage.post("nobody", "/api/cases/" + token + press.rest, press.body);
  };
}

void add_result_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"choose_result_way", "no_such_case", on_no_case(by_post)},
      {"choose_result_way", "no_result", pressing({withdraw, by_post})},
      {"choose_result_way", "result_handed_out", pressing({step("check"), step("done"), hand_out, by_post})},
      {"choose_result_way", "station_unclear", pressing({nowhere})},
      {"choose_result_way", "no_such_venue", pressing({at_no_venue})},
      {"choose_own_result_way", "no_such_case",
       [](Stage& stage) { return stage.post("nobody", "/api/cases/nothing/result", by_post.body); }},
      {"choose_own_result_way", "no_result", with_token({withdraw}, by_post)},
      {"choose_own_result_way", "result_handed_out",
       with_token({step("check"), step("done"), hand_out}, by_post)},
      {"choose_own_result_way", "station_unclear", with_token({}, nowhere)},
      {"choose_own_result_way", "no_such_venue", with_token({}, at_no_venue)},
      {"hand_out_result", "no_such_case", on_no_case(hand_out)},
      {"hand_out_result", "no_result", pressing({hand_out})},
      {"hand_out_result", "result_handed_out", pressing({step("check"), step("done"), hand_out, hand_out})},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void add_ending_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"advance_case", "refusal_needs_reason", pressing({{"/advance", R"({"to":"refused"})"}})},
      {"advance_case", "refusal_not_asked",
       pressing({{"/advance", R"({"to":"check","refusal":{"refusal":"not_here"}})"}})},
      {"note_case", "no_such_case", on_no_case({"/notes", R"({"note":"示例"})"})},
      {"read_receipt", "no_such_case",
       [](Stage& stage) { return stage.get("officer1", "/api/desk/cases/cs_1/receipt"); }},
      {"read_own_receipt", "no_such_case",
       [](Stage& stage) { return stage.get("nobody", "/api/cases/nothing/receipt"); }},
      {"withdraw_case", "no_such_case", on_no_case(withdraw)},
      {"withdraw_case", "case_over", pressing({withdraw, withdraw})},
      {"withdraw_own_case", "no_such_case",
       [](Stage& stage) { return stage.post("nobody", "/api/cases/nothing/withdraw"); }},
      {"withdraw_own_case", "case_over", with_token({withdraw}, withdraw)},
      {"reopen_case", "no_such_case", on_no_case(reopen)},
      {"reopen_case", "not_your_case", pressing({withdraw, by("officer2", reopen)})},
      {"reopen_case", "case_running", pressing({reopen})},
      {"reopen_case", "too_late_to_reopen",
       [](Stage& stage) {
         const auto id = stage.relief_case();
         EXPECT_EQ(stage.act("officer1", id, withdraw.rest).problem(), "");
         stage.town.pass(std::chrono::hours{24 * 31});
         for (const auto* who : {"officer1", "manager"}) stage.forget(who);
         return stage.act("officer1", id, reopen.rest, reopen.body);
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace

void add_intake_scenes(std::vector<Scene>& scenes) {
  add_paper_scenes(scenes);
  add_follow_scenes(scenes);
  add_child_scenes(scenes);
  add_result_scenes(scenes);
  add_ending_scenes(scenes);
}

}  // namespace doorstep::testing
