// Whom a phone speaks for, and what they may ask about themselves.
#include "identity/own_people.hpp"

#include <gmock/gmock.h>

#include "identity/erasure.hpp"
#include "identity/own_export.hpp"
#include "identity/phones.hpp"
#include "identity/resident.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* phone = "13900000001";
// Invented, of a place that does not exist.
constexpr const char* wang =
    R"({"name":"示例 王秀英","phone":"13900000001","identity_number":"000000194803070028"})";

class OwnPeople : public testing::HallTest {
 protected:
  testing::Browser& on(const std::string& number) {
    auto& browser = phones_[number];
    if (browser.resident.empty()) browser = town.sign_in_resident(number);
    return browser;
  }
  testing::Answer mine(const std::string& method, const std::string& rest, const std::string& body = "",
                       const testing::Sent& more = {}) {
    return town.call(on(phone), method, "/api/my/people" + rest, body, more);
  }
  testing::Answer say(const std::string& name, const std::string& last_four = "") {
    return mine(
        "POST", "",
        R"({"name":")" + name + '"' + (last_four.empty() ? "" : R"(,"last_four":")" + last_four + '"') + "}");
  }
  std::vector<std::string> listed() { return testing::texts_in(mine("GET", "").at("items"), "id"); }
  std::string record(const std::string& body) { return post("officer1", "/api/people", body).text("id"); }
  testing::Answer at_window(const std::string& person, const std::string& rest, const std::string& body = "",
                            const std::string& who = "officer1") {
    return post(who, "/api/people/" + person + rest, body);
  }
  // The person is at the window, with the phone; the next code may be asked for in a minute.
  testing::Answer link_at_window(const std::string& person, const std::string& number = phone,
                                 const std::string& who = "officer1") {
    const auto code = town.new_code_for(number);
    town.pass(between_codes);
    return at_window(person, "/phones", R"({"phone":")" + number + R"(","code":")" + code + "\"}", who);
  }
  void link_here(const std::string& person) { EXPECT_EQ(link_at_window(person).status, 204); }
  testing::Answer erase_at_window(const std::string& person, std::int64_t version, const std::string& who) {
    return post(who, "/api/people/" + person + "/erase", R"({"purpose":"asked for it"})",
                testing::if_match(version));
  }
  void forget_browsers() { phones_.clear(); }
  bool keys_of(const std::string& person) {
    return value<std::int64_t>("select count(*) from person_keys where person = :person",
                               {{"person", *parse_id(PersonTag::prefix, person)}}) > 0;
  }

 private:
  std::map<std::string, testing::Browser> phones_;
};

TEST_P(OwnPeople, SayWhoTheyAreAndAreNew) {
  const auto self = say("示例 李小明");
  EXPECT_EQ(self.status, 201);
  EXPECT_EQ(self.text("name"), "示*") << "masked in lists";
  EXPECT_EQ(self.text("phone"), "139****0001") << "known, so not asked for again";
  EXPECT_THAT(listed(), ElementsAre(self.text("id")));
  EXPECT_EQ(mine("POST", "/" + self.text("id") + "/look").text("name"), "示例 李小明");
  EXPECT_EQ(say("示例 李小明").text("id"), self.text("id")) << "said twice, it is the same person";
}

TEST_P(OwnPeople, WhoAreOnRecordAreFoundByNameAndNumber) {
  const auto known = record(wang);
  EXPECT_EQ(say("示例 王秀英", "0028").text("id"), known);
  EXPECT_THAT(listed(), ElementsAre(known));
}

TEST_P(OwnPeople, AWrongGuessFindsNobody) {
  const auto known = record(wang);
  EXPECT_EQ(say("示例 王秀英", "0029").problem(), "not_on_record") << "another number";
  EXPECT_EQ(say("示例 王英", "0028").problem(), "not_on_record") << "another name";
  EXPECT_THAT(listed(), IsEmpty()) << "a typing error makes nobody new";
  EXPECT_EQ(say("示例 王秀英", "0028").text("id"), known);
  auto& other = on("13900000002");
  const auto answer =
      town.call(other, "POST", "/api/my/people", R"({"name":"示例 王秀英","last_four":"0028"})");
  EXPECT_EQ(answer.problem(), "not_on_record") << "another phone";
}

TEST_P(OwnPeople, WhoSaidTheirNameFirstMayStillBeFound) {
  const auto known = record(wang);
  const auto duplicate = say("示例 王秀英").text("id");
  EXPECT_NE(duplicate, known);
  EXPECT_EQ(say("示例 王秀英", "0028").text("id"), known);
}

