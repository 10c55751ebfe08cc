// Residents, by the city's account.
#include "contract/scenes.hpp"

namespace doorstep::testing {

namespace {

const std::string session = "/api/my/city/session";
const std::string number = R"({"name":"示例","last_four":"0028")";

// Somebody comes back from the provider, with whom something is wrong.
How coming_back(const std::function<void(Stage&, CameBack&)>& spoil) {
  return [=](Stage& stage) {
    auto browser = stage.town.somewhere();
    auto back = stage.town.come_back_from_city(browser, "somebody");
    spoil(stage, back);
    return stage.town.call(browser, "POST", session, back.json());
  };
}

How claiming(const std::string& more) {
  return [=](Stage& stage) {
    auto browser = stage.town.sign_in_by_city("somebody");
    return stage.town.call(browser, "POST", "/api/my/people", number + more + "}");
  };
}

}  // namespace

void add_city_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"begin_city_sign_in", "city_account_away",
       [](Stage& stage) {
         stage.town.city().away = true;
         return stage.post("nobody", "/api/my/city", "{}");
       }},
      {"sign_in_by_city_account", "city_account_away",
       coming_back([](Stage& stage, CameBack&) { stage.town.city().away = true; })},
      {"sign_in_by_city_account", "city_account_unfit",
       coming_back([](Stage&, CameBack& back) { back.code = "of nobody"; })},
      {"sign_in_by_city_account", "city_sign_in_gone",
       coming_back([](Stage& stage, CameBack&) { stage.town.pass(std::chrono::minutes{10}); })},
      {"record_self", "phone_needed", claiming("")},
      {"record_self", "invalid_phone", claiming(R"(,"phone":"call me","code":"1")")},
      {"record_self", "wrong_code", claiming(R"(,"phone":"13900000001","code":"000000")")},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
