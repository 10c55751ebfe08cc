// Two records of one human being: merged, shown as one, and taken apart as they were.
#include "identity/merges.hpp"

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
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr const char* phone = "13900000001";
// Invented, of a place that does not exist.
constexpr const char* on_card =
    R"({"name":"示例 王秀英","identity_number":"000000194803070028","birth_date":"1948-03-07"})";
constexpr const char* by_phone = R"({"name":"示例 王英","phone":"13900000001","address":"示例路 1 号"})";
constexpr const char* number_of_another = R"({"name":"示例 李小明","identity_number":"000000195206150032"})";

class Merges : public testing::HallTest {
 protected:
  std::string record(const std::string& body) { return post("officer1", "/api/people", body).text("id"); }
  testing::Answer look(const std::string& id, const std::string& who = "officer1") {
    return post(who, "/api/people/" + id + "/look", R"({"purpose":"at the window"})");
  }
  std::int64_t version(const std::string& id) {
    return value<std::int64_t>("select version from persons where id = :id",
                               {{"id", *parse_id(PersonTag::prefix, id)}});
  }
  testing::Answer merge(const std::string& from, const std::string& into,
                        const std::string& who = "officer1") {
    return post(who, "/api/people/" + from + "/merge",
                R"({"into":")" + into + R"(","into_version":)" + std::to_string(version(into)) +
                    R"(,"reason":"recorded_twice"})",
                testing::if_match(version(from)));
  }
  void merged(const std::string& from, const std::string& into) {
    const auto answer = merge(from, into);
    EXPECT_EQ(answer.status, 200) << answer.problem();
  }
  // What is seen of a merged record is the version of the one that stands for it.
  testing::Answer unmerge(const std::string& from, const std::string& who = "officer1") {
    return post(who, "/api/people/" + from + "/unmerge", "", testing::if_match(look(from).number("version")));
  }
  testing::Answer correct(const std::string& id, const std::string& body) {
    return town.call(as("officer1"), "PATCH", "/api/people/" + id, body,
                     testing::if_match(look(id).number("version")));
  }
  std::vector<std::string> found(const std::string& by, const std::string& what) {
    const auto page =
        post("officer1", "/api/people/find", R"({")" + by + R"(":")" + what + R"(","purpose":"p"})");
    return testing::texts_in(page.at("items"), "id");
  }
  testing::Answer history(const std::string& id, const std::string& who = "officer1",
                          const std::string& more = "") {
    return post(who, "/api/people/" + id + "/merges", R"({"purpose":"at the window")" + more + "}");
  }
  testing::Answer link_at_window(const std::string& person, const std::string& number = phone) {
    const auto code = town.new_code_for(number);
    town.pass(between_codes);
    return post("officer1", "/api/people/" + person + "/phones",
                R"({"phone":")" + number + R"(","code":")" + code + "\"}");
  }
  testing::Answer mine(const std::string& method, const std::string& rest, const std::string& body = "",
                       const testing::Sent& more = {}) {
    if (resident_.resident.empty()) {
      town.pass(between_codes);
      resident_ = town.sign_in_resident(phone);
    }
    return town.call(resident_, method, "/api/my/people" + rest, body, more);
  }
  std::vector<std::string> own() { return testing::texts_in(mine("GET", "").at("items"), "id"); }
  static PersonId id_of(const std::string& text) { return PersonId{*parse_id(PersonTag::prefix, text)}; }

 private:
  testing::Browser resident_;
};

TEST_P(Merges, OneStandsForBoth) {
  const auto card = record(on_card), said = record(by_phone);
  const auto answer = merge(said, card);
  EXPECT_EQ(answer.text("id"), card);
  EXPECT_EQ(answer.text("phone"), "139****0001") << "of a kind that it lacks the other's is shown";
  for (const auto& id : {card, said}) {
    const auto seen = look(id);
    EXPECT_EQ(seen.text("id"), card) << "an old id leads to who stands for it";
    EXPECT_EQ(seen.text("name"), "示例 王秀英") << "its own";
    EXPECT_EQ(seen.text("identity_number"), "000000194803070028");
    EXPECT_EQ(seen.text("phone"), phone);
    EXPECT_EQ(seen.text("address"), "示例路 1 号");
  }
}

