// Acting for somebody else.
#include "contract/scenes.hpp"
#include "identity/acting.hpp"
#include "identity/vault.hpp"

namespace doorstep::testing {

namespace {

// An invented identity number, of a place that does not exist.
const std::string with_number = R"({"name":"示例","identity_number":"000000194803070028"})";
const std::string phone = "13900000001";
const std::string next_year = R"("until":"2027-06-30T00:00:00Z")";

Answer give(Stage& stage, const std::string& person, const std::string& agent,
            const std::string& how = R"("consent":"in_person",)" + next_year) {
  return stage.post("officer1", "/api/people/" + person + "/mandates",
                    R"({"agent":")" + agent + "\"," + how + "}");
}

How giving(const std::string& how) {
  return [=](Stage& stage) { return give(stage, stage.person(), stage.person(), how); };
}

std::string erased(Stage& stage, const std::string& id) {
  stage.town.write([&](Transaction& tx, Instant at) {
    identity::erase_person(tx, identity::PersonId{*parse_id(identity::PersonTag::prefix, id)}, at);
  });
  return id;
}

// Somebody with a phone and an identity number, who is signed in.
struct Signed {
  Stage& stage;
  std::string person;
  Browser browser;

  explicit Signed(Stage& stage_, const std::string& body = with_number)
      : stage(stage_), person(stage.person(body)) {
    stage.link_phone(person, phone);
    browser = stage.town.sign_in_resident(phone);
  }
  Answer call(const std::string& method, const std::string& path, const std::string& body = "") {
    return stage.town.call(browser, method, "/api/my/people/" + path, body);
  }
  Answer offer(const std::string& to, const std::string& last_four, const std::string& until = next_year) {
    return call("POST", person + "/mandates",
                R"({"phone":")" + to + R"(","last_four":")" + last_four + "\"," + until + "}");
  }
  // From somebody else to them; its id.
  std::string offered_by(const std::string& giver) {
    const auto other = "13900000002";
    stage.link_phone(giver, other);
    auto theirs = stage.town.sign_in_resident(other);
    return stage.town
        .call(theirs, "POST", "/api/my/people/" + giver + "/mandates",
              R"({"phone":")" + phone + R"(","last_four":"0028",)" + next_year + "}")
        .text("id");
  }
  Answer accept(const std::string& mandate) {
    return call("POST", person + "/mandates/" + mandate + "/accept");
  }
};

How signed_in(const std::function<Answer(Signed&)>& how) {
  return [=](Stage& stage) {
    Signed self{stage};
    return how(self);
  };
}

How of_somebody_else(const std::string& method, const std::string& rest, const std::string& body = "") {
  return signed_in([=](Signed& self) { return self.call(method, "pe_1" + rest, body); });
}

const std::string an_offer = R"({"phone":"13900000002","last_four":"0028",)" + next_year + "}";

