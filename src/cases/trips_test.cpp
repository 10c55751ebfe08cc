// How often somebody had to come, what the first time was like, and why there was another.
#include "cases/trips.hpp"

#include <array>
#include <thread>

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<std::string> all_papers{"form", "card", "bank", "letter"};

class Trips : public testing::CaseTest {
 protected:
  CaseId taken_in(const std::vector<std::string>& papers, bool came = true) {
    open_relief("officer1");  // its matter is there from then on
    return open("officer1", {.matter = "relief",
                             .venue = venue(),
                             .materials_received = papers,
                             .applicant = std::nullopt,
                             .note = std::nullopt,
                             .came = came});
  }
  Answer came(CaseId id, const std::string& body = "{}", const std::string& who = "officer1") {
    return post(who, path(id, "/trips"), body);
  }
  Answer came_for(CaseId id, const std::string& reason) {
    return came(id, R"({"reason":")" + reason + "\"}");
  }
  Answer take_back(CaseId id, const std::string& who = "officer1") {
    return post(who, path(id, "/trips/take-back"), "");
  }
  Answer trips(CaseId id) { return get("officer1", path(id, "/trips")); }
  bool first_was_ready(CaseId id) { return trips(id).at("trips").at(0).at("ready").as_bool(); }
  std::size_t count(CaseId id) { return trips(id).at("trips").as_array().size(); }
  Answer receive(CaseId id, const std::string& paper) {
    return act(id, "officer1", "/materials", R"({"material":")" + paper + "\"}");
  }
  Answer counted(const std::string& who = "manager", const std::string& from = "2026-11-01") {
    return get(who, "/api/desk/trips/counts?from=" + from + "&until=2026-12-31&venue=" + town.venue);
  }
  void a_day_passes() { pass(hours{24}); }
  void bring_in_corrections() {
    town.write([](Transaction& tx, Instant at) {
      auto matter = testing::relief();
      matter.key = correction_matter;
      put_matter(tx, matter, at);
    });
  }
};

TEST_P(Trips, BeginWithTheWindowAndNotWithAPhoneCall) {
  EXPECT_EQ(count(taken_in({})), 1U);
  const auto by_phone = taken_in({}, false);
  EXPECT_THAT(trips(by_phone).at("trips").as_array(), IsEmpty());
  EXPECT_FALSE(trips(by_phone).at("today").as_bool());
  const auto first = came(by_phone);
  EXPECT_EQ(first.status, 201) << first.problem();
  EXPECT_EQ(first.at("trips").as_array().size(), 1U);
  EXPECT_TRUE(first.at("today").as_bool());
}

TEST_P(Trips, AreCountedOnceADay) {
  const auto id = taken_in({});
  EXPECT_EQ(came_for(id, "own_wish").problem(), "came_already");
  a_day_passes();
  EXPECT_EQ(came_for(id, "own_wish").status, 201);
  EXPECT_EQ(came_for(id, "own_wish").problem(), "came_already");
  EXPECT_EQ(count(id), 2U);
}

TEST_P(Trips, HaveAReasonFromTheSecondOneOn) {
  const auto id = taken_in({});
  a_day_passes();
  EXPECT_EQ(came(id).problem(), "trip_needs_reason");
  EXPECT_EQ(came_for(id, "not_said").problem(), "trip_needs_words");
  EXPECT_EQ(came_for(id, "moon").status, 400);
  const auto again = came_for(id, "not_brought");
  EXPECT_EQ(again.at("trips").at(1).at("reason").as_string(), "not_brought");
  EXPECT_EQ(again.at("trips").at(1).at("day").as_string(), "2026-11-25");
}

TEST_P(Trips, AreReadyWhereAllThatWasNeededWasThere) {
  EXPECT_TRUE(first_was_ready(taken_in(all_papers)));
  EXPECT_FALSE(first_was_ready(taken_in({"form", "card"})));
}

TEST_P(Trips, AreReadyWhenTheLastPaperComesOnTheSameDayAndNotWhenItComesOnAnother) {
  const auto same_day = taken_in({"form", "card", "bank"});
  receive(same_day, "letter");
  EXPECT_TRUE(first_was_ready(same_day));
  act(same_day, "officer1", "/materials/take-back", R"({"material":"letter"})");
  EXPECT_FALSE(first_was_ready(same_day)) << "a mark that was a mistake";
  a_day_passes();
  receive(same_day, "letter");
  EXPECT_FALSE(first_was_ready(same_day));
}

TEST_P(Trips, AreNotReadyWhereSomethingMoreIsAskedForThatDay) {
  const auto id = taken_in(all_papers);
  act(id, "officer1", "/advance", R"({"to":"check"})");
  act(id, "officer1", "/notices", R"({"materials":[],"others":["户口簿复印件"]})");
  EXPECT_FALSE(first_was_ready(id));
}

