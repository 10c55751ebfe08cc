#include "network/absence.hpp"

#include <thread>

#include <gmock/gmock.h>

#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

using ::testing::ElementsAre;
using testing::if_match;
using ::testing::IsEmpty;

class Absences : public PostTest {
 protected:
  std::string third(const std::string& username) { return R"(,"third":")" + staff(username) + '"'; }
  std::string of(const std::string& username) { return R"(,"staff":")" + staff(username) + '"'; }
  Answer end(const std::string& who, const std::string& id, std::int64_t version,
             const std::string& back_on = "") {
    return post(who, "/api/absences/" + id + "/end",
                back_on.empty() ? "{}" : R"({"back_on":")" + back_on + "\"}", if_match(version));
  }
};
TEST_P(Absences, LetTheOtherRoleStandIn) {
  held_post();
  const auto made = away("officer1", "2026-11-25", "2026-11-25");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.text("absence.staff.name"), "示例 officer1");
  EXPECT_THAT(made.at("gaps").as_array(), IsEmpty());
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer2 b", "officer1 a"));
}

TEST_P(Absences, ArePlannedSoThatNoPostIsEmpty) {
  held_post();
  EXPECT_EQ(away("officer1", "2026-11-25", "2026-11-26").problem(), "");
  const auto refused = away("officer2", "2026-11-24", "2026-11-25");
  EXPECT_EQ(refused.problem(), "post_would_be_empty");
  EXPECT_THAT(refused.text("detail"), ::testing::HasSubstr("2026-11-25“综合窗口”"));
  EXPECT_EQ(get("officer2", "/api/absences").at("items").as_array().size(), 0U) << "nothing was kept";
  const auto gaps = get("officer2", "/api/absences/gaps?from=2026-11-24&until=2026-11-27");
  EXPECT_THAT(testing::texts_in(gaps.at("gaps"), "day"), ElementsAre("2026-11-25", "2026-11-26"));
  EXPECT_EQ(away("officer2", "2026-11-24", "2026-11-25", third("officer3")).problem(), "");
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer3 third", "officer2 b"));
}

TEST_P(Absences, AreNotPlannedByWhoStandsIn) {
  held_post();
  away("officer1", "2026-11-25", "2026-11-25");
  away("officer2", "2026-11-25", "2026-11-25", third("officer3"));
  EXPECT_EQ(away("officer3", "2026-11-25", "2026-11-25").problem(), "post_would_be_empty");
  EXPECT_EQ(away("officer3", "2026-11-26", "2026-11-26").problem(), "");
  EXPECT_EQ(away("officer3", "2026-11-25", "2026-11-25", third("greeter")).problem(), "post_would_be_empty")
      << "a third's third stands in for nobody: the one who is away has to name somebody else";
}

TEST_P(Absences, NeedAThirdWhoIsThere) {
  held_post();
  away("officer1", "2026-11-25", "2026-11-25");
  EXPECT_EQ(away("officer3", "2026-11-25", "2026-11-25").problem(), "");
  EXPECT_EQ(away("officer2", "2026-11-25", "2026-11-25", third("officer3")).problem(), "post_would_be_empty");
  EXPECT_EQ(away("officer2", "2026-11-25", "2026-11-25", third("officer2")).problem(), "no_such_staff");
}

TEST_P(Absences, OnDaysWhenTheVenueIsClosedLeaveNothingEmpty) {
  held_post();
  town.write([&](Transaction& tx, Instant) {
    tx.run(
        "insert into venue_exceptions (venue, day, closed, note_zh, note_en)"
        " values (:venue, '2026-11-25', 1, '示例', 'Sample')",
        {{"venue", *parse_id<VenueTag>(town.venue)}});
  });
  EXPECT_EQ(away("officer1", "2026-11-25", "2026-11-25").problem(), "");
  EXPECT_EQ(away("officer2", "2026-11-25", "2026-11-25").problem(), "");
}

TEST_P(Absences, ThatComeSuddenlyAreTakenAndSayWhatIsEmpty) {
  held_post();
  away("officer1", "2026-11-24", "2026-11-25");
  const auto ill = away("manager", "2026-11-24", "2026-11-24", of("officer2"), "sudden");
  EXPECT_EQ(ill.status, 201);
  EXPECT_THAT(testing::texts_in(ill.at("gaps"), "day"), ElementsAre("2026-11-24"));
  EXPECT_THAT(board(), ElementsAre("nobody", "officer2 b", "officer1 a"));
}

TEST_P(Absences, ThatComeSuddenlyBeginToday) {
  held_post();
  EXPECT_EQ(away("officer1", "2026-11-25", "2026-11-25", "", "sudden").problem(), "sudden_is_today")
      << "else nobody would have to plan";
}

TEST_P(Absences, OfWhoStandsInForSomebodyOfTheRosterAreRefused) {
  const auto id = record().text("id");
  post("manager", "/api/posts/" + id + "/roster",
       R"({"day":"2026-11-25","staff":")" + staff("officer1") + "\"}");
  EXPECT_EQ(away("officer1", "2026-11-25", "2026-11-25", third("officer3")).problem(), "");
  EXPECT_EQ(away("officer3", "2026-11-25", "2026-11-25").problem(), "post_would_be_empty");
}

