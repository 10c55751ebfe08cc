// A father, and his daughter who acts for him; both have a phone.
#pragma once

#include <map>
#include <string>

#include <gmock/gmock.h>

#include "identity/mandates.hpp"
#include "identity/resident.hpp"
#include "testing/hall_fixture.hpp"

namespace doorstep::identity {

// Invented, of a place that does not exist. He is looked after by her.
inline constexpr const char* father_body =
    R"({"name":"示例 王父","phone":"13900000001","identity_number":"000000194803070028"})";
inline constexpr const char* daughter_body =
    R"({"name":"示例 李女","phone":"13900000002","identity_number":"000000195206150032"})";
inline constexpr const char* fathers = "13900000001";
inline constexpr const char* daughters = "13900000002";
inline constexpr const char* next_year = R"("until":"2027-06-30T00:00:00Z")";

class Mandates : public testing::HallTest {
 protected:
  Mandates() : father(record(father_body)), daughter(record(daughter_body)) {}

  std::string record(const std::string& body) { return post("officer1", "/api/people", body).text("id"); }
  testing::Answer give(const std::string& how = R"("consent":"in_person")",
                       const std::string& who = "officer1") {
    return post(who, "/api/people/" + father + "/mandates",
                R"({"agent":")" + daughter + "\"," + how + "," + next_year + "}");
  }
  std::string given() {
    const auto answer = give();
    EXPECT_EQ(answer.status, 201) << answer.problem();
    return answer.text("id");
  }
  testing::Answer end_at_window(const std::string& person, const std::string& mandate,
                                const std::string& who = "officer1") {
    return post(who, "/api/people/" + person + "/mandates/" + mandate + "/end");
  }
  testing::Answer look(const std::string& person, const std::string& who = "officer1",
                       const std::string& more = "") {
    return post(who, "/api/people/" + person + "/mandates/look",
                R"({"purpose":"at the window")" + more + "}");
  }

  // Their phone speaks for them, as it was linked at the window.
  testing::Browser& on(const std::string& phone) {
    auto& browser = phones_[phone];
    if (!browser.resident.empty()) return browser;
    const auto person = phone == fathers ? father : daughter;
    const auto code = town.new_code_for(phone);
    town.pass(between_codes);
    EXPECT_EQ(post("officer1", "/api/people/" + person + "/phones",
                   R"({"phone":")" + phone + R"(","code":")" + code + "\"}")
                  .status,
              204);
    browser = town.sign_in_resident(phone);
    town.pass(between_codes);
    return browser;
  }
  testing::Answer call(const std::string& phone, const std::string& method, const std::string& rest,
                       const std::string& body = "") {
    auto& browser = on(phone);
    return town.call(browser, method,
                     "/api/my/people/" + (phone == fathers ? father : daughter) + "/mandates" + rest, body);
  }
  testing::Answer offer(const std::string& to = daughters, const std::string& last_four = "0032") {
    return call(fathers, "POST", "",
                R"({"phone":")" + to + R"(","last_four":")" + last_four + "\"," + next_year + "}");
  }
  testing::Answer accept(const std::string& mandate) {
    return call(daughters, "POST", "/" + mandate + "/accept");
  }
  boost::json::array listed(const std::string& phone) {
    return call(phone, "GET", "").at("items").as_array();
  }

  // Whether that phone may act for him now.
  bool acts_for(const std::string& person, const std::string& phone = daughters) {
    on(phone);
    bool may = false;
    town.write([&](Transaction& tx, Instant at) {
      may = may_act_for(tx, Resident{resident_of(tx, phone, at), "", at}, id_of(person), at);
    });
    return may;
  }
  testing::Answer merge(const std::string& from, const std::string& into) {
    const auto version = [&](const std::string& id) {
      return value<std::int64_t>("select version from persons where id = :id", {{"id", id_of(id)}});
    };
    return post("officer1", "/api/people/" + from + "/merge",
                R"({"into":")" + into + R"(","into_version":)" + std::to_string(version(into)) +
                    R"(,"reason":"recorded_twice"})",
                testing::if_match(version(from)));
  }
  testing::Answer unmerge(const std::string& from, const std::string& root) {
    return post("officer1", "/api/people/" + from + "/unmerge", "",
                testing::if_match(value<std::int64_t>("select version from persons where id = :id",
                                                      {{"id", id_of(root)}})));
  }
  static PersonId id_of(const std::string& text) { return PersonId{*parse_id(PersonTag::prefix, text)}; }
  std::string how_ended(const std::string& mandate) {
    return value<std::string>("select ended_how from mandates where id = :id",
                              {{"id", *parse_id(MandateTag::prefix, mandate)}});
  }

  std::string father, daughter;

 private:
  std::map<std::string, testing::Browser> phones_;
};

}  // namespace doorstep::identity