TEST_P(OwnPeople, AGuessIsShownToWhomItWasAbout) {
  const auto known = record(wang);
  say("示例 王秀英", "0029");
  say("示例 王秀英", "0028");
  const auto looks = mine("GET", "/" + known + "/looks").at("items");
  EXPECT_THAT(testing::texts_in(looks, "action"), ElementsAre("record_self", "record_self"));
  EXPECT_TRUE(looks.as_array()[0].at("allowed").as_bool());
  EXPECT_FALSE(looks.as_array()[1].at("allowed").as_bool());
  EXPECT_TRUE(looks.as_array()[1].at("this_phone").as_bool());
}

TEST_P(OwnPeople, APhoneMayNotGuessOn) {
  record(wang);
  for (int i = 0; i < claims_a_day; ++i) {
    EXPECT_EQ(say("示例 王秀英", "000" + std::to_string(i)).problem(), "not_on_record");
    town.pass(std::chrono::minutes{1});
  }
  EXPECT_EQ(say("示例 王秀英", "0028").problem(), "too_many_attempts") << "even the right one";
  // Neither erasing nor signing in anew begins again.
  const auto self = say("示例 王秀英").text("id");
  EXPECT_EQ(mine("POST", "/" + self + "/erase").status, 200);
  forget_browsers();
  EXPECT_EQ(say("示例 王秀英", "0028").problem(), "too_many_attempts");
  town.pass(std::chrono::hours{25});
  town.write([](Transaction& tx, Instant at) { forget_old_tries(tx, at, 100); });
  EXPECT_EQ(say("示例 王秀英", "0028").status, 201);
}

TEST_P(OwnPeople, APhoneNamesSomePeopleADay) {
  for (int i = 0; i < links_a_day; ++i) EXPECT_EQ(say("示例 " + std::to_string(i)).status, 201);
  EXPECT_EQ(say("示例 王秀英").problem(), "too_many_people");
  EXPECT_EQ(say("示例 1").status, 201) << "whom it named before it may name again";
  EXPECT_EQ(say("  ").problem(), "too_short");
}

TEST_P(OwnPeople, ACoupleSharesAPhone) {
  const auto she = record(wang);
  const auto he = record(R"({"name":"示例 张三","phone":"13900000001"})");
  link_here(she);
  link_here(he);
  link_here(he);
  EXPECT_THAT(listed(), ElementsAre(she, he));
  EXPECT_EQ(mine("POST", "/" + he + "/erase").status, 200);
  EXPECT_THAT(listed(), ElementsAre(she)) << "the phone goes on speaking for her";
}