TEST_P(Trips, NeedOnlyThePapersThatTheAnswersCallFor) {
  town.write([](Transaction& tx, Instant at) { put_matter(tx, testing::relief_by_who_comes(), at); });
  const auto with = [&](const std::string& who) {
    return open("officer1", {.matter = "relief",
                             .venue = venue(),
                             .materials_received = {"form", "card", "bank"},
                             .applicant = std::nullopt,
                             .note = std::nullopt,
                             .answers = {{"who", who}}});
  };
  EXPECT_TRUE(first_was_ready(with("self")));
  EXPECT_FALSE(first_was_ready(with("other")));
}

TEST_P(Trips, ToTheCounterForTheResultAreCountedToo) {
  const auto done = [&](const std::string& way) {
    const auto id = taken_in(all_papers);
    advance(id, "officer1", 1, "check");
    advance(id, "officer1", 2, "done");
    act(id, "officer1", "/result", R"({"way":")" + way + "\"}");
    a_day_passes();
    const auto handed =
        act(id, "officer1", "/result/handed-out", R"({"taken_by":"applicant","taker":"示例 王秀英"})");
    EXPECT_EQ(handed.status, 200) << handed.problem();
    return id;
  };
  const auto at_counter = trips(done("counter"));
  EXPECT_EQ(at_counter.at("trips").at(1).at("reason").as_string(), "to_collect");
  EXPECT_EQ(count(done("post")), 1U);
}

TEST_P(Trips, OpenACorrectionOfAGuideThatDidNotSayWhatWasNeeded) {
  bring_in_corrections();
  const auto id = taken_in({});
  a_day_passes();
  const auto again = came(id, R"({"reason":"not_said","words":"还要户口簿原件"})");
  EXPECT_EQ(again.at("trips").at(1).at("words").as_string(), "还要户口簿原件");
  const std::string correction{again.at("trips").at(1).at("correction").at("id").as_string()};
  const auto opened = get("officer1", "/api/desk/cases/" + correction);
  EXPECT_EQ(opened.text("matter.key"), correction_matter);
  EXPECT_THAT(opened.text("note"), HasSubstr("还要户口簿原件"));
  EXPECT_THAT(opened.text("note"), HasSubstr("临时救助"));
  EXPECT_EQ(opened.text("first_contact.name"), read(id, "officer1").text("first_contact.name"));
  EXPECT_FALSE(opened.at("has_applicant").as_bool());
}

TEST_P(Trips, TellTheSameAgainToTheCorrectionThatRuns) {
  bring_in_corrections();
  const auto one = taken_in({}), other = taken_in({}), third = taken_in({});
  a_day_passes();
  const auto correction_of = [&](CaseId id, const std::string& words) {
    const auto answer = came(id, R"({"reason":"not_said","words":")" + words + "\"}");
    EXPECT_EQ(answer.status, 201) << answer.problem();
    return std::string{answer.at("trips").at(1).at("correction").at("id").as_string()};
  };
  const auto correction = correction_of(one, "甲");
  EXPECT_EQ(correction_of(other, "乙"), correction);
  const auto told = get("officer1", "/api/desk/cases/" + correction);
  EXPECT_THAT(std::string{told.at("history").as_array().back().at("note").as_string()}, HasSubstr("乙"));
  const auto over = act(CaseId{*parse_id<CaseTag>(correction)}, "manager", "/withdraw");
  EXPECT_EQ(over.problem(), "");
  EXPECT_NE(correction_of(third, "丙"), correction) << "the first one is over";
}

TEST_P(Trips, KeepTheWordsWhereTheTownHasNoSuchMatter) {
  const auto id = taken_in({});
  a_day_passes();
  const auto again = came(id, R"({"reason":"not_said","words":"还要户口簿原件"})");
  EXPECT_EQ(again.status, 201) << again.problem();
  EXPECT_TRUE(again.at("trips").at(1).at("correction").is_null());
  EXPECT_EQ(again.at("trips").at(1).at("words").as_string(), "还要户口簿原件");
}

TEST_P(Trips, AreTakenBackOnTheSameDayByWhoeverRecordedThemOrAManager) {
  const auto id = taken_in({}, false);
  EXPECT_EQ(take_back(id).problem(), "no_trip_today");
  came(id);
  EXPECT_EQ(take_back(id, "officer2").problem(), "trip_not_yours");
  EXPECT_THAT(take_back(id).at("trips").as_array(), IsEmpty());
  came(id);
  EXPECT_THAT(take_back(id, "manager").at("trips").as_array(), IsEmpty());
  came(id);
  a_day_passes();
  EXPECT_EQ(take_back(id).problem(), "no_trip_today");
}

