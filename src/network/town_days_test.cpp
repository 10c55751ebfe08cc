#include "network/town_days.hpp"

#include <gmock/gmock.h>

#include "network/calendar.hpp"
#include "network/town_file.hpp"
#include "testing/hall_fixture.hpp"
#include "testing/plans.hpp"

namespace doorstep::network {
namespace {

using testing::Answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::texts_in;

Day day(const char* text) { return *parse_day(text); }

// It is Tuesday, 24 November 2026; of that year 1 October is announced.
class TownDays : public testing::HallTest {
 protected:
  Answer put(const std::string& who, const std::string& on, bool workday) {
    return town.call(as(who), "PUT", "/api/calendar/days/" + on,
                     R"({"workday":)" + std::string{workday ? "true" : "false"} +
                         R"(,"name":{"zh":"示例节","en":"Sample"}})");
  }
  Answer remove(const std::string& who, const std::string& on) {
    return town.call(as(who), "DELETE", "/api/calendar/days/" + on);
  }
  std::vector<std::string> days(int year) {
    return texts_in(get("nobody", "/api/calendar/" + std::to_string(year)).at("days"), "day");
  }
  bool is_workday(const char* text) {
    bool workday = false;
    town.read([&](Snapshot& snapshot, Instant) {
      workday = calendar_from(snapshot, day("2026-11-24")).is_workday(day(text));
    });
    return workday;
  }
  std::vector<std::string> alarms() { return texts_in(get("admin", "/api/alarms").at("items"), "code"); }
};

TEST_P(TownDays, GoBeforeTheWeekAndTheNation) {
  EXPECT_TRUE(is_workday("2026-12-01"));
  const auto made = put("admin", "2026-12-01", false);
  EXPECT_EQ(made.status, 200) << made.problem();
  EXPECT_TRUE(made.at("towns_own").as_bool());
  EXPECT_FALSE(is_workday("2026-12-01"));
  town.write([](Transaction& tx, Instant) { put_calendar(tx, {{day("2026-12-24"), false, "示例假日"}}); });
  put("admin", "2026-12-24", true);
  EXPECT_TRUE(is_workday("2026-12-24"));
  const auto calendar = get("nobody", "/api/calendar/2026");
  EXPECT_TRUE(calendar.at("announced").as_bool());
  EXPECT_THAT(days(2026), ElementsAre("2026-10-01", "2026-12-01", "2026-12-24"));
  EXPECT_TRUE(calendar.at("days").as_array().at(2).at("workday").as_bool()) << "each day once, as it counts";
  EXPECT_EQ(remove("admin", "2026-12-24").status, 204);
  EXPECT_FALSE(is_workday("2026-12-24")) << "the nation's fact stayed";
  EXPECT_EQ(remove("admin", "2026-12-24").status, 204) << "a second click";
}

TEST_P(TownDays, AreAnAdministratorsAndOfDaysToCome) {
  EXPECT_EQ(put("director", "2026-12-01", false).problem(), "not_allowed");
  EXPECT_EQ(remove("manager", "2026-12-01").problem(), "not_allowed");
  EXPECT_EQ(put("admin", "2026-11-23", false).problem(), "day_past");
  EXPECT_EQ(put("admin", "2026-11-24", false).status, 200) << "today is not past";
  pass(std::chrono::hours{24});
  EXPECT_EQ(remove("admin", "2026-11-24").problem(), "day_past") << "what was reckoned by stays";
  EXPECT_EQ(get("nobody", "/api/calendar/1").problem(), "out_of_range");
  EXPECT_THAT(days(2030), IsEmpty());
}

TEST_P(TownDays, OpenAndCloseVenues) {
  const auto openings = [&] {
    std::size_t count = 0;
    town.read([&](Snapshot& snapshot, Instant) {
      count = hours_on(snapshot, *parse_id<VenueTag>(town.venue), day("2026-11-25")).openings.size();
    });
    return count;
  };
  EXPECT_EQ(openings(), 2U) << "a plain Wednesday";
  put("admin", "2026-11-25", false);
  EXPECT_EQ(openings(), 0U) << "as on its Sunday";
  town.write([](Transaction& tx, Instant) { tx.run("delete from venue_hours where weekday = 1"); });
  put("admin", "2026-11-25", true);
  EXPECT_EQ(openings(), 2U) << "a Wednesday that is worked keeps its own hours, whatever Monday's are";
}

TEST_P(TownDays, DoNotMakeAYearKnown) {
  put("admin", "2027-01-04", false);
  town.read([](Snapshot& snapshot, Instant) {
    const auto calendar = calendar_from(snapshot, day("2026-11-24"));
    EXPECT_TRUE(calendar.knows(day("2026-12-31")));
    EXPECT_FALSE(calendar.knows(day("2027-01-04")));
    EXPECT_FALSE(calendar.is_workday(day("2027-01-04")));
  });
  EXPECT_FALSE(get("nobody", "/api/calendar/2027").at("announced").as_bool());
}

TEST_P(TownDays, AreMissedWhenTheNextYearIsNotThereInNovember) {
  EXPECT_THAT(alarms(), ElementsAre("calendar_year_missing"));
  put("admin", "2027-01-04", false);
  EXPECT_THAT(alarms(), ElementsAre("calendar_year_missing")) << "a day of the town's is no announcement";
  EXPECT_EQ(get("officer1", "/api/alarms").problem(), "not_allowed");
  town.write([](Transaction& tx, Instant) { put_calendar(tx, {{day("2027-01-01"), false, "元旦"}}); });
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_P(TownDays, OfWhichYearAreMissedDependsOnTheDay) {
  const auto missing = [&](const char* at) {
    std::optional<int> year;
    town.read([&](Snapshot& snapshot, Instant) { year = missing_year(snapshot, *parse_instant(at)); });
    return year.value_or(0);
  };
  EXPECT_EQ(missing("2026-10-31T15:59:59Z"), 0) << "one second before November in the town";
  EXPECT_EQ(missing("2026-10-31T16:00:00Z"), 2027);
  EXPECT_EQ(missing("2027-05-05T00:00:00Z"), 2027) << "this year itself";
  EXPECT_EQ(missing("2025-11-05T00:00:00Z"), 2025);
}

TEST_P(TownDays, ReadNoTableToItsEnd) {
  auto& admin = caller_of("admin");
  testing::read_plans(town, [&](Transaction& tx) {
    read_calendar(tx, admin, {2026});
    put_town_day(tx, admin, {day("2026-12-01"), false, {"示例", "Sample"}}, {});
    remove_town_day(tx, admin, {day("2026-12-01")}, {});
    calendar_from(tx, day("2026-11-24"));
    missing_year(tx, admin.at);
  });
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(TownDays);

}  // namespace doorstep::network