TEST_P(Merges, BothAreFoundAsOneAndOnce) {
  const auto card = record(on_card), said = record(by_phone), other = record(number_of_another);
  merged(said, card);
  EXPECT_THAT(found("name", "王英"), ElementsAre(card));
  EXPECT_THAT(found("name", "王秀英"), ElementsAre(card));
  EXPECT_THAT(found("phone", phone), ElementsAre(card));
  EXPECT_THAT(found("last_four", "0001"), ElementsAre(card));
  EXPECT_THAT(found("identity_number", "000000194803070028"), ElementsAre(card));
  EXPECT_THAT(found("name", "示例"), ElementsAre(card, other)) << "once, though both have these letters";
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_THAT(found("name", "示例"), ElementsAre(card, said, other));
  EXPECT_THAT(found("phone", phone), ElementsAre(said));
}

TEST_P(Merges, AreTakenApartAsTheyWere) {
  const auto card = record(on_card), said = record(by_phone);
  merged(said, card);
  const auto answer = unmerge(said);
  EXPECT_EQ(answer.text("person.id"), said);
  EXPECT_EQ(answer.text("taken_from.id"), card);
  const auto one = look(card), other = look(said);
  EXPECT_EQ(one.text("id"), card);
  EXPECT_EQ(one.text("name"), "示例 王秀英");
  EXPECT_TRUE(one.at("phone").is_null());
  EXPECT_TRUE(one.at("address").is_null());
  EXPECT_EQ(other.text("id"), said);
  EXPECT_EQ(other.text("name"), "示例 王英");
  EXPECT_EQ(other.text("phone"), phone);
  EXPECT_TRUE(other.at("identity_number").is_null());
}

TEST_P(Merges, WhatIsCorrectedIsCorrectedOnWhoStandsForBoth) {
  const auto card = record(on_card), said = record(by_phone);
  merged(said, card);
  EXPECT_EQ(correct(said, R"({"phone":"13900000002"})").text("id"), card);
  EXPECT_EQ(look(card).text("phone"), "13900000002");
  EXPECT_THAT(found("phone", phone), ElementsAre(card)) << "the old one still finds them";
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_EQ(look(card).text("phone"), "13900000002") << "what was changed in the meantime stays";
  EXPECT_EQ(look(said).text("phone"), phone);
}

TEST_P(Merges, WhatIsTakenAwayShowsNoMore) {
  const auto card = record(on_card), said = record(by_phone);
  merged(said, card);
  EXPECT_EQ(correct(card, R"({"phone":null,"address":null})").status, 200);
  EXPECT_TRUE(look(card).at("phone").is_null()) << "not the merged record's either";
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_EQ(look(said).text("phone"), phone);
  EXPECT_TRUE(look(card).at("phone").is_null());
  merged(said, card);
  EXPECT_EQ(look(card).text("phone"), phone)
      << "what was taken away with the first merge is forgotten with it";
}

TEST_P(Merges, OfSeveralTheOneRecordedLastIsShown) {
  const auto card = record(on_card), said = record(by_phone);
  const auto later = record(R"({"name":"示例 王英","phone":"13900000003"})");
  merged(later, card);
  merged(said, card);
  EXPECT_EQ(look(card).text("phone"), "13900000003");
  EXPECT_EQ(look(card).text("address"), "示例路 1 号") << "a kind that only one of them has";
}

TEST_P(Merges, AChainIsTakenApartFromItsEnd) {
  const auto a = record(R"({"name":"示例 甲","phone":"13900000011"})");
  const auto b = record(R"({"name":"示例 乙","address":"示例路 2 号"})");
  const auto c = record(R"({"name":"示例 丙"})");
  merged(a, b);
  merged(b, c);
  for (const auto& id : {a, b, c}) EXPECT_EQ(look(id).text("id"), c);
  EXPECT_EQ(look(c).text("phone"), "13900000011");
  EXPECT_THAT(found("phone", "13900000011"), ElementsAre(c));
  EXPECT_EQ(unmerge(a).problem(), "merged_further");
  EXPECT_EQ(unmerge(b).status, 200);
  EXPECT_EQ(look(a).text("id"), b) << "as it was before";
  EXPECT_EQ(look(b).text("phone"), "13900000011");
  EXPECT_TRUE(look(c).at("phone").is_null());
  EXPECT_EQ(unmerge(a).status, 200);
  EXPECT_EQ(look(a).text("id"), a);
  EXPECT_EQ(unmerge(a).problem(), "not_merged");
}

