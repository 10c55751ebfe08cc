// What people thought of it, and what follows of a low grade.
#include "cases/rating.hpp"

#include <gmock/gmock.h>

#include "testing/case_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Ratings : public testing::CaseTest {
 protected:
  // A case that is over, with officer1 as its first contact and officer2 as its handler.
  std::string over() {
    const auto id = open("officer1");
    EXPECT_EQ(accept(id, "officer2", 1).problem(), "");
    EXPECT_EQ(advance(id, "officer2", 2, "refused").problem(), "");
    return read(id, "officer1").text("token");
  }
  testing::Answer rate(const std::string& token, const std::string& grade, const std::string& more = "") {
    return town.call("POST", "/api/cases/" + token + "/rating",
                     R"({"grade":")" + grade + R"(","remarks":[])" + more + "}");
  }
  testing::Answer own(const std::string& token) {
    return town.call("GET", "/api/cases/" + token + "/rating");
  }
  testing::Answer listed(const std::string& who, const std::string& more = "") {
    return get(who, "/api/desk/ratings?venue=" + town.venue + more);
  }
  std::string first_listed(const std::string& who = "manager") {
    return std::string{listed(who).at("items").at(0).at("id").as_string()};
  }
  std::vector<std::string> alarms() {
    return testing::texts_in(get("manager", "/api/alarms").at("items"), "code");
  }
  testing::Answer call_back(const std::string& rating, std::int64_t version,
                            const std::string& who = "manager") {
    return post(who, "/api/desk/ratings/" + rating + "/call-back", R"({"outcome":"道了歉，说明了原因"})",
                testing::if_match(version));
  }
  testing::Answer review(const std::string& rating, std::int64_t version,
                         const std::string& who = "director") {
    return post(who, "/api/desk/ratings/" + rating + "/review", R"({"outcome":"您说得对，已经改了"})",
                testing::if_match(version));
  }
  testing::Answer appeal(const std::string& token) {
    return town.call("POST", "/api/cases/" + token + "/rating/appeal", R"({"words":"还是不对"})");
  }
  testing::Answer look(const std::string& who, const std::string& rating,
                       const std::string& purpose = "回访") {
    return post(who, "/api/desk/ratings/" + rating + "/words", R"({"purpose":")" + purpose + "\"}");
  }
};

TEST_P(Ratings, AreAskedForOnceItIsOverAndOnlyOnce) {
  const auto id = open("officer1");
  const auto token = read(id, "officer1").text("token");
  EXPECT_FALSE(own(token).at("may_rate").as_bool());
  EXPECT_EQ(rate(token, "good").problem(), "case_still_open");
  advance(id, "officer1", 1, "refused");
  EXPECT_TRUE(own(token).at("may_rate").as_bool());
  const auto rated = rate(token, "good");
  EXPECT_EQ(rated.status, 201) << rated.problem();
  EXPECT_FALSE(rated.at("may_rate").as_bool());
  EXPECT_EQ(rated.text("grade"), "good");
  EXPECT_EQ(rated.text("follow_up"), "none");
  EXPECT_EQ(rate(token, "poor").problem(), "already_rated");
  EXPECT_EQ(rate("nonsense", "good").problem(), "no_such_case");
  EXPECT_EQ(own("nonsense").problem(), "no_such_case");
}

TEST_P(Ratings, OfTheTwoLowestGradesAreCalledBackWithinAWorkingDay) {
  const struct {
    const char* grade;
    bool low;
  } grades[] = {{"very_poor", true}, {"poor", true}, {"fair", false}, {"good", false}, {"very_good", false}};
  for (const auto& row : grades) {
    SCOPED_TRACE(row.grade);
    const auto rated = rate(over(), row.grade);
    EXPECT_EQ(rated.text("follow_up"), row.low ? "open" : "none");
    EXPECT_EQ(rated.at("call_back_by").is_null(), !row.low);
    if (row.low) {
      EXPECT_EQ(rated.text("call_back_by"), "2026-11-25") << "the next working day";
    }
  }
}

