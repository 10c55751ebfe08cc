// Deadlines that reached into a year whose holidays were not known.
#include "cases/recount.hpp"

#include <gmock/gmock.h>

#include "network/town_file.hpp"
#include "testing/deadline_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Recounts : public testing::DeadlineTest {
 protected:
  // The notice of the State Council comes.
  void announce_2027() {
    town.write([](Transaction& tx, Instant at) {
      if (network::put_calendar(tx, {{*parse_day("2027-01-01"), false, "元旦"}})) recount_deadlines(tx, at);
    });
    while (town.fire_timers() > 0) {
    }
  }
};

TEST_P(Recounts, FollowTheNoticeOfAYear) {
  wake_on("2026-12-28");
  const auto id = open("officer1");
  EXPECT_THAT(deadlines(id), ElementsAre("promised running 2027-01-04? (5)"));
  announce_2027();
  EXPECT_THAT(deadlines(id), ElementsAre("promised running 2027-01-05 (5)"));
  EXPECT_THAT(history(id), ElementsAre("The calendar of holidays changed, and the day was counted anew"));
  const auto shown = read(id, "officer1");
  EXPECT_EQ(shown.text("promised_by"), "2027-01-05");
  EXPECT_FALSE(shown.at("provisional").as_bool());
  EXPECT_EQ(shown.number("version"), 2);
  wake_on("2027-01-04");
  EXPECT_THAT(history(id).back(), "The promised day is near; your handler was reminded")
      << "its timer has moved, too";
}

TEST_P(Recounts, SayNothingWhereTheDayStays) {
  wake_on("2026-12-21");
  const auto id = open_permit();
  EXPECT_THAT(deadlines(id),
              ElementsAre("legal running 2027-01-18? (20)", "promised running 2026-12-28 (5)"));
  town.write([](Transaction& tx, Instant at) {
    network::put_calendar(tx, {{*parse_day("2027-02-06"), false, "春节"}});
    recount_deadlines(tx, at);
  });
  town.fire_timers();
  EXPECT_THAT(deadlines(id), ElementsAre("legal running 2027-01-18 (20)", "promised running 2026-12-28 (5)"));
  EXPECT_THAT(history(id), IsEmpty());
  EXPECT_EQ(read(id, "officer1").number("version"), 1);
}

TEST_P(Recounts, LeaveWhatWasSaidWithoutReserve) {
  const auto id = open("officer1");
  EXPECT_EQ(town.call(as("admin"), "PUT", "/api/calendar/days/2026-11-27",
                      R"({"workday":false,"name":{"zh":"示例","en":"Sample"}})")
                .status,
            200);
  EXPECT_EQ(town.fire_timers(), 1);
  EXPECT_EQ(read(id, "officer1").text("promised_by"), "2026-12-01");
  EXPECT_THAT(history(id), IsEmpty());
}

TEST_P(Recounts, FollowTheTownsOwnDays) {
  wake_on("2026-12-28");
  const auto id = open("officer1");
  EXPECT_EQ(town.call(as("admin"), "PUT", "/api/calendar/days/2026-12-31",
                      R"({"workday":false,"name":{"zh":"示例","en":"Sample"}})")
                .status,
            200);
  town.fire_timers();
  EXPECT_THAT(deadlines(id), ElementsAre("promised running 2027-01-05? (5)")) << "still with reserve";
  EXPECT_EQ(town.call(as("admin"), "DELETE", "/api/calendar/days/2026-12-31").status, 204);
  town.fire_timers();
  EXPECT_THAT(deadlines(id), ElementsAre("promised running 2027-01-04? (5)"));
}

TEST_P(Recounts, GoOnUntilAllHaveBeenCounted) {
  wake_on("2026-12-28");
  std::vector<CaseId> all;
  for (int i = 0; i < 2 * recount_at_once + 1; ++i) all.push_back(open("officer1"));
  announce_2027();
  for (const auto id : {all.front(), all[recount_at_once], all.back()})
    EXPECT_THAT(deadlines(id), ElementsAre("promised running 2027-01-05 (5)"));
  EXPECT_EQ(value<std::int64_t>("select count(*) from case_deadlines where provisional = 1"), 0);
  EXPECT_EQ(value<std::int64_t>("select count(*) from timers where kind = 'case_recount'"), 0);
}

TEST_P(Recounts, AreFoundByIndex) {
  wake_on("2026-12-28");
  open_permit();
  Caller the_town;
  the_town.at = town.instant();
  testing::read_plans(town, [&](Transaction& tx) {
    recount_deadlines(tx, the_town.at);
    network::put_calendar(tx, {{*parse_day("2027-01-01"), false, "元旦"}});
    recount_some(tx, the_town, "town", R"({"after":0})");
  });
}

DOORSTEP_ON_ALL_ENGINES(Recounts);

}  // namespace
}  // namespace doorstep::cases