TEST_P(Merges, OneOfSeveralIsTakenOutAndTheOthersStay) {
  const auto a = record(R"({"name":"示例 甲"})"), b = record(R"({"name":"示例 乙"})"),
             c = record(R"({"name":"示例 丙"})");
  merged(a, c);
  merged(b, c);
  EXPECT_EQ(unmerge(a).status, 200) << "the order does not matter among those merged into the same one";
  EXPECT_EQ(look(b).text("id"), c);
  EXPECT_EQ(look(a).text("id"), a);
}

TEST_P(Merges, WhatCannotBe) {
  const auto card = record(on_card), said = record(by_phone), another = record(number_of_another);
  EXPECT_EQ(merge(card, card).problem(), "merged_with_itself");
  EXPECT_EQ(merge(card, another).problem(), "two_identity_numbers");
  EXPECT_EQ(merge(card, another, "manager").problem(), "two_identity_numbers") << "whoever asks";
  merged(said, card);
  EXPECT_EQ(merge(said, another).problem(), "already_merged");
  EXPECT_EQ(merge(another, said).problem(), "already_merged");
  EXPECT_EQ(merge(card, another).problem(), "two_identity_numbers") << "of what is shown, whosever it is";
  EXPECT_EQ(merge(another, card, "auditor").problem(), "not_allowed");
  EXPECT_EQ(unmerge(said, "auditor").problem(), "not_allowed");
  EXPECT_EQ(unmerge(card).problem(), "not_merged");
  const auto gone = record(R"({"name":"示例 丁"})");
  town.write([&](Transaction& tx, Instant at) { erase_person(tx, id_of(gone), at); });
  EXPECT_EQ(merge(gone, card).problem(), "person_erased");
  EXPECT_EQ(merge(card, gone).problem(), "person_erased");
}

TEST_P(Merges, WhoeverSawOneOfThemBeforeSeesItAgainFirst) {
  const auto card = record(on_card), said = record(by_phone);
  EXPECT_EQ(correct(said, R"({"address":"示例路 3 号"})").number("version"), 2);
  merged(said, card);
  const auto edit = [&](const std::string& id, std::int64_t seen) {
    return town
        .call(as("officer1"), "PATCH", "/api/people/" + id, R"({"name":"示例"})", testing::if_match(seen))
        .problem();
  };
  EXPECT_EQ(edit(said, 2), "version_differs");
  EXPECT_EQ(edit(card, 1), "version_differs");
  const auto both = look(card).number("version");
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_EQ(edit(said, both), "version_differs");
  EXPECT_EQ(edit(card, both), "version_differs");
  const auto into = R"({"into":")" + card + R"(","into_version":1,"reason":"other"})";
  EXPECT_EQ(
      post("officer1", "/api/people/" + said + "/merge", into, testing::if_match(version(said))).problem(),
      "version_differs");
}

TEST_P(Merges, TwoPeopleNeverShareANumber) {
  const auto card = record(on_card), said = record(by_phone);
  merged(card, said);  // the number is the merged one's
  EXPECT_EQ(post("officer1", "/api/people", on_card).problem(), "person_known");
  EXPECT_EQ(correct(said, R"({"identity_number":"000000194803070028"})").status, 200) << "their own";
  EXPECT_EQ(unmerge(card).problem(), "same_identity_number");
  EXPECT_EQ(correct(said, R"({"identity_number":null})").status, 200);
  EXPECT_TRUE(look(said).at("identity_number").is_null());
  EXPECT_EQ(post("officer1", "/api/people", on_card).problem(), "person_known")
      << "it is on the card's record";
  EXPECT_EQ(unmerge(card).status, 200);
  EXPECT_EQ(look(card).text("identity_number"), "000000194803070028");
}