TEST_P(Ratings, ShowToManagersAndNeverToThoseConcerned) {
  rate(over(), "poor", R"(,"words":"等了两个小时","phone":"13900000055")");
  EXPECT_EQ(listed("officer1").problem(), "not_allowed");
  EXPECT_EQ(listed("manager_elsewhere").problem(), "not_allowed");
  const auto seen = listed("manager");
  ASSERT_EQ(seen.at("items").as_array().size(), 1U);
  EXPECT_THAT(boost::json::serialize(seen.body), Not(HasSubstr("officer")));
  EXPECT_THAT(boost::json::serialize(seen.body), Not(HasSubstr("两个小时")));
  const auto rating = first_listed();
  const auto words = look("manager", rating);
  EXPECT_EQ(words.text("words"), "等了两个小时");
  EXPECT_EQ(words.text("phone"), "13900000055");
  EXPECT_EQ(look("manager", rating, " ").problem(), "purpose_missing");
  EXPECT_EQ(look("officer1", rating).problem(), "not_allowed");
  EXPECT_EQ(look("manager", "ra_9999").problem(), "no_such_rating");
  EXPECT_EQ(value<std::int64_t>("select count(*) from audit where action = 'look_at_rating'"), 2);
}

TEST_P(Ratings, OfAManagersOwnCaseAreSeenByTheOneAboveOnly) {
  const auto id = open("manager");
  advance(id, "manager", 1, "refused");
  rate(read(id, "manager").text("token"), "very_poor");
  EXPECT_THAT(listed("manager").at("items").as_array(), IsEmpty());
  const auto rating = first_listed("director");
  EXPECT_EQ(look("manager", rating).problem(), "not_allowed");
  EXPECT_EQ(call_back(rating, 1, "manager").problem(), "no_such_rating");
  EXPECT_EQ(call_back(rating, 1, "director").problem(), "");
}

// A case may be reopened, and somebody else may handle it from then on.
TEST_P(Ratings, AreAboutThoseWhoHandledTheCaseThen) {
  const auto id = open("officer1");
  advance(id, "officer1", 1, "refused");
  rate(read(id, "officer1").text("token"), "poor");
  EXPECT_EQ(post("officer1", path(id, "/reopen"), R"({"reason":"查漏了"})", testing::if_match(2)).problem(),
            "");
  EXPECT_EQ(accept(id, "manager", 3).problem(), "");
  EXPECT_EQ(call_back(first_listed(), 1).problem(), "") << "it was not about the manager";
}

// Each state, and what may be done in it.
TEST_P(Ratings, GoOnAsTheyMay) {
  const auto token = over();
  rate(token, "poor");
  const auto rating = first_listed();
  EXPECT_EQ(appeal(token).problem(), "no_appeal_now") << "open";
  EXPECT_EQ(review(rating, 1).problem(), "no_appeal_now");
  EXPECT_EQ(call_back(rating, 2).problem(), "version_differs");
  EXPECT_EQ(call_back(rating, 1).text("follow_up"), "called_back");
  EXPECT_EQ(call_back(rating, 2).problem(), "no_call_back_due") << "called back";
  EXPECT_EQ(review(rating, 2).problem(), "no_appeal_now");
  EXPECT_EQ(appeal(token).text("follow_up"), "appealed");
  EXPECT_EQ(appeal(token).problem(), "no_appeal_now") << "appealed";
  EXPECT_EQ(call_back(rating, 3).problem(), "no_call_back_due");
  EXPECT_EQ(review(rating, 3, "manager").problem(), "somebody_else_reviews");
  EXPECT_EQ(review(rating, 3).text("follow_up"), "reviewed");
  EXPECT_EQ(review(rating, 4).problem(), "no_appeal_now") << "reviewed";
  EXPECT_EQ(call_back(rating, 4).problem(), "no_call_back_due");
  EXPECT_EQ(appeal(token).problem(), "no_appeal_now");
  EXPECT_EQ(own(token).text("review"), "您说得对，已经改了");
  const auto words = look("director", rating);
  EXPECT_EQ(words.text("call_back"), "道了歉，说明了原因");
  EXPECT_EQ(words.text("appeal"), "还是不对");
}