TEST_P(OwnPeople, KeepAPhoneThatIsLinkedAtTheWindow) {
  const auto person = record(R"({"name":"示例 王秀英"})");
  EXPECT_EQ(at_window(person, "/phones", R"({"phone":"x","code":"1"})").problem(), "invalid_phone");
  EXPECT_EQ(at_window(person, "/phones", R"({"phone":"13900000001","code":"1"})").problem(), "wrong_code")
      << "a number that was mistyped is somebody else's";
  EXPECT_EQ(link_at_window(person, phone, "greeter").problem(), "not_allowed");
  link_here(person);
  EXPECT_THAT(listed(), ElementsAre(person));
  EXPECT_EQ(at_window(person, "/phones/end", "", "greeter").problem(), "not_allowed");
  EXPECT_EQ(at_window(person, "/phones/end").status, 204);
  EXPECT_EQ(mine("GET", "").problem(), "session_expired") << "the phone is lost: whoever has it is out";
  forget_browsers();
  town.pass(between_codes);
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_P(OwnPeople, ALostPhoneThatIsSharedIsSignedOutForBoth) {
  const auto she = record(wang);
  const auto he = record(R"({"name":"示例 张三"})");
  link_here(she);
  link_here(he);
  EXPECT_THAT(listed(), ElementsAre(she, he));
  EXPECT_EQ(at_window(she, "/phones/end").status, 204);
  EXPECT_EQ(mine("GET", "").problem(), "session_expired");
  forget_browsers();
  town.pass(between_codes);
  EXPECT_THAT(listed(), ElementsAre(he)) << "he comes back with a code";
}

TEST_P(OwnPeople, AreToldOnThePhoneThatWasKnownBefore) {
  const auto person = record(wang);
  EXPECT_EQ(link_at_window(person, "13900000002").status, 204);
  EXPECT_THAT(town.message_to(phone), HasSubstr("关联"));
}

TEST_P(OwnPeople, APhoneThatWasNotUsedForLongIsForgotten) {
  const auto person = say("示例 李小明").text("id");
  town.pass(unused_time);
  town.write([](Transaction& tx, Instant at) {
    EXPECT_EQ(end_unused_residents(tx, at, 10), 0) << "not yet";
    EXPECT_EQ(end_unused_residents(tx, at + std::chrono::seconds{1}, 10), 1);
  });
  EXPECT_EQ(value<std::int64_t>("select count(*) from residents where phone is not null"), 0);
  EXPECT_EQ(value<std::int64_t>("select count(*) from resident_people where ended_at is null"), 0);
  EXPECT_TRUE(keys_of(person)) << "who is on record stays";
}

TEST_P(OwnPeople, PutRightWhatIsHeld) {
  const auto self = say("示例 李小明").text("id");
  const auto path = "/" + self;
  EXPECT_EQ(
      mine("PATCH", path, R"({"address":"示例路 2 号","birth_date":"1952-06-15"})", testing::if_match(1))
          .number("version"),
      2);
  const auto seen = mine("POST", path + "/look");
  EXPECT_EQ(seen.text("address"), "示例路 2 号");
  EXPECT_EQ(seen.text("birth_date"), "1952-06-15");
  EXPECT_EQ(mine("PATCH", path, R"({"phone":null})", testing::if_match(2)).status, 200);
  EXPECT_TRUE(mine("POST", path + "/look").at("phone").is_null());
  EXPECT_EQ(mine("PATCH", path, R"({"phone":"x"})", testing::if_match(3)).problem(), "invalid_phone");
  EXPECT_EQ(mine("PATCH", path, "{}", testing::if_match(2)).problem(), "version_differs");
  EXPECT_EQ(
      mine("PATCH", path, R"({"identity_number":"000000194803070028"})", testing::if_match(3)).problem(),
      "unknown_member")
      << "that is for the window, where the card is";
}

TEST_P(OwnPeople, SeeWhoHasLooked) {
  const auto person = record(wang);
  at_window(person, "/look", R"({"purpose":"at the window"})");
  post("officer2", "/api/people/find", R"({"name":"秀英","purpose":"to call back"})");
  at_window(person, "/look", R"({"purpose":"curious"})", "auditor");
  link_here(person);
  mine("POST", "/" + person + "/look");
  const auto looks = mine("GET", "/" + person + "/looks").at("items");
  EXPECT_THAT(testing::texts_in(looks, "action"),
              ElementsAre("look_at_self", "link_phone", "look_at_person", "find_people", "look_at_person"));
  EXPECT_THAT(testing::texts_in(looks, "purpose"),
              ElementsAre("by themselves", "linking a phone", "curious", "to call back", "at the window"));
  const auto& list = looks.as_array();
  EXPECT_TRUE(list[0].at("officer").is_null()) << "they themselves";
  EXPECT_FALSE(list[2].at("allowed").as_bool()) << "who wanted to look is shown, too";
  EXPECT_EQ(list[3].at("officer").at("name").as_string(), "示例 officer2");
}

TEST_P(OwnPeople, TheChainHoldsOverResidentsLooks) {
  const auto self = say("示例 李小明").text("id");
  mine("POST", "/" + self + "/look");
  const auto walk = [&] {
    AuditWalk made;
    town.read([&](Snapshot& snapshot, Instant) {
      while (!made.done) walk_audit(snapshot, made);
    });
    return made.broken;
  };
  EXPECT_EQ(walk(), std::nullopt);
  town.write([](Transaction& tx, Instant) { tx.run("update audit set resident = resident + 1"); });
  EXPECT_NE(walk(), std::nullopt) << "who it was cannot be changed";
}

TEST_P(OwnPeople, TakeAlongAllThatIsHeld) {
  const auto person = record(wang);
  at_window(person, "/look", R"({"purpose":"at the window"})");
  link_here(person);
  EXPECT_EQ(mine("POST", "/" + person + "/look").text("identity_number"), "**************0028");
  const auto all = mine("POST", "/" + person + "/export");
  EXPECT_EQ(all.text("facts.identity_number"), "000000194803070028");
  EXPECT_THAT(testing::texts_in(all.at("looks"), "action"),
              ElementsAre("export_self", "look_at_self", "link_phone", "look_at_person"));
  EXPECT_FALSE(all.at("looks_left_out").as_bool());
  EXPECT_TRUE(all.at("mandates").as_array().empty());
  auto officer = town.caller_of("officer1");
  const std::array people{PersonId{*parse_id(PersonTag::prefix, person)}};
  town.write([&](Transaction& tx, Instant) {
    for (int i = 0; i < looks_exported; ++i) audit_look_at(tx, officer, "look_at_person", people, "p");
  });
  const auto most = mine("POST", "/" + person + "/export");
  EXPECT_EQ(most.at("looks").as_array().size(), static_cast<std::size_t>(looks_exported));
  EXPECT_TRUE(most.at("looks_left_out").as_bool());
}

TEST_P(OwnPeople, AreErasedWhenTheyWish) {
  const auto person = record(wang);
  at_window(person, "/look", R"({"purpose":"at the window"})");
  link_here(person);
  const auto erased = mine("POST", "/" + person + "/erase");
  EXPECT_EQ(erased.number("looks_kept"), 3) << "the look, the link, the erasing";
  EXPECT_FALSE(keys_of(person));
  EXPECT_EQ(mine("GET", "").problem(), "session_expired") << "the phone was theirs alone: its account ended";
  EXPECT_EQ(value<std::int64_t>("select count(*) from residents where phone is not null"), 0);
  EXPECT_EQ(at_window(person, "/look", R"({"purpose":"p"})").problem(), "person_erased");
  forget_browsers();
  town.pass(between_codes);
  EXPECT_EQ(say("示例 王秀英", "0028").problem(), "not_on_record");
  EXPECT_NE(say("示例 王秀英").text("id"), person) << "they may come back, as somebody new";
}

TEST_P(OwnPeople, HearThatTheyWereErasedWhenTheAnswerWasLost) {
  const auto self = say("示例 李小明").text("id");
  const testing::Sent key{{{"idempotency-key", "pressed-only-once-0001"}}};
  const auto erased = mine("POST", "/" + self + "/erase", "", key);
  EXPECT_EQ(mine("POST", "/" + self + "/erase", "", key).body, erased.body)
      << "the session has ended with it";
  const testing::Sent other{{{"idempotency-key", "pressed-only-once-0002"}}};
  EXPECT_EQ(mine("POST", "/" + self + "/erase", "", other).problem(), "session_expired");
}

TEST_P(OwnPeople, WhatCannotBeUndoneWantsAFreshCode) {
  const auto self = say("示例 李小明").text("id");
  town.pass(fresh_time);
  EXPECT_EQ(mine("POST", "/" + self + "/look").status, 200);
  EXPECT_EQ(mine("POST", "/" + self + "/export").problem(), "fresh_code_needed");
  EXPECT_EQ(mine("POST", "/" + self + "/erase").problem(), "fresh_code_needed");
  EXPECT_TRUE(keys_of(self));
  forget_browsers();
  EXPECT_EQ(mine("POST", "/" + self + "/erase").status, 200);
}

TEST_P(OwnPeople, AreErasedAtTheWindowByAManager) {
  const auto person = record(wang);
  link_here(person);
  EXPECT_EQ(erase_at_window(person, 1, "officer1").problem(), "not_allowed");
  EXPECT_EQ(erase_at_window(person, 2, "manager").problem(), "version_differs");
  EXPECT_EQ(erase_at_window(person, 1, "manager").status, 200);
  EXPECT_FALSE(keys_of(person));
  EXPECT_EQ(erase_at_window(person, 2, "manager").problem(), "person_erased");
  EXPECT_EQ(link_at_window(person).problem(), "person_erased");
  EXPECT_EQ(at_window(person, "/phones/end").problem(), "person_erased");
}

TEST_P(OwnPeople, AreNobodyElses) {
  const auto person = record(wang);
  auto& other = on("13900000002");
  for (const auto* rest : {"/look", "/export", "/erase"}) {
    EXPECT_EQ(town.call(other, "POST", "/api/my/people/" + person + rest).problem(), "no_such_person")
        << rest;
  }
  EXPECT_EQ(town.call(other, "GET", "/api/my/people/" + person + "/looks").problem(), "no_such_person");
  EXPECT_TRUE(keys_of(person));
}

TEST_P(OwnPeople, AreFoundWithoutAScan) {
  const auto person = PersonId{*parse_id(PersonTag::prefix, record(wang))};
  auto officer = town.caller_of("officer1");
  auto manager = town.caller_of("manager");
  say("示例 李小明");
  testing::read_plans(town, [&](Transaction& tx) {
    EXPECT_FALSE(link_phone(tx, officer, {person, phone, Secret{"1"}}));
    link(tx, officer, resident_of(tx, phone, officer.at), person);
    auto resident = officer;
    resident.staff.reset();
    resident.resident = Resident{resident_of(tx, phone, officer.at), "", officer.at};
    list_own_people(tx, resident, {});
    EXPECT_FALSE(record_self(tx, resident, {"示例 王英", "0028"}));
    EXPECT_TRUE(record_self(tx, resident, {"示例 王英", {}}));
    look_at_self(tx, resident, {person});
    CorrectSelf correction;
    correction.person = person;
    correction.version = 1;
    correction.phone = {true, std::nullopt};
    correct_self(tx, resident, correction);
    list_looks(tx, resident, {person, {}, {}});
    export_self(tx, resident, {person});
    unlink_phones(tx, officer, {person});
    resident_of(tx, phone, officer.at);
    end_unused_residents(tx, officer.at + 2 * unused_time, 10);
    erase(tx, manager, {person, 2, "p"});
  });
}

DOORSTEP_ON_ALL_ENGINES(OwnPeople);

}  // namespace
}  // namespace doorstep::identity
