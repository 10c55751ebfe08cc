// Somebody of whom all is known takes it along: a record that was merged into theirs, and a mandate.
#include "contract/costs.hpp"

namespace doorstep::testing {

void play_export(Stage& stage) {
  const auto* phone = "13900000061";
  const auto person = stage.person(R"({"name":"示例 甲","identity_number":"000000194803070087"})");
  const auto other = stage.person(), agent = stage.person();
  EXPECT_EQ(stage.link_phone(person, phone).status, 204);
  const auto merged =
      stage.post("officer1", "/api/people/" + other + "/merge",
                 R"({"into":")" + person + R"(","into_version":1,"reason":"other"})", if_match(1));
  EXPECT_EQ(merged.status, 200) << merged.problem();
  const auto given =
      stage.post("officer1", "/api/people/" + person + "/mandates",
                 R"({"agent":")" + agent + R"(","consent":"in_person","until":"2027-06-30T00:00:00Z"})");
  EXPECT_EQ(given.status, 201) << given.problem();
  auto resident = stage.town.sign_in_resident(phone);
  const auto all = stage.town.call(resident, "POST", "/api/my/people/" + person + "/export");
  EXPECT_EQ(all.at("mandates").as_array().size(), 1U) << all.problem();
  EXPECT_EQ(all.at("merged").as_array().size(), 1U);
}

}  // namespace doorstep::testing
