// What the people of a case do with it, each in its worst case.
#include "contract/costs.hpp"

namespace doorstep::testing {

void leave_somebody_away(Stage& stage) {
  const auto held = stage.post_held_by("officer1");
  const auto b = stage.post("manager", "/api/posts/" + held + "/holders",
                            R"({"role":"b","staff":")" + stage.staff("officer3") + "\"}");
  EXPECT_EQ(b.status, 200) << b.problem();
  const auto away = stage.post("officer1", "/api/absences",
                               R"({"kind":"sudden","from":"2026-11-24","until":"2026-11-24"})");
  EXPECT_EQ(away.status, 201) << away.problem();
}

}  // namespace doorstep::testing
