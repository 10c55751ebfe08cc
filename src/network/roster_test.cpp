#include "network/roster.hpp"

#include <gmock/gmock.h>

#include "network/town_file.hpp"
#include "testing/post_fixture.hpp"

namespace doorstep::network {
namespace {

using ::testing::ElementsAre;

class Rosters : public PostTest {
 protected:
  Answer put(const std::string& who, const std::string& id, const std::string& day,
             const std::string& username) {
    const auto named = username.empty() ? "null" : '"' + staff(username) + '"';
    return post(who, "/api/posts/" + id + "/roster", R"({"day":")" + day + R"(","staff":)" + named + "}");
  }
};
TEST_P(Rosters, NameSomebodyElseForADay) {
  const auto id = held_post();
  EXPECT_EQ(duty(put("manager", id, "2026-11-25", "officer3").at("on_duty")), "officer3 roster");
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer3 roster", "officer1 a"));
  EXPECT_EQ(duty(put("manager", id, "2026-11-25", "officer2").at("on_duty")), "officer2 roster");
  EXPECT_EQ(duty(put("manager", id, "2026-11-25", "").at("on_duty")), "officer1 a");
}

TEST_P(Rosters, AreKeptByTheVenuesManagerAndStationKeeper) {
  const auto id = held_post();
  EXPECT_EQ(put("officer1", id, "2026-11-25", "officer3").problem(), "not_allowed");
  EXPECT_EQ(put("manager_elsewhere", id, "2026-11-25", "officer3").problem(), "not_allowed");
  post("manager", "/api/grants",
       R"({"staff":")" + staff("greeter") + R"(","role":"station_keeper","venue":")" + town.venue + "\"}");
  EXPECT_EQ(put("greeter", id, "2026-11-25", "officer3").problem(), "");
}

TEST_P(Rosters, RefuseWhatCannotBe) {
  const auto id = held_post();
  EXPECT_EQ(put("manager", "po_1", "2026-11-25", "officer3").problem(), "no_such_post");
  EXPECT_EQ(put("manager", id, "2026-11-23", "officer3").problem(), "day_has_passed");
  EXPECT_EQ(away("officer3", "2026-11-25", "2026-11-25").problem(), "");
  EXPECT_EQ(put("manager", id, "2026-11-25", "officer3").problem(), "away_that_day");
  post("admin", "/api/staff/" + staff("greeter") + "/end");
  EXPECT_EQ(put("manager", id, "2026-11-26", "greeter").problem(), "no_such_staff");
  EXPECT_THAT(board(), ElementsAre("officer1 a", "officer1 a", "officer1 a")) << "nothing was kept";
}

TEST_P(Rosters, ShowWhoStandsInAndWhenTheVenueIsClosed) {
  held_post();
  town.write([&](Transaction& tx, Instant) {
    tx.run(
        "insert into venue_exceptions (venue, day, closed, note_zh, note_en)"
        " values (:venue, '2026-11-26', 1, '示例', 'Sample')",
        {{"venue", *parse_id<VenueTag>(town.venue)}});
  });
  EXPECT_EQ(away("officer1", "2026-11-25", "2026-11-26").problem(), "");
  EXPECT_THAT(board("?days=4"), ElementsAre("officer1 a", "officer2 b", "closed", "officer1 a"));
  EXPECT_EQ(away("officer2", "2026-11-24", "2026-11-25", "", "sudden").problem(), "");
  EXPECT_THAT(board("?from=2026-11-25&days=1"), ElementsAre("nobody"));
  const auto list = "/api/venues/" + town.venue + "/roster";
  EXPECT_EQ(get("greeter", list).at("items").at(0).at("days").as_array().size(), 7U) << "a week";
  EXPECT_EQ(get("greeter", list + "?days=43").problem(), "out_of_range");
  EXPECT_EQ(get("greeter", "/api/venues/ve_1/roster").problem(), "no_such_venue");
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(Rosters);

}  // namespace doorstep::network
