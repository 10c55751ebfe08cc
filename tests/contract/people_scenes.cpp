// People on record, and residents with their phones.
#include "contract/scenes.hpp"
#include "identity/vault.hpp"

namespace doorstep::testing {

namespace {

// An invented identity number, of a place that does not exist.
const std::string known_number = R"({"name":"示例","identity_number":"000000194803070028"})";
const std::string phone = R"({"phone":"13900000001"})";
const std::string wrong_code = R"({"phone":"13900000001","code":"000000"})";

How with_person(const std::string& method, const std::string& rest, const std::string& body,
                bool erased = false) {
  return [=](Stage& stage) {
    stage.person(known_number);
    const auto id = stage.person();
    if (erased) {
      stage.town.write([&](Transaction& tx, Instant at) {
        identity::erase_person(tx, identity::PersonId{*parse_id(identity::PersonTag::prefix, id)}, at);
      });
    }
    const bool erasing = rest == "/erase";
    return stage.send(erasing ? "manager" : "officer1", method, "/api/people/" + id + rest, body,
                      method == "PATCH" || erasing ? if_match(erased ? 2 : 1) : Sent{});
  };
}

How of_nobody(const std::string& method, const std::string& rest, const std::string& body) {
  return [=](Stage& stage) {
    const bool erasing = rest == "/erase";
    return stage.send(erasing ? "manager" : "officer1", method, "/api/people/pe_1" + rest, body,
                      method == "PATCH" || erasing ? if_match(1) : Sent{});
  };
}

How people(const std::string& rest, const std::string& body) {
  return [=](Stage& stage) {
    stage.person(known_number);
    return stage.post("officer1", "/api/people" + rest, body);
  };
}

How of_the_audit(const std::string& body) {
  return [=](Stage& stage) { return stage.post("auditor", "/api/audit/read", body); };
}

}  // namespace

void add_people_scenes(std::vector<Scene>& scenes) {
  const std::string why = R"({"purpose":"at the window"})";
  const std::string no_why = R"({"purpose":" "})";
  const std::string no_phone = R"({"name":"示例","phone":"call me"})";
  const std::string no_number = R"({"name":"示例","identity_number":"000000194803070027"})";
  const std::vector<Scene> more{
      {"record_person", "invalid_phone", people("", no_phone)},
      {"record_person", "invalid_identity_number", people("", no_number)},
      {"record_person", "person_known", people("", known_number)},
      {"find_people", "purpose_missing", people("/find", R"({"name":"示例","purpose":" "})")},
      {"find_people", "search_unclear", people("/find", why)},
      {"read_audit", "no_such_person", of_the_audit(R"({"person":"pe_1","purpose":"a complaint"})")},
      {"read_audit", "purpose_missing", of_the_audit(no_why)},
      {"read_audit", "one_filter_at_a_time",
       of_the_audit(R"({"staff":"st_1","refused":true,"purpose":"a complaint"})")},
      {"look_at_person", "no_such_person", of_nobody("POST", "/look", why)},
      {"look_at_person", "purpose_missing", with_person("POST", "/look", no_why)},
      {"look_at_person", "person_erased", with_person("POST", "/look", why, true)},
      {"correct_person", "no_such_person", of_nobody("PATCH", "", "{}")},
      {"correct_person", "person_erased", with_person("PATCH", "", "{}", true)},
      {"correct_person", "invalid_phone", with_person("PATCH", "", no_phone)},
      {"correct_person", "invalid_identity_number", with_person("PATCH", "", no_number)},
      {"correct_person", "person_known", with_person("PATCH", "", known_number)},
      {"erase_person", "no_such_person", of_nobody("POST", "/erase", why)},
      {"erase_person", "person_erased", with_person("POST", "/erase", why, true)},
      {"erase_person", "purpose_missing", with_person("POST", "/erase", no_why)},
      {"link_phone", "no_such_person", of_nobody("POST", "/phones", wrong_code)},
      {"link_phone", "person_erased", with_person("POST", "/phones", wrong_code, true)},
      {"link_phone", "invalid_phone", with_person("POST", "/phones", R"({"phone":"call me","code":"1"})")},
      {"link_phone", "wrong_code", with_person("POST", "/phones", wrong_code)},
      {"link_phone", "too_many_attempts",
       [](Stage& stage) {
         const auto path = "/api/people/" + stage.person() + "/phones";
         for (int i = 0; i < 5; ++i) stage.post("officer1", path, wrong_code);
         return stage.post("officer1", path, wrong_code);
       }},
      {"unlink_phones", "no_such_person", of_nobody("POST", "/phones/end", "")},
      {"unlink_phones", "person_erased", with_person("POST", "/phones/end", "", true)},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

namespace {

// A resident who is signed in asks, a while after the code was given.
How as_resident(const std::string& method, const std::string& path, const std::string& body = "",
                Microseconds later = Microseconds{0}) {
  return [=](Stage& stage) {
    auto browser = stage.town.sign_in_resident("13900000001");
    const auto self = stage.town.call(browser, "POST", "/api/my/people", R"({"name":"示例"})");
    stage.town.pass(later);
    auto where = path;
    if (const auto at = where.find("{self}"); at != std::string::npos) where.replace(at, 6, self.text("id"));
    return stage.town.call(browser, method, where, body, method == "PATCH" ? if_match(1) : Sent{});
  };
}

How by_code(int tries) {
  return [=](Stage& stage) {
    Answer answer;
    for (int i = 0; i < tries; ++i)
      answer = stage.post("nobody", "/api/my/session", R"({"phone":"13900000001","code":"000000"})");
    return answer;
  };
}

}  // namespace

void add_resident_scenes(std::vector<Scene>& scenes) {
  const std::string somebody = "/api/my/people/pe_1";
  const auto too_late = std::chrono::minutes{15};
  const std::vector<Scene> more{
      {"ask_for_code", "invalid_phone",
       [](Stage& stage) { return stage.post("nobody", "/api/my/codes", R"({"phone":"call me"})"); }},
      {"ask_for_code", "code_too_soon",
       [](Stage& stage) {
         stage.post("nobody", "/api/my/codes", phone);
         return stage.post("nobody", "/api/my/codes", phone);
       }},
      {"sign_in_by_code", "wrong_code", by_code(1)},
      {"sign_in_by_code", "too_many_attempts", by_code(6)},
      {"end_resident_session", "no_such_session", as_resident("POST", "/api/my/session/all/se_1/end")},
      {"record_self", "too_many_people",
       [](Stage& stage) {
         auto browser = stage.town.sign_in_resident("13900000001");
         Answer answer;
         for (int i = 0; i < 9; ++i)
           answer = stage.town.call(browser, "POST", "/api/my/people",
                                    R"({"name":"示例 )" + std::to_string(i) + "\"}");
         return answer;
       }},
      {"record_self", "not_on_record",
       as_resident("POST", "/api/my/people", R"({"name":"示例","last_four":"0028"})")},
      {"record_self", "too_many_attempts",
       [](Stage& stage) {
         auto browser = stage.town.sign_in_resident("13900000001");
         Answer answer;
         for (int i = 0; i < 6; ++i)
           answer =
               stage.town.call(browser, "POST", "/api/my/people", R"({"name":"示例","last_four":"0028"})");
         return answer;
       }},
      {"look_at_self", "no_such_person", as_resident("POST", somebody + "/look")},
      {"correct_self", "no_such_person", as_resident("PATCH", somebody, "{}")},
      {"correct_self", "invalid_phone",
       as_resident("PATCH", "/api/my/people/{self}", R"({"phone":"call me"})")},
      {"list_looks", "no_such_person", as_resident("GET", somebody + "/looks")},
      {"export_self", "no_such_person", as_resident("POST", somebody + "/export")},
      {"export_self", "fresh_code_needed", as_resident("POST", "/api/my/people/{self}/export", "", too_late)},
      {"erase_self", "no_such_person", as_resident("POST", somebody + "/erase")},
      {"erase_self", "fresh_code_needed", as_resident("POST", "/api/my/people/{self}/erase", "", too_late)},
  };
  scenes.insert(scenes.end(), more.begin(), more.end());
}

}  // namespace doorstep::testing