TEST_P(Trips, ThatAreTakenBackTellTheCorrectionThatTheyOpened) {
  bring_in_corrections();
  const auto id = taken_in({});
  a_day_passes();
  const auto again = came(id, R"({"reason":"not_said","words":"示例"})");
  const std::string correction{again.at("trips").at(1).at("correction").at("id").as_string()};
  EXPECT_EQ(take_back(id).at("trips").as_array().size(), 1U);
  const auto told = get("officer1", "/api/desk/cases/" + correction);
  EXPECT_THAT(std::string{told.at("history").as_array().back().at("note").as_string()}, HasSubstr("退回"));
  EXPECT_EQ(came_for(id, "own_wish").at("trips").as_array().size(), 2U) << "the day counts anew";
}

TEST_P(Trips, AreSeenByTheOneWhoHoldsTheSlipAsANumber) {
  const auto id = taken_in({});
  const auto token = read(id, "officer1").text("token");
  const auto shown = [&] { return town.call("GET", "/api/cases/" + token); };
  EXPECT_EQ(shown().number("trips"), 1);
  a_day_passes();
  came(id, R"({"reason":"not_said","words":"还要户口簿原件"})");
  EXPECT_EQ(shown().number("trips"), 2);
  EXPECT_THAT(serialize(shown().body), ::testing::Not(HasSubstr("户口簿")));
}

TEST_P(Trips, AreForTheOfficersOfTheVenue) {
  const auto id = taken_in({}, false);
  for (const auto* who : {"elsewhere", "greeter"}) {
    EXPECT_EQ(came(id, "{}", who).problem(), "not_allowed") << who;
    EXPECT_EQ(take_back(id, who).problem(), "not_allowed") << who;
    EXPECT_EQ(get(who, path(id, "/trips")).problem(), "not_allowed") << who;
  }
  EXPECT_EQ(came(CaseId{999'999}).problem(), "no_such_case");
}

TEST_P(Trips, AreCountedByMatterAndNeverByOfficer) {
  taken_in(all_papers);
  const auto id = taken_in({});
  a_day_passes();
  came_for(id, "not_brought");
  a_day_passes();
  came_for(id, "to_sign");
  const auto counts = counted();
  ASSERT_EQ(counts.at("matters").as_array().size(), 1U);
  const auto relief = counts.at("matters").at(0);
  EXPECT_EQ(relief.at("matter").at("key").as_string(), "relief");
  EXPECT_EQ(relief.at("first").as_int64(), 4) << "two more only brought the matter in";
  EXPECT_EQ(relief.at("ready").as_int64(), 1);
  EXPECT_EQ(relief.at("again").as_int64(), 2);
  EXPECT_THAT(testing::texts_in(relief.at("why_again"), "reason"), ElementsAre("not_brought", "to_sign"));
  EXPECT_THAT(serialize(counts.body), ::testing::Not(HasSubstr("officer")));
  EXPECT_THAT(counted("manager", "2026-11-26").at("matters").at(0).at("again").as_int64(), 1);
  EXPECT_EQ(counted("officer1").problem(), "not_allowed");
}

TEST_P(Trips, AreOneHoweverManyRecordThem) {
  const auto id = taken_in({}, false);
  const std::array<std::string, 2> who{"officer1", "officer2"};
  for (const auto& each : who) as(each);
  std::array<std::string, 2> outcome;
  std::vector<std::thread> both;
  for (std::size_t i = 0; i < 2; ++i) {
    both.emplace_back(
        [&, i] { outcome.at(i) = town.call(as(who.at(i)), "POST", path(id, "/trips"), "{}").problem(); });
  }
  for (auto& each : both) each.join();
  EXPECT_THAT(outcome, ::testing::UnorderedElementsAre("", "came_already"));
  EXPECT_EQ(count(id), 1U);
}

TEST_P(Trips, AreFoundWithoutAScan) {
  bring_in_corrections();
  const auto id = taken_in({}), other = taken_in({});
  a_day_passes();
  auto& officer = caller_of("officer1");
  auto& manager = caller_of("manager");
  officer.at = manager.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) {
    record_trip(tx, officer, {.id = id, .reason = TripReason::not_said, .words = "示例"});
    record_trip(tx, officer, {.id = other, .reason = TripReason::not_said, .words = "示例"});
    take_back_trip(tx, officer, {id});
    count_trips(tx, manager, {venue(), *parse_day("2026-11-01"), *parse_day("2026-12-01")});
  });
}

DOORSTEP_ON_ALL_ENGINES(Trips);

}  // namespace
}  // namespace doorstep::cases
