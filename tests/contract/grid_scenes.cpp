// Micro-grids: their areas and their heads.
#include "contract/costs.hpp"
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string square = R"([{"latitude":31.29,"longitude":121.3},{"latitude":31.29,"longitude":121.31},)"
                           R"({"latitude":31.3,"longitude":121.31},{"latitude":31.29,"longitude":121.3}])";
const std::string open_ring =
    R"([{"latitude":31.29,"longitude":121.3},{"latitude":31.29,"longitude":121.31},)"
    R"({"latitude":31.3,"longitude":121.31},{"latitude":31.3,"longitude":121.3}])";
const std::string wide_ring = R"([{"latitude":31,"longitude":121},{"latitude":31,"longitude":122},)"
                              R"({"latitude":31.01,"longitude":122},{"latitude":31,"longitude":121}])";
const std::string crossed_ring =
    R"([{"latitude":31.29,"longitude":121.3},{"latitude":31.3,"longitude":121.31},)"
    R"({"latitude":31.3,"longitude":121.3},{"latitude":31.29,"longitude":121.31},)"
    R"({"latitude":31.29,"longitude":121.3}])";

std::string grid(const std::string& organisation, const std::string& ring, const std::string& more = "") {
  return R"({"name":{"zh":"示例网格","en":"Sample"},"organisation":")" + organisation + R"(","ring":)" +
         ring + more + "}";
}

// "{officer}" is a member of staff who is no grid head.
std::string filled(Stage& stage, std::string text) {
  if (const auto at = text.find("{officer}"); at != std::string::npos)
    text.replace(at, 9, stage.staff("officer1"));
  return text;
}

How recording(const std::string& ring, const std::string& more = "") {
  return [=](Stage& stage) {
    return stage.post("admin", "/api/grids", filled(stage, grid(stage.town.organisation, ring, more)));
  };
}

How editing(const std::string& change) {
  return [=](Stage& stage) {
    return stage.send("admin", "PATCH", "/api/grids/" + stage.grid(), filled(stage, change), if_match(1));
  };
}

Answer end(Stage& stage, const std::string& id, std::int64_t version) {
  return stage.post("admin", "/api/grids/" + id + "/end", "", if_match(version));
}

}  // namespace

std::string Stage::grid() {
  const auto made = post("admin", "/api/grids", doorstep::testing::grid(town.organisation, square));
  EXPECT_EQ(made.status, 201) << made.problem();
  return made.text("id");
}

void add_grid_scenes(std::vector<Scene>& scenes) {
  const std::string nobody = R"("head":"st_1")", officer = R"("head":"{officer}")",
                    nowhere = R"("community":"9")";
  const std::vector<Scene> more{
      {"read_grid", "no_such_grid", [](Stage& stage) { return stage.get("nobody", "/api/grids/gd_1"); }},
      {"record_grid", "no_such_organisation",
       [](Stage& stage) { return stage.post("admin", "/api/grids", grid("or_1", square)); }},
      {"record_grid", "organisation_ended",
       [](Stage& stage) {
         const auto firm = stage.post("admin", "/api/organisations",
                                      R"({"kind":"firm","name":{"zh":"示例","en":"Sample"}})");
         stage.post("admin", "/api/organisations/" + firm.text("id") + "/end", "", if_match(1));
         return stage.post("admin", "/api/grids", grid(firm.text("id"), square));
       }},
      {"record_grid", "no_such_community", recording(square, "," + nowhere)},
      {"record_grid", "no_such_staff", recording(square, "," + nobody)},
      {"record_grid", "not_a_grid_head", recording(square, "," + officer)},
      {"record_grid", "ring_not_closed", recording(open_ring)},
      {"record_grid", "ring_too_wide", recording(wide_ring)},
      {"record_grid", "ring_crosses_itself", recording(crossed_ring)},
      {"edit_grid", "no_such_grid",
       [](Stage& stage) { return stage.send("admin", "PATCH", "/api/grids/gd_1", "{}", if_match(1)); }},
      {"edit_grid", "grid_ended",
       [](Stage& stage) {
         const auto id = stage.grid();
         end(stage, id, 1);
         return stage.send("admin", "PATCH", "/api/grids/" + id, "{}", if_match(2));
       }},
      {"edit_grid", "no_such_community", editing("{" + nowhere + "}")},
      {"edit_grid", "no_such_staff", editing("{" + nobody + "}")},
      {"edit_grid", "not_a_grid_head", editing("{" + officer + "}")},
      {"edit_grid", "ring_not_closed", editing(R"({"ring":)" + open_ring + "}")},
      {"edit_grid", "ring_too_wide", editing(R"({"ring":)" + wide_ring + "}")},
      {"edit_grid", "ring_crosses_itself", editing(R"({"ring":)" + crossed_ring + "}")},
      {"end_grid", "no_such_grid", [](Stage& stage) { return end(stage, "gd_1", 1); }},
      {"end_grid", "grid_ended",
       [](Stage& stage) {
         const auto id = stage.grid();
         end(stage, id, 1);
         return end(stage, id, 2);
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

void play_grids(Stage& stage) {
  const auto community = stage.community();
  const auto head = stage.staff("officer2");
  stage.post(
      "admin", "/api/grants",
      R"({"staff":")" + head + R"(","role":"grid_head","organisation":")" + stage.town.organisation + "\"}");
  const auto all = R"(,"community":")" + community + R"(","head":")" + head + '"';
  const auto made = stage.post("admin", "/api/grids", grid(stage.town.organisation, square, all));
  EXPECT_EQ(made.status, 201) << made.problem();
  const auto path = "/api/grids/" + made.text("id");
  const auto edited = stage.send("admin", "PATCH", path, R"({"ring":)" + square + all + "}", if_match(1));
  EXPECT_EQ(edited.status, 200) << edited.problem();
  stage.get("nobody", "/api/grids?words=x");
  stage.get("nobody", "/api/grids/areas");
  stage.get("nobody", path);
  EXPECT_EQ(
      stage.get("nobody", "/api/grids/at?latitude=31.295&longitude=121.309").at("items").as_array().size(),
      1U);
  EXPECT_EQ(end(stage, made.text("id"), 2).status, 200);
}

}  // namespace doorstep::testing
