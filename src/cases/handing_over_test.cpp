// A case is offered to a colleague, who takes it over or does not: one who handles it stays until then.
#include "cases/handing_over.hpp"

#include <array>
#include <thread>

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class HandingOver : public testing::CaseTest {
 protected:
  // officer1's, whom officer2 was asked to follow; its version is 2.
  CaseId offered() {
    const auto id = open("officer1");
    EXPECT_EQ(offer(id, "officer1", 1, "officer2").problem(), "");
    return id;
  }
  Answer offer(CaseId id, const std::string& who, std::int64_t version, const std::string& to,
               const std::string& more = "") {
    return post(who, path(id, "/offer"), R"({"to":")" + staff(to) + '"' + more + "}",
                testing::if_match(version));
  }
  Answer press(CaseId id, const std::string& who, std::int64_t version, const std::string& button) {
    return post(who, path(id, "/offer/" + button), button == "decline" ? R"({"reason":"在休假"})" : "",
                testing::if_match(version));
  }
  std::string state(CaseId id) {
    return value<std::string>("select state from case_offers where case_id = :case order by id desc limit 1",
                              {{"case", id}});
  }
  std::string handler(CaseId id) {
    const auto shown = read(id, "officer1");
    return shown.at("handler").is_null() ? "" : shown.text("handler.name");
  }
};

TEST_P(HandingOver, ChangesTheHandlerOnlyWhenTheOtherHasAccepted) {
  const auto id = open("officer1");
  accept(id, "officer1", 1);
  const auto shown = offer(id, "officer1", 2, "officer2", R"(,"note":"等区里回函")");
  EXPECT_EQ(shown.text("offer.to.name"), "示例 officer2");
  EXPECT_EQ(shown.text("offer.by.name"), "示例 officer1");
  EXPECT_EQ(shown.text("handler.name"), "示例 officer1") << "nothing has changed hands yet";
  EXPECT_EQ(advance(id, "officer2", 3, "review").problem(), "not_your_case");
  EXPECT_EQ(get("officer3", "/api/desk/cases?venue=" + town.venue).at("items").at(0).at("offered_to"),
            "示例 officer2");

  const auto taken = press(id, "officer2", 3, "accept");
  EXPECT_EQ(taken.text("handler.name"), "示例 officer2");
  EXPECT_EQ(taken.text("first_contact.name"), "示例 officer1") << "who never changes";
  EXPECT_TRUE(taken.at("offer").is_null());
  EXPECT_TRUE(taken.at("mine").as_bool());
  EXPECT_EQ(taken.at("history").at(2).at("note"), "等区里回函");
  EXPECT_EQ(advance(id, "officer1", 4, "review").problem(), "not_your_case");
  EXPECT_EQ(advance(id, "officer2", 4, "review").problem(), "");
}

TEST_P(HandingOver, TakesEveryStepFromWhereItMayAndNoOther) {
  // What each button does in each state, pressed by whose it is.
  const struct {
    const char* state;
    const char* accept;
    const char* decline;
    const char* withdraw;
    const char* offer;
  } table[] = {
      {"none", "no_offer", "no_offer", "no_offer", "offered"},
      {"offered", "accepted", "declined", "withdrawn", "offered_already"},
      {"accepted", "no_offer", "no_offer", "no_offer", "offered"},
      {"declined", "no_offer", "no_offer", "no_offer", "offered"},
      {"withdrawn", "no_offer", "no_offer", "no_offer", "offered"},
  };
  const auto brought_to = [&](const std::string& wanted) {
    const auto id = wanted == "none" ? open("officer1") : offered();
    if (wanted == "accepted") press(id, "officer2", 2, "accept");
    if (wanted == "declined") press(id, "officer2", 2, "decline");
    if (wanted == "withdrawn") press(id, "officer1", 2, "withdraw");
    return id;
  };
  const auto outcome = [&](const std::string& from, const std::string& button) {
    const auto id = brought_to(from);
    const auto version = read(id, "officer1").number("version");
    const auto answer = button == "offer"      ? offer(id, "manager", version, "officer3")
                        : button == "withdraw" ? press(id, "officer1", version, button)
                                               : press(id, "officer2", version, button);
    return answer.problem().empty() ? state(id) : answer.problem();
  };
  for (const auto& row : table) {
    EXPECT_EQ(outcome(row.state, "accept"), row.accept) << row.state;
    EXPECT_EQ(outcome(row.state, "decline"), row.decline) << row.state;
    EXPECT_EQ(outcome(row.state, "withdraw"), row.withdraw) << row.state;
    EXPECT_EQ(outcome(row.state, "offer"), row.offer) << row.state;
  }
}

TEST_P(HandingOver, IsAnsweredOnlyByThoseWhoseItIs) {
  const auto id = offered();
  for (const auto* who : {"officer1", "officer3", "manager"}) {
    EXPECT_EQ(press(id, who, 2, "accept").problem(), "not_your_case") << who;
    EXPECT_EQ(press(id, who, 2, "decline").problem(), "not_your_case") << who;
  }
  for (const auto* who : {"officer2", "officer3"})
    EXPECT_EQ(press(id, who, 2, "withdraw").problem(), "not_your_case") << who;
  for (const auto* who : {"elsewhere", "greeter"})
    EXPECT_EQ(press(id, who, 2, "accept").problem(), "not_allowed") << who;
  EXPECT_EQ(press(id, "officer2", 1, "accept").problem(), "version_differs");
  EXPECT_EQ(press(id, "manager", 2, "withdraw").problem(), "") << "in the place of one who is not there";
}