TEST_P(Ratings, ThatWereGoodNeedNoCallAndHaveNoAppeal) {
  const auto token = over();
  rate(token, "very_good");
  EXPECT_EQ(call_back(first_listed(), 1).problem(), "no_call_back_due");
  EXPECT_EQ(appeal(token).problem(), "no_appeal_now");
  EXPECT_EQ(appeal(over()).problem(), "no_appeal_now") << "not rated at all";
}

TEST_P(Ratings, ToFollowUpComeOldestFirstAndSayWhatIsLate) {
  for (const auto* grade : {"poor", "good", "very_poor"}) rate(over(), grade);
  EXPECT_EQ(listed("manager").at("items").as_array().size(), 3U);
  const auto waiting = listed("manager", "&to_follow_up=true");
  EXPECT_THAT(testing::texts_in(waiting.at("items"), "grade"), ElementsAre("poor", "very_poor"));
  EXPECT_FALSE(waiting.at("items").at(0).at("late").as_bool());
  EXPECT_THAT(alarms(), Not(Contains("call_backs_late")));
  pass(hours{24 * 2});
  EXPECT_TRUE(listed("manager", "&to_follow_up=true").at("items").at(0).at("late").as_bool());
  EXPECT_THAT(alarms(), Contains("call_backs_late"));
  for (const auto& item : waiting.at("items").as_array())
    EXPECT_EQ(call_back(std::string{item.at("id").as_string()}, 1).problem(), "");
  EXPECT_THAT(alarms(), Not(Contains("call_backs_late")));
}

TEST_P(Ratings, AreCountedByMatterAndNeverByOfficer) {
  for (const auto* grade : {"poor", "good", "good"}) rate(over(), grade);
  const auto counts =
      get("manager", "/api/desk/ratings/counts?venue=" + town.venue + "&from=2026-11-24&until=2026-11-24");
  ASSERT_EQ(counts.at("matters").as_array().size(), 1U);
  EXPECT_EQ(boost::json::serialize(counts.at("matters").at(0).at("count")), "[0,1,0,2,0]");
  EXPECT_THAT(boost::json::serialize(counts.body), Not(HasSubstr("officer")));
  const auto other_day =
      get("manager", "/api/desk/ratings/counts?venue=" + town.venue + "&from=2026-11-25&until=2026-11-30");
  EXPECT_TRUE(other_day.at("matters").as_array().empty());
}

TEST_P(Ratings, KeepTheirRemarksInOrderAndOnce) {
  const auto token = over();
  town.call("POST", "/api/cases/" + token + "/rating",
            R"({"grade":"good","remarks":["quick","kind","quick"]})");
  EXPECT_EQ(boost::json::serialize(listed("manager").at("items").at(0).at("remarks")), R"(["kind","quick"])");
}

TEST_P(Ratings, AreFoundWithoutAScan) {
  for (int i = 0; i < 5; ++i) rate(over(), "poor");
  auto& manager = caller_of("manager");
  manager.at = town.instant();
  const auto token = over();
  RatingId id;
  town.read([&](Snapshot& snapshot, Instant) {
    id = RatingId{snapshot.value<std::int64_t>("select min(id) from ratings")};
  });
  const auto reads = [&](auto&& work) { testing::read_plans(town, work); };
  reads([&](Transaction& tx) {
    rate_case(tx, manager, {.token = token, .grade = Grade::poor, .remarks = {}});
  });
  reads([&](Transaction& tx) {
    list_ratings(tx, manager, {.venue = venue(), .to_follow_up = {}, .cursor = {}, .limit = {}});
  });
  reads([&](Transaction& tx) {
    list_ratings(tx, manager, {.venue = venue(), .to_follow_up = true, .cursor = {}, .limit = {}});
  });
  reads([&](Transaction& tx) {
    count_ratings(tx, manager, {venue(), *parse_day("2026-11-24"), *parse_day("2026-11-24")});
  });
  reads([&](Transaction& tx) { record_call_back(tx, manager, {id, 1, "回访了"}); });
  reads([&](Transaction& tx) { late_call_backs(tx, manager.at); });
}

DOORSTEP_ON_ALL_ENGINES(Ratings);

}  // namespace
}  // namespace doorstep::cases
