// What happens around taking in a case, each in its worst case.
#include "cases/matter.hpp"
#include "contract/costs.hpp"
#include "testing/relief.hpp"

namespace doorstep::testing {

void play_intake(Stage& stage) {
  // A matter with as many papers as may be named at once.
  stage.town.write([](Transaction& tx, Instant at) {
    auto matter = relief();
    for (int i = 4; i < 50; ++i)
      matter.materials.push_back({"m" + std::to_string(i), {"料", "M"}, {"", ""}, false});
    cases::put_matter(tx, matter, at);
  });
  stage.serve("officer1", 1);
  const auto opened = stage.post("officer1", stage.window(1, "/cases"),
                                 R"({"matter":"relief","materials_received":[],"note":"n",)"
                                 R"("applicant":{"name":"A","phone":"123"}})");
  stage.post("officer1", stage.window(1, "/finish"));
  const auto id = opened.text("id");
  const auto act = [&](const std::string& rest, const std::string& body = "") {
    const auto answer = stage.act("officer1", id, rest, body);
    EXPECT_LT(answer.status, 300) << rest << ' ' << answer.problem();
    return answer;
  };
  EXPECT_EQ(stage.act("officer1", id, "/accept").problem(), "");
  act("/advance", Stage::step("check"));
  std::string all, others;
  for (int i = 0; i < 50; ++i) {
    const std::string named[] = {"form", "card", "bank", "letter"};
    all += (i == 0 ? "\"" : ",\"") + (i < 4 ? named[i] : "m" + std::to_string(i)) + '"';
  }
  for (int i = 0; i < 10; ++i) others += (i == 0 ? "\"" : ",\"") + ("o" + std::to_string(i)) + '"';
  const auto told = act("/notices", R"({"materials":[)" + all + R"(],"others":[)" + others + "]}");
  act("/notices", R"({"reason":"r","materials":[)" + all + R"(],"others":[)" + others + "]}");
  const auto waiting = stage.get("officer1", "/api/desk/cases/" + id);
  act("/children", R"({"matter":"relief"})");
  act("/declaration", R"({"signed_by":"s"})");
  for (const auto& material : waiting.at("materials").as_array())
    act("/materials", R"({"material":")" + std::string{material.at("key").as_string()} + "\"}");
  act("/materials/take-back", R"({"material":"card"})");
  make_late(stage, id);
  act("/withdraw");
  act("/reopen", R"({"reason":"r"})");
  act("/materials", R"({"material":"card"})");
  act("/materials/take-back", R"({"material":"bank"})");
  act("/notices", R"({"reason":"r","materials":["bank"],"others":[]})");
  act("/follow", R"({"material":"bank","signed_by":"s"})");  // with which nothing is missing any more
  act("/notes", R"({"note":"n"})");
  act("/advance", Stage::step("refused"));
  stage.get("officer1", "/api/desk/cases/" + id + "/receipt");
  stage.get("nobody", "/api/cases/" + told.text("token") + "/receipt");
  stage.get("officer1", "/api/desk/cases/" + id);
  stage.get("nobody", "/api/cases/" + told.text("token"));
  act("/reopen", R"({"reason":"r"})");
  const auto at_station = R"({"way":"station","venue":")" + stage.town.venue + "\"}";
  act("/result", at_station);
  EXPECT_EQ(stage.post("nobody", "/api/cases/" + told.text("token") + "/result", at_station).status, 204);
  // Late, and offered to somebody: an alarm and the offer end with it.
  make_late(stage, id);
  EXPECT_EQ(stage.act("officer1", id, "/offer", R"({"to":")" + stage.staff("officer2") + "\"}").problem(),
            "");
  const auto withdrawn = stage.post("nobody", "/api/cases/" + told.text("token") + "/withdraw");
  EXPECT_EQ(withdrawn.status, 204) << withdrawn.problem();
  act("/reopen", R"({"reason":"r"})");
  act("/materials", R"({"material":"bank"})");
  const auto child = stage.get("officer1", "/api/desk/cases/" + id).at("related").at(0).at("id");
  EXPECT_EQ(stage.act("officer1", std::string{child.as_string()}, "/withdraw").problem(), "");
  if (stage.get("officer1", "/api/desk/cases/" + id).text("step.key") != "check")
    act("/advance", Stage::step("check"));
  make_late(stage, id);
  act("/advance", Stage::step("done"));
  // All went by phone, and they come now, for the result: what the first trip was like is looked at, too.
  act("/result", R"({"way":"counter"})");
  never_came(stage, id);
  act("/result/handed-out", R"({"taken_by":"mandate","taker":"t"})");
}

}  // namespace doorstep::testing
