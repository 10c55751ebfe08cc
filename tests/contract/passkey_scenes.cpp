// Passkeys of staff.
#include "contract/scenes.hpp"
#include "testing/software_authenticator.hpp"

namespace doorstep::testing {

namespace {

const std::string own = "/api/session/passkeys";
const std::string password = R"("password":"window-and-door")";

std::string challenge_for(Stage& stage) {
  return stage.post("nobody", "/api/session/passkey/challenge").text("challenge");
}

Answer record(Stage& stage, const std::string& who, const SoftwareAuthenticator& key,
              const std::string& challenge) {
  return stage.post(who, own, R"({"name":"示例",)" + key.make(challenge).json() + "}");
}

Answer add(Stage& stage, SoftwareAuthenticator& key, const std::string& who = "officer1") {
  const auto begun = stage.post(who, own + "/challenge", "{" + password + "}");
  key.user = begun.text("user");
  return record(stage, who, key, begun.text("challenge"));
}

void add_ten(Stage& stage) {
  for (int i = 0; i < 10; ++i) {
    SoftwareAuthenticator key;
    EXPECT_EQ(add(stage, key).status, 201);
  }
}

How beginning(const std::string& body, int tries = 1) {
  return [=](Stage& stage) {
    Answer answer;
    for (int i = 0; i < tries; ++i) answer = stage.post("officer1", own + "/challenge", body);
    return answer;
  };
}

How beginning_with_step(const std::string& more) {
  return [=](Stage& stage) {
    switch_second_factor_on(stage);
    return stage.post("officer1", own + "/challenge", "{" + password + more + "}");
  };
}

}  // namespace

void add_passkey_scenes(std::vector<Scene>& scenes) {
  const std::string wrong_password = R"({"password":"not-the-word"})";
  const std::string invented = "AAAAAAAAAAAAAAAAAAAAAA";
  const std::vector<Scene> more{
      {"begin_passkey", "wrong_credentials", beginning(wrong_password)},
      {"begin_passkey", "too_many_attempts", beginning(wrong_password, 6)},
      {"begin_passkey", "second_factor_needed", beginning_with_step("")},
      {"begin_passkey", "wrong_second_factor", beginning_with_step(R"(,"code":"000000")")},
      {"begin_passkey", "too_many_passkeys",
       [](Stage& stage) {
         add_ten(stage);
         return stage.post("officer1", own + "/challenge", "{" + password + "}");
       }},
      {"record_passkey", "passkey_not_accepted",
       [](Stage& stage) {
         SoftwareAuthenticator key;
         key.user_verified = false;
         return add(stage, key);
       }},
      {"record_passkey", "passkey_challenge_gone",
       [=](Stage& stage) { return record(stage, "officer1", SoftwareAuthenticator{}, invented); }},
      {"record_passkey", "passkey_known",
       [](Stage& stage) {
         SoftwareAuthenticator key;
         add(stage, key, "officer2");
         return add(stage, key);
       }},
      {"record_passkey", "too_many_passkeys",
       [](Stage& stage) {
         const auto begun = stage.post("officer1", own + "/challenge", "{" + password + "}");
         add_ten(stage);
         return record(stage, "officer1", SoftwareAuthenticator{}, begun.text("challenge"));
       }},
      {"end_passkey", "no_such_passkey",
       [](Stage& stage) { return stage.post("officer1", own + "/pk_1/end"); }},
      {"sign_in_by_passkey", "passkey_not_accepted",
       [](Stage& stage) {
         SoftwareAuthenticator unknown;
         unknown.user = "x";
         return stage.post("nobody", "/api/session/passkey", unknown.sign(challenge_for(stage)).json());
       }},
      {"sign_in_by_passkey", "passkey_challenge_gone",
       [=](Stage& stage) {
         SoftwareAuthenticator key;
         add(stage, key);
         return stage.post("nobody", "/api/session/passkey", key.sign(invented).json());
       }},
      {"sign_in_by_passkey", "passkey_copied",
       [](Stage& stage) {
         SoftwareAuthenticator key;
         add(stage, key);
         stage.post("nobody", "/api/session/passkey", key.sign(challenge_for(stage)).json());
         key.count = 0;
         auto browser = stage.town.somewhere();
         return stage.town.call(browser, "POST", "/api/session/passkey",
                                key.sign(challenge_for(stage)).json());
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
