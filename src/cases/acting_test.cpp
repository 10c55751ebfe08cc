// While one of the two people of a case is away, somebody acts for them, and all see who.
#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;

// officer1 and officer2 have a post at the venue.
class ActingInCases : public testing::CaseTest {
 protected:
  void SetUp() override { held_post(); }

  void is_away(const std::string& who, const std::string& until, const std::string& third = "") {
    const auto named = third.empty() ? "" : R"(,"third":")" + staff(third) + '"';
    EXPECT_EQ(away(who, "2026-11-24", until, named).problem(), "");
  }
  Answer progress(const std::string& token) { return town.call("GET", "/api/cases/" + token); }
};

TEST_P(ActingInCases, NobodyDoesWhileBothAreThere) {
  const auto id = open("officer1");
  const auto shown = read(id, "officer1");
  EXPECT_TRUE(shown.at("acting.first_contact").is_null());
  EXPECT_TRUE(shown.at("acting.handler").is_null());
  EXPECT_TRUE(progress(shown.text("token")).at("acting.first_contact").is_null());
}

TEST_P(ActingInCases, TheOtherRoleDoesForTheFirstContactUntilTheyAreBack) {
  const auto id = open("officer1");
  EXPECT_EQ(advance(id, "officer2", 1, "review").problem(), "not_your_case") << "who is there themselves";
  is_away("officer1", "2026-11-25");
  const auto shown = read(id, "officer2");
  EXPECT_EQ(shown.text("first_contact.name"), "示例 officer1") << "who stays the one to turn to";
  EXPECT_EQ(shown.text("acting.first_contact.officer.name"), "示例 officer2");
  EXPECT_EQ(shown.text("acting.first_contact.officer.post.en"), "Window");
  EXPECT_EQ(shown.text("acting.first_contact.who.zh"), "示例 officer2");
  EXPECT_EQ(shown.text("acting.first_contact.until"), "2026-11-25");
  EXPECT_TRUE(shown.at("mine").as_bool());
  EXPECT_FALSE(read(id, "officer3").at("mine").as_bool());
  EXPECT_TRUE(read(id, "officer1").at("mine").as_bool()) << "who came in all the same";
  EXPECT_EQ(progress(shown.text("token")).text("acting.first_contact.officer.name"), "示例 officer2");

  EXPECT_EQ(advance(id, "officer3", 1, "review").problem(), "not_your_case");
  EXPECT_EQ(advance(id, "officer2", 1, "review").problem(), "");
  EXPECT_EQ(read(id, "officer1").at("history").at(1).at("by"), "示例 officer2");
  pass(hours{48});
  EXPECT_EQ(advance(id, "officer2", 2, "done").problem(), "not_your_case") << "officer1 is back";
}

TEST_P(ActingInCases, SomebodyDoesForTheHandlerNotForTheFirstContactOnceThereIsOne) {
  const auto id = open("officer1");
  accept(id, "officer3", 1);
  is_away("officer1", "2026-11-24");
  EXPECT_EQ(advance(id, "officer2", 2, "review").problem(), "not_your_case")
      << "officer3 handles it, and is there";
  const auto shown = read(id, "officer2");
  EXPECT_EQ(shown.text("acting.first_contact.officer.name"), "示例 officer2");
  EXPECT_TRUE(shown.at("acting.handler").is_null());
  EXPECT_FALSE(shown.at("mine").as_bool());
}

TEST_P(ActingInCases, TheThirdDoesWhereBothRolesAreAway) {
  const auto id = open("officer1");
  accept(id, "officer1", 1);
  is_away("officer1", "2026-11-24");
  is_away("officer2", "2026-11-24", "officer3");
  const auto shown = read(id, "officer3");
  EXPECT_EQ(shown.text("acting.first_contact.officer.name"), "示例 officer3");
  EXPECT_EQ(shown.text("acting.handler.officer.name"), "示例 officer3");
  EXPECT_EQ(advance(id, "officer3", 2, "review").problem(), "");
}

TEST_P(ActingInCases, TheManagersDoWhereNobodyElseIsLeft) {
  const auto id = open("officer3");
  is_away("officer3", "2026-11-26");
  const auto shown = read(id, "officer1");
  EXPECT_EQ(shown.text("acting.first_contact.who.en"), "The venue's manager");
  EXPECT_TRUE(shown.at("acting.first_contact.officer").is_null());
  EXPECT_EQ(shown.text("acting.first_contact.until"), "2026-11-26");
  EXPECT_EQ(advance(id, "officer1", 1, "review").problem(), "not_your_case");
  EXPECT_EQ(advance(id, "manager", 1, "review").problem(), "");
}

TEST_P(ActingInCases, SomebodyDoesForWhoeverHasLeftAndNoDayIsSaid) {
  const auto id = open("officer1");
  EXPECT_EQ(post("admin", "/api/staff/" + staff("officer1") + "/end").problem(), "");
  const auto shown = read(id, "officer2");
  EXPECT_EQ(shown.text("first_contact.name"), "示例 officer1") << "as it was";
  EXPECT_EQ(shown.text("acting.first_contact.officer.name"), "示例 officer2");
  EXPECT_TRUE(shown.at("acting.first_contact.until").is_null());
  EXPECT_EQ(advance(id, "officer2", 1, "review").problem(), "");
}

TEST_P(ActingInCases, IsFoundWithoutAScan) {
  const auto id = open("officer1");
  accept(id, "officer2", 1);
  is_away("officer1", "2026-11-24", "officer3");
  const auto token = read(id, "officer1").text("token");
  auto& caller = caller_of("officer2");
  caller.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) { read_case(tx, caller, {id}); });
  testing::read_plans(town, [&](Transaction& tx) { read_progress(tx, caller, {token}); });
}

DOORSTEP_ON_ALL_ENGINES(ActingInCases);

}  // namespace
}  // namespace doorstep::cases
