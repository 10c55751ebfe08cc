// Somebody signs in by the city's account, and claims a record with the phone on it.
#include "contract/costs.hpp"
#include "identity/resident.hpp"

namespace doorstep::testing {

void play_city_accounts(Stage& stage) {
  auto& town = stage.town;
  const std::string phone = "13900000031";
  const auto known =
      stage.person(R"({"name":"示例 丙","phone":")" + phone + R"(","identity_number":"000000195005050051"})");
  stage.get("nobody", "/api/my/city");
  auto browser = town.sign_in_by_city("somebody");
  const std::string said = R"({"name":"示例 丙","last_four":"0051","phone":")" + phone + R"(","code":")";
  const auto wrong = town.call(browser, "POST", "/api/my/people", said + "1\"}");
  EXPECT_EQ(wrong.problem(), "wrong_code");
  town.pass(identity::between_codes);
  const auto claimed = town.call(browser, "POST", "/api/my/people", said + town.new_code_for(phone) + "\"}");
  EXPECT_EQ(claimed.text("id"), known);
}

}  // namespace doorstep::testing