TEST_P(HandingOver, IsOfferedByWhoeverHandlesTheCaseAndByManagers) {
  const auto id = open("officer1");
  EXPECT_EQ(offer(id, "officer2", 1, "officer3").problem(), "not_your_case");
  accept(id, "officer2", 1);
  EXPECT_EQ(offer(id, "officer1", 2, "officer3").problem(), "not_your_case")
      << "the first contact handed it on";
  EXPECT_EQ(offer(id, "manager", 2, "officer3").problem(), "") << "who assigns it";
  EXPECT_EQ(handler(id), "示例 officer2") << "until the other has accepted";
  EXPECT_EQ(press(id, "officer2", 3, "withdraw").problem(), "not_your_case") << "it is the manager's offer";
  EXPECT_EQ(press(id, "officer3", 3, "accept").problem(), "");
  EXPECT_EQ(handler(id), "示例 officer3");
}

TEST_P(HandingOver, IsOfferedOnlyToAnotherOfficerOfTheVenue) {
  const auto id = open("officer1");
  accept(id, "officer1", 1);
  EXPECT_EQ(offer(id, "officer1", 2, "officer1").problem(), "handles_already");
  for (const auto* who : {"greeter", "elsewhere", "auditor"})
    EXPECT_EQ(offer(id, "officer1", 2, who).problem(), "no_such_staff") << who;
  EXPECT_EQ(post("officer1", path(id, "/offer"), R"({"to":"st_999"})", testing::if_match(2)).problem(),
            "no_such_staff");
  EXPECT_EQ(offer(id, "officer1", 2, "director").problem(), "") << "whose role reaches the venue";
}

TEST_P(HandingOver, LeavesNoOneTheCaseByAnotherDoor) {
  const auto id = offered();
  EXPECT_EQ(accept(id, "officer3", 2).problem(), "offered_already") << "officer2 was asked";
  EXPECT_EQ(press(id, "officer2", 2, "decline").problem(), "");
  EXPECT_EQ(accept(id, "officer3", 3).problem(), "");
}

TEST_P(HandingOver, EndsWithTheCase) {
  const auto id = offered();
  EXPECT_EQ(advance(id, "officer1", 2, "refused").problem(), "");
  EXPECT_EQ(state(id), "withdrawn");
  EXPECT_EQ(press(id, "officer2", 3, "accept").problem(), "case_over");
  EXPECT_EQ(offer(id, "officer1", 3, "officer2").problem(), "case_over");
}

TEST_P(HandingOver, IsDeclinedWithAReasonThatStaffSeeAndTheResidentDoesNot) {
  const auto id = offered();
  const auto shown = press(id, "officer2", 2, "decline");
  EXPECT_EQ(shown.at("history").at(2).at("note"), "在休假");
  EXPECT_EQ(handler(id), "");
  const auto progress = town.call("GET", "/api/cases/" + shown.text("token"));
  EXPECT_THAT(boost::json::serialize(progress.body), Not(HasSubstr("休假")));
  EXPECT_EQ(post("officer2", path(id, "/offer/decline"), R"({"reason":""})", testing::if_match(3)).problem(),
            "too_short");
}

TEST_P(HandingOver, TellsThatTheCaseChangedAndNothingElse) {
  const auto id = open("officer1");
  EXPECT_THAT(told_by([&] { offer(id, "officer1", 1, "officer2"); }),
              ElementsAre("case_changed case:" + to_string(id) + R"( {"version":2})",
                          "case_listed desk:" + town.venue + R"( {"reference":"SL-2026-000001"})"));
}

TEST_P(HandingOver, HappensOnceHoweverManyPress) {
  for (int round = 0; round < 5; ++round) {
    const auto id = offered();
    const std::array<std::pair<const char*, const char*>, 3> clicks{
        {{"officer2", "accept"}, {"officer1", "withdraw"}, {"officer2", "accept"}}};
    for (const auto& [who, button] : clicks) as(who);
    std::array<std::string, 3> outcome;
    std::vector<std::thread> together;
    for (std::size_t i = 0; i < clicks.size(); ++i) {
      together.emplace_back([&, i] {
        outcome.at(i) = town.call(as(clicks.at(i).first), "POST", path(id, "/offer/") + clicks.at(i).second,
                                  "", testing::if_match(2))
                            .problem();
      });
    }
    for (auto& each : together) each.join();
    EXPECT_THAT(outcome, ::testing::UnorderedElementsAre("", "version_differs", "version_differs"));
    EXPECT_EQ(handler(id), state(id) == "accepted" ? "示例 officer2" : "");
    EXPECT_EQ(read(id, "officer1").number("version"), 3);
  }
}

TEST_P(HandingOver, IsFoundWithoutAScan) {
  const auto id = open("officer1");
  auto& giver = caller_of("officer1");
  auto& taker = caller_of("officer2");
  giver.at = taker.at = town.instant();
  const auto to = *parse_id<StaffTag>(staff("officer2"));
  testing::read_plans(town, [&](Transaction& tx) {
    offer_case(tx, giver, {id, 1, to, "备注"});
    decline_case(tx, taker, {id, 2, "忙"});
    offer_case(tx, giver, {id, 3, to, std::nullopt});
    withdraw_offer(tx, giver, {id, 4});
    offer_case(tx, giver, {id, 5, to, std::nullopt});
    list_cases(tx, giver, {venue(), std::nullopt, std::nullopt});
    take_over_case(tx, taker, {id, 6});
    advance_case(tx, taker, {id, 7, "refused", std::nullopt, RefusalWish{{}, "不符合", "请找居委会"}});
  });
}

DOORSTEP_ON_ALL_ENGINES(HandingOver);

}  // namespace
}  // namespace doorstep::cases