TEST_P(Absences, OfWhoHadAPostHereOnceAreTheirOwn) {
  const auto id = held_post();
  EXPECT_EQ(get("manager", "/api/absences?staff=" + staff("officer1")).status, 200);
  appoint(id, "a", "officer3");
  EXPECT_EQ(get("manager", "/api/absences?staff=" + staff("officer1")).problem(), "not_allowed");
}

TEST_P(Absences, DoNotBlameWhatWasEmptyBefore) {
  const auto id = record().text("id");
  appoint(id, "a", "officer1", R"(,"from":"2026-11-25")");
  EXPECT_EQ(away("officer1", "2026-11-24", "2026-11-24").problem(), "") << "nobody is there then anyway";
  EXPECT_EQ(away("officer1", "2026-11-26", "2026-11-26").problem(), "post_would_be_empty")
      << "there is no B role";
}

TEST_P(Absences, AreOnesOwnOrTheManagers) {
  held_post();
  EXPECT_EQ(away("officer2", "2026-11-26", "2026-11-26", of("officer1")).problem(), "not_allowed");
  EXPECT_EQ(away("manager_elsewhere", "2026-11-26", "2026-11-26", of("officer1")).problem(), "not_allowed");
  EXPECT_EQ(away("manager", "2026-11-26", "2026-11-26", of("officer3")).problem(), "not_allowed")
      << "who has no post here";
  const auto made = away("manager", "2026-11-26", "2026-11-26", of("officer1"));
  EXPECT_EQ(made.status, 201);
  const auto id = made.text("absence.id");
  const auto list = "/api/absences?staff=" + staff("officer1");
  EXPECT_EQ(get("officer2", list).problem(), "not_allowed");
  EXPECT_THAT(testing::texts_in(get("manager", list).at("items"), "id"), ElementsAre(id));
  EXPECT_THAT(testing::texts_in(get("officer1", "/api/absences").at("items"), "id"), ElementsAre(id));
  EXPECT_EQ(get("officer2", "/api/absences/gaps?from=2026-11-24&until=2026-11-24&staff=" + staff("officer1"))
                .problem(),
            "not_allowed");
  EXPECT_EQ(end("officer2", id, 1).problem(), "not_allowed");
  EXPECT_EQ(end("admin", id, 1).problem(), "");
}

TEST_P(Absences, EndSoonerOrNeverBegin) {
  const auto later = away("officer1", "2026-11-26", "2026-11-28").text("absence.id");
  EXPECT_EQ(end("officer1", later, 1, "2026-11-23").problem(), "day_has_passed");
  EXPECT_EQ(end("officer1", later, 7).problem(), "version_differs");
  EXPECT_EQ(end("officer1", later, 1, "2026-11-29").problem(), "absence_over") << "it is over by then";
  const auto shorter = end("officer1", later, 1, "2026-11-28");
  EXPECT_EQ(shorter.text("until"), "2026-11-27");
  EXPECT_EQ(away("officer1", "2026-11-27", "2026-11-29").problem(), "away_already");
  EXPECT_EQ(away("officer1", "2026-11-28", "2026-11-29").problem(), "");
  EXPECT_TRUE(end("officer1", later, 2).at("cancelled").as_bool()) << "back before it began";
  EXPECT_EQ(end("officer1", later, 3).problem(), "absence_over");
  EXPECT_EQ(end("officer1", "ab_1", 1).problem(), "no_such_absence");
  EXPECT_EQ(away("officer1", "2026-11-26", "2026-11-26").problem(), "");
}

TEST_P(Absences, RefusePeriodsThatCannotBe) {
  EXPECT_EQ(away("officer1", "2026-11-26", "2026-11-25").problem(), "period_empty");
  EXPECT_EQ(away("officer1", "2026-11-23", "2026-11-25").problem(), "day_has_passed");
  EXPECT_EQ(away("officer1", "2026-11-24", "2027-11-25").problem(), "absence_too_long");
  EXPECT_EQ(away("officer1", "2026-11-24", "2027-11-24").problem(), "") << "a year and a day";
  EXPECT_EQ(get("officer1", "/api/absences/gaps?from=2026-11-26&until=2026-11-25").problem(), "period_empty");
}

TEST_P(Absences, OfBothRolesAtOnceLeaveOneThere) {
  held_post();
  std::array<std::string, 2> outcome;
  const std::array<std::string, 2> who{"officer1", "officer2"};
  for (const auto& each : who) as(each);
  std::vector<std::thread> both;
  for (std::size_t i = 0; i < 2; ++i) {
    both.emplace_back([&, i] {
      outcome.at(i) = town.call(as(who.at(i)), "POST", "/api/absences",
                                R"({"kind":"planned","from":"2026-11-25","until":"2026-11-25"})")
                          .problem();
    });
  }
  for (auto& each : both) each.join();
  EXPECT_THAT(outcome, ::testing::UnorderedElementsAre("", "post_would_be_empty"));
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Absences);

}  // namespace doorstep::network