TEST_P(Merges, BothPhonesSpeakForWhoStandsForBoth) {
  const auto card = record(on_card), said = record(by_phone);
  EXPECT_EQ(link_at_window(said).status, 204);
  EXPECT_EQ(link_at_window(card, "13900000002").status, 204);
  EXPECT_EQ(merge(said, card, "greeter").problem(), "not_allowed") << "it gives a phone the other's record";
  merged(said, card);
  EXPECT_THAT(own(), ElementsAre(card));
  EXPECT_EQ(mine("POST", "/" + said + "/look").text("name"), "示例 王秀英") << "an old page still works";
  EXPECT_EQ(mine("PATCH", "/" + card, R"({"address":"示例路 9 号"})",
                 testing::if_match(look(card).number("version")))
                .text("id"),
            card);
  EXPECT_EQ(unmerge(said, "greeter").problem(), "not_allowed");
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_THAT(own(), ElementsAre(said));
  EXPECT_EQ(mine("POST", "/" + card + "/look").problem(), "no_such_person");
}

TEST_P(Merges, AGreeterMergesWhereNoPhoneIsConcerned) {
  const auto card = record(on_card), said = record(by_phone);
  EXPECT_EQ(merge(said, card, "greeter").status, 200);
  EXPECT_EQ(unmerge(said, "greeter").status, 200);
}

TEST_P(Merges, APhoneThatWasLinkedInTheMeantimeEnds) {
  const auto card = record(on_card), said = record(R"({"name":"示例 王英"})");
  EXPECT_EQ(link_at_window(card, "13900000002").status, 204);
  town.pass(std::chrono::minutes{1});
  merged(said, card);
  EXPECT_EQ(link_at_window(card).status, 204);
  EXPECT_THAT(own(), ElementsAre(card));
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_THAT(own(), IsEmpty()) << "nobody knows which of the two it belongs to";
  EXPECT_EQ(value<std::int64_t>("select count(*) from resident_people where ended_at is null"), 1)
      << "the one from before stays";
}

TEST_P(Merges, AreInWhatIsTakenAlongAndInWhoHasLooked) {
  const auto card = record(on_card), said = record(by_phone);
  EXPECT_EQ(link_at_window(said).status, 204);
  look(card, "officer2");
  merged(said, card);
  look(card);
  const auto all = mine("POST", "/" + card + "/export");
  EXPECT_EQ(all.text("facts.name"), "示例 王秀英");
  EXPECT_EQ(all.at("merged").as_array().size(), 1U);
  EXPECT_EQ(all.at("merged").as_array()[0].at("facts").at("name").as_string(), "示例 王英");
  EXPECT_THAT(testing::texts_in(all.at("looks"), "action"),
              ElementsAre("export_self", "look_at_person", "merge_people", "look_at_person", "link_phone"))
      << "at both, and each once";
  EXPECT_EQ(mine("GET", "/" + card + "/looks").at("items").as_array().size(), 5U);
  EXPECT_EQ(unmerge(said).status, 200);
  EXPECT_THAT(testing::texts_in(mine("GET", "/" + said + "/looks").at("items"), "action"),
              ElementsAre("unmerge_people", "look_at_person", "export_self", "look_at_person", "merge_people",
                          "link_phone"))
      << "whoever looked at both has looked at this one";
}

TEST_P(Merges, AreErasedTogether) {
  const auto card = record(on_card), said = record(by_phone);
  EXPECT_EQ(link_at_window(said).status, 204);
  merged(said, card);
  EXPECT_EQ(mine("POST", "/" + card + "/erase").number("looks_kept"), 3)
      << "the link, the merge, the erasing";
  for (const auto* table : {"person_keys", "person_facts", "person_marks"})
    EXPECT_EQ(value<std::int64_t>("select count(*) from " + std::string{table}), 0) << table;
  EXPECT_EQ(value<std::int64_t>("select count(*) from residents where phone is not null"), 0);
  for (const auto& id : {card, said}) EXPECT_EQ(look(id).problem(), "person_erased");
  const auto apart =
      post("officer1", "/api/people/" + said + "/unmerge", "", testing::if_match(version(card)));
  EXPECT_EQ(apart.problem(), "person_erased");
}

