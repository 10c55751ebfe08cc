// What was refused is taken to the manager with one press.
#include "cases/further.hpp"

#include <array>
#include <thread>

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using testing::Answer;
using ::testing::HasSubstr;

class Further : public testing::CaseTest {
 protected:
  void SetUp() override {
    town.write([](Transaction& tx, Instant at) {
      auto matter = testing::relief();
      matter.key = further_matter;
      matter.name = {"办不成事", "Could not be done"};
      put_matter(tx, matter, at);
    });
  }
  CaseId refused() {
    const auto id = open_relief("officer1", Applicant{"示例 王秀英", "13900000000"});
    EXPECT_EQ(advance(id, "officer1", 1, "refused").problem(), "");
    return id;
  }
  std::string token(CaseId id) { return read(id, "officer1").text("token"); }
  Answer press(const std::string& held) { return town.call("POST", "/api/cases/" + held + "/further"); }
  Answer press_at_window(CaseId id, const std::string& who = "officer2") {
    return post(who, path(id, "/further"), "");
  }
};

TEST_P(Further, OpensACaseWithTheManagerForTheSameApplicant) {
  const auto id = refused();
  const auto slip = press(token(id));
  ASSERT_EQ(slip.status, 201) << slip.problem();
  EXPECT_THAT(slip.text("first_contact.name"), HasSubstr("manager"));
  const auto opened = town.call("GET", "/api/cases/" + slip.text("token"));
  EXPECT_EQ(opened.text("matter.key"), further_matter);
  EXPECT_EQ(opened.text("reference"), slip.text("reference"));

  const auto refused_case = read(id, "officer1");
  const auto& beside = refused_case.at("related").at(0);
  EXPECT_EQ(beside.at("reference").as_string(), slip.text("reference"));
  EXPECT_FALSE(beside.at("is_parent").as_bool());
  const CaseId further{*parse_id<CaseTag>(std::string{beside.at("id").as_string()})};
  const auto seen = read(further, "manager");
  EXPECT_TRUE(seen.at("has_applicant").as_bool());
  EXPECT_TRUE(seen.at("mine").as_bool());
  EXPECT_THAT(seen.text("note"), HasSubstr(refused_case.text("reference")));
  const auto applicant = post("manager", path(further, "/applicant"), R"({"purpose":"回电话"})");
  EXPECT_EQ(applicant.text("name"), "示例 王秀英");
}

TEST_P(Further, IsPressedByAnOfficerForSomebodyAtTheWindow) {
  const auto shown = press_at_window(refused());
  EXPECT_EQ(shown.status, 201) << shown.problem();
  EXPECT_EQ(shown.text("matter.key"), further_matter);
  EXPECT_THAT(shown.text("first_contact.name"), HasSubstr("manager"));
}

TEST_P(Further, IsForWhatWasRefusedAlone) {
  const auto id = open_relief("officer1");
  EXPECT_EQ(press(token(id)).problem(), "not_refused");
  EXPECT_EQ(press_at_window(id).problem(), "not_refused");
  act(id, "officer1", "/withdraw");
  EXPECT_EQ(press(token(id)).problem(), "not_refused");
  EXPECT_EQ(press("nonsense").problem(), "no_such_case");
  EXPECT_EQ(press_at_window(CaseId{999'999}).problem(), "no_such_case");
}

TEST_P(Further, IsPressedOnceAndSaysWhereItWent) {
  const auto id = refused();
  const auto reference = press(token(id)).text("reference");
  const auto again = press(token(id));
  EXPECT_EQ(again.problem(), "taken_further_already");
  EXPECT_THAT(again.text("detail"), HasSubstr(reference));
  EXPECT_EQ(press_at_window(id).problem(), "taken_further_already");
}

TEST_P(Further, EndsWhereThatDeskItselfRefuses) {
  const auto slip = press(token(refused()));
  const CaseId further{value<std::int64_t>("select id from cases where reference = :reference",
                                           {{"reference", slip.text("reference")}})};
  EXPECT_EQ(
      act(further, "manager", "/advance", R"({"to":"refused","refusal":{"reason":"示例","remedy":"示例"}})")
          .problem(),
      "");
  EXPECT_EQ(press(slip.text("token")).problem(), "further_ends_here");
}

TEST_P(Further, NeedsAManagerAndTheMatter) {
  const auto id = refused();
  const auto held = token(id);
  town.write([](Transaction& tx, Instant) {
    tx.run("delete from matter_listings where key = :key", {{"key", further_matter}});
    tx.run("delete from matters where key = :key", {{"key", further_matter}});
  });
  EXPECT_EQ(press(held).problem(), "no_such_matter");
  SetUp();
  town.write([](Transaction& tx, Instant at) { tx.run("update grants set until_at = :at", {{"at", at}}); });
  EXPECT_EQ(press(held).problem(), "nobody_answers");
}

TEST_P(Further, IsForTheOfficersOfTheVenue) {
  EXPECT_EQ(press_at_window(refused(), "elsewhere").problem(), "not_allowed");
  EXPECT_EQ(press_at_window(refused(), "greeter").problem(), "not_allowed");
}

TEST_P(Further, OpensOneCaseHoweverManyPress) {
  const auto id = refused();
  const auto held = token(id);
  as("officer2");
  std::array<std::string, 2> outcome;
  std::thread at_home{[&] { outcome[0] = press(held).problem(); }};
  std::thread at_window{
      [&] { outcome[1] = town.call(as("officer2"), "POST", path(id, "/further")).problem(); }};
  at_home.join();
  at_window.join();
  EXPECT_THAT(outcome, ::testing::UnorderedElementsAre("", "taken_further_already"));
  EXPECT_EQ(read(id, "officer1").at("related").as_array().size(), 1U);
}

TEST_P(Further, IsFoundWithoutAScan) {
  const auto id = refused();
  const auto held = token(id);
  auto& officer = caller_of("officer1");
  officer.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) { take_own_further(tx, officer, {held}); });
}

DOORSTEP_ON_ALL_ENGINES(Further);

}  // namespace
}  // namespace doorstep::cases