void add_window_scenes(std::vector<Scene>& scenes) {
  const std::vector<Scene> more{
      {"give_mandate", "no_such_person", [](Stage& stage) { return give(stage, stage.person(), "pe_1"); }},
      {"give_mandate", "person_erased",
       [](Stage& stage) { return give(stage, stage.person(), erased(stage, stage.person())); }},
      {"give_mandate", "period_empty", giving(R"("consent":"in_person","until":"2026-01-01T00:00:00Z")")},
      {"give_mandate", "mandate_too_long", giving(R"("consent":"in_person","until":"2036-01-01T00:00:00Z")")},
      {"give_mandate", "mandate_for_oneself",
       [](Stage& stage) {
         const auto person = stage.person();
         return give(stage, person, person);
       }},
      {"give_mandate", "mandate_known",
       [](Stage& stage) {
         const auto person = stage.person(), agent = stage.person();
         give(stage, person, agent);
         return give(stage, person, agent);
       }},
      {"give_mandate", "too_many_mandates",
       [](Stage& stage) {
         const auto person = stage.person();
         for (std::int64_t i = 0; i < identity::mandates_given_most; ++i) give(stage, person, stage.person());
         return give(stage, person, stage.person());
       }},
      {"give_mandate", "no_phone_on_record", giving(R"("consent":"code","code":"1",)" + next_year)},
      {"give_mandate", "wrong_code",
       [](Stage& stage) {
         return give(stage, stage.person(R"({"name":"示例","phone":"13900000001"})"), stage.person(),
                     R"("consent":"code","code":"1",)" + next_year);
       }},
      {"give_mandate", "too_many_attempts",
       [](Stage& stage) {
         const auto person = stage.person(R"({"name":"示例","phone":"13900000001"})"), agent = stage.person();
         Answer answer;
         for (int i = 0; i < 6; ++i) answer = give(stage, person, agent, R"("consent":"code",)" + next_year);
         return answer;
       }},
      {"end_mandate", "no_such_person",
       [](Stage& stage) { return stage.post("officer1", "/api/people/pe_1/mandates/md_1/end"); }},
      {"end_mandate", "no_such_mandate",
       [](Stage& stage) {
         const auto given = give(stage, stage.person(), stage.person()).text("id");
         return stage.post("officer1", "/api/people/" + stage.person() + "/mandates/" + given + "/end");
       }},
      {"end_mandate", "mandate_over",
       [](Stage& stage) {
         const auto person = stage.person();
         const auto path =
             "/api/people/" + person + "/mandates/" + give(stage, person, stage.person()).text("id") + "/end";
         stage.post("officer1", path);
         return stage.post("officer1", path);
       }},
      {"look_at_mandates", "no_such_person",
       [](Stage& stage) {
         return stage.post("officer1", "/api/people/pe_1/mandates/look", R"({"purpose":"p"})");
       }},
      {"look_at_mandates", "purpose_missing",
       [](Stage& stage) {
         return stage.post("officer1", "/api/people/" + stage.person() + "/mandates/look",
                           R"({"purpose":" "})");
       }},
      {"merge_people", "too_many_mandates",
       [](Stage& stage) {
         const auto one = stage.person(), other = stage.person();
         for (std::int64_t i = 0; i < identity::mandates_given_most; ++i)
           give(stage, i == 0 ? other : one, stage.person());
         give(stage, other, stage.person());
         return stage.post("officer1", "/api/people/" + one + "/merge",
                           R"({"into":")" + other + R"(","into_version":1,"reason":"other"})", if_match(1));
       }},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace

void add_mandate_scenes(std::vector<Scene>& scenes) {
  add_window_scenes(scenes);
  const std::vector<Scene> more{
      {"list_own_mandates", "no_such_person", of_somebody_else("GET", "/mandates")},
      {"offer_mandate", "no_such_person", of_somebody_else("POST", "/mandates", an_offer)},
      {"offer_mandate", "fresh_code_needed", signed_in([](Signed& self) {
         self.stage.town.pass(std::chrono::minutes{15});
         return self.offer("13900000002", "0028");
       })},
      {"offer_mandate", "invalid_phone",
       signed_in([](Signed& self) { return self.offer("call me", "0028"); })},
      {"offer_mandate", "period_empty", signed_in([](Signed& self) {
         return self.offer("13900000002", "0028", R"("until":"2026-01-01T00:00:00Z")");
       })},
      {"offer_mandate", "mandate_too_long", signed_in([](Signed& self) {
         return self.offer("13900000002", "0028", R"("until":"2036-01-01T00:00:00Z")");
       })},
      {"offer_mandate", "mandate_for_oneself",
       signed_in([](Signed& self) { return self.offer(phone, "0028"); })},
      {"offer_mandate", "too_many_mandates", signed_in([](Signed& self) {
         Answer answer;
         for (std::int64_t i = 0; i <= identity::mandates_given_most; ++i)
           answer = self.offer("13900000002", "0028");
         return answer;
       })},
      {"accept_mandate", "no_such_person", of_somebody_else("POST", "/mandates/md_1/accept")},
      {"accept_mandate", "no_such_mandate", signed_in([](Signed& self) { return self.accept("md_1"); })},
      {"accept_mandate", "mandate_not_offered", signed_in([](Signed& self) {
         const auto mandate = self.offered_by(self.stage.person());
         self.accept(mandate);
         return self.accept(mandate);
       })},
      {"accept_mandate", "mandate_for_oneself", signed_in([](Signed& self) {
         // They had been on record twice, and offered it to themselves.
         const auto twice = self.stage.person();
         const auto mandate = self.offered_by(twice);
         self.stage.post("officer1", "/api/people/" + twice + "/merge",
                         R"({"into":")" + self.person + R"(","into_version":1,"reason":"other"})",
                         if_match(1));
         return self.accept(mandate);
       })},
      {"accept_mandate", "mandate_known", signed_in([](Signed& self) {
         const auto giver = self.stage.person();
         const auto mandate = self.offered_by(giver);
         give(self.stage, giver, self.person);
         return self.accept(mandate);
       })},
      {"accept_mandate", "too_many_mandates", signed_in([](Signed& self) {
         for (std::int64_t i = 0; i < identity::mandates_held_most; ++i)
           give(self.stage, self.stage.person(), self.person);
         return self.accept(self.offered_by(self.stage.person()));
       })},
      {"end_own_mandate", "no_such_person", of_somebody_else("POST", "/mandates/md_1/end")},
      {"end_own_mandate", "no_such_mandate",
       signed_in([](Signed& self) { return self.call("POST", self.person + "/mandates/md_1/end"); })},
      {"end_own_mandate", "mandate_over", signed_in([](Signed& self) {
         const auto path = self.person + "/mandates/" + self.offer("13900000002", "0028").text("id") + "/end";
         self.call("POST", path);
         return self.call("POST", path);
       })},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