TEST_P(Merges, APhoneThatShowsNoMoreClaimsNobody) {
  const auto card = record(on_card), said = record(by_phone);
  merged(said, card);
  EXPECT_EQ(correct(card, R"({"phone":"13900000002"})").status, 200);
  const auto claim = R"({"name":"示例 王秀英","last_four":"0028"})";
  EXPECT_EQ(mine("POST", "", claim).problem(), "not_on_record") << "the number may be somebody else's by now";
  EXPECT_EQ(correct(card, R"({"phone":"13900000001"})").status, 200);
  EXPECT_EQ(mine("POST", "", claim).text("id"), card);
}

TEST_P(Merges, LeaveAHistory) {
  const auto a = record(by_phone), b = record(on_card), c = record(R"({"name":"示例 丙"})");
  merged(a, b);
  EXPECT_EQ(unmerge(a).status, 200);
  merged(a, b);
  merged(b, c);
  const auto list = history(a).at("items").as_array();
  ASSERT_THAT(list, SizeIs(3));
  EXPECT_EQ(list[0].at("person").as_string(), b) << "the newest first";
  EXPECT_EQ(list[0].at("name").as_string(), "示*");
  EXPECT_TRUE(list[0].at("may_be_undone").as_bool());
  EXPECT_FALSE(list[1].at("may_be_undone").as_bool()) << "not before the later one";
  EXPECT_TRUE(list[1].at("undone_at").is_null());
  EXPECT_EQ(list[2].at("undone_by").at("name").as_string(), "示例 officer1");
  EXPECT_EQ(list[2].at("reason").as_string(), "recorded_twice");
  const auto page = history(a, "officer1", R"(,"limit":2)");
  EXPECT_THAT(page.at("items").as_array(), SizeIs(2));
  EXPECT_EQ(history(a, "officer1", R"(,"cursor":")" + page.text("next") + '"').at("items").as_array().at(0),
            list[2]);
  EXPECT_EQ(history(a, "auditor").problem(), "not_allowed");
  EXPECT_EQ(post("officer1", "/api/people/" + a + "/merges", R"({"purpose":" "})").problem(),
            "purpose_missing");
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where action = 'list_merges' and allowed = 0"),
            1);
}

TEST_P(Merges, ARecordStandsForSomeAndNoMore) {
  const auto first = record(R"({"name":"示例 甲"})");
  for (std::int64_t i = 0; i < merged_most; ++i) merged(record(R"({"name":"示例 甲"})"), first);
  const auto one = record(R"({"name":"示例 甲"})");
  EXPECT_EQ(merge(one, first).problem(), "too_many_merged");
  EXPECT_EQ(merge(first, one).problem(), "too_many_merged");
}

TEST_P(Merges, AreFoundWithoutAScan) {
  const auto card = id_of(record(on_card)), said = id_of(record(by_phone));
  auto officer = town.caller_of("officer1");
  auto manager = town.caller_of("manager");
  testing::read_plans(town, [&](Transaction& tx) {
    link(tx, officer, resident_of(tx, phone, officer.at), said);
    merge_people(tx, officer, {said, 1, card, 1, MergeReason::other});
    EXPECT_TRUE(list_merges(tx, officer, {said, "p", {}, {}}));
    CorrectPerson correction;
    correction.person = card;
    correction.version = 2;
    correction.phone = {true, std::nullopt};
    EXPECT_TRUE(correct_person(tx, officer, correction));
    auto resident = officer;
    resident.staff.reset();
    resident.resident = Resident{resident_of(tx, phone, officer.at), "", officer.at};
    list_own_people(tx, resident, {});
    export_self(tx, resident, {said});
    unmerge_people(tx, officer, {said, 3});
    merge_people(tx, officer, {said, 4, card, 4, MergeReason::other});
    erase(tx, manager, {card, 5, "p"});
  });
}

DOORSTEP_ON_ALL_ENGINES(Merges);

}  // namespace
}  // namespace doorstep::identity
