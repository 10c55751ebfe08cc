#include "network/working_hours.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace doorstep::network {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr VenueId venue{1};

Day day(const char* text) { return *parse_day(text); }
LocalTime at(const char* text) { return *parse_local_time(text); }

// Weekdays with lunch. 25 November is closed, 27 November a holiday, 28 November a Saturday that is worked.
Timetable office() {
  Schedule schedule;
  for (int weekday = 1; weekday <= 5; ++weekday)
    schedule.week[weekday] = {{at("08:30"), at("11:30")}, {at("13:00"), at("17:00")}};
  schedule.exceptions[day("2026-11-25")] = {.closed = true, .openings = {}, .note = {"盘点", "Stocktaking"}};
  return {.named = {{day("2026-11-27"), false}, {day("2026-11-28"), true}}, .venues = {{venue, schedule}}};
}

TEST(WorkingTime, LeavesOutLunchNightsHolidaysAndExceptions) {
  const Zone zone{"Asia/Shanghai"};
  const struct {
    const char *what, *day, *time;
    int minutes;
    const char *end_day, *end_time;
  } table[] = {
      {"no time at all", "2026-11-24", "23:00", 0, "2026-11-24", "23:00"},
      {"within the morning", "2026-11-24", "09:00", 60, "2026-11-24", "10:00"},
      {"to the minute of lunch", "2026-11-24", "09:00", 150, "2026-11-24", "11:30"},
      {"over lunch", "2026-11-24", "09:00", 180, "2026-11-24", "13:30"},
      {"from lunch on", "2026-11-24", "12:00", 30, "2026-11-24", "13:30"},
      {"over a day that is closed", "2026-11-24", "16:00", 120, "2026-11-26", "09:30"},
      {"over a holiday, to a Saturday that is worked", "2026-11-26", "16:30", 60, "2026-11-28", "09:00"},
      {"over a weekend", "2026-11-28", "16:59", 2, "2026-11-30", "08:31"},
      {"a whole day", "2026-11-24", "08:30", 7 * 60, "2026-11-24", "17:00"},
  };
  for (const auto& row : table) {
    const auto end = working_time_after(office(), venue, zone, zone.instant_of(day(row.day), at(row.time)),
                                        minutes{row.minutes});
    ASSERT_TRUE(end) << row.what;
    EXPECT_EQ(to_string(zone.day_of(*end)), row.end_day) << row.what;
    EXPECT_EQ(to_string(zone.time_of(*end)), row.end_time) << row.what;
  }
}

TEST(WorkingTime, OfAVenueThatNeverOpensDoesNotPass) {
  const Zone zone{"Asia/Shanghai"};
  const auto start = zone.instant_of(day("2026-11-24"), at("09:00"));
  EXPECT_EQ(working_time_after({}, venue, zone, start, minutes{1}), std::nullopt);
  EXPECT_EQ(working_time_after({}, venue, zone, start, minutes{0}), start);
}

TEST(WorkingTime, IsThatOfTheClockWhereClocksAreSet) {
  const Zone zone{"Europe/Berlin"};
  Schedule schedule;
  schedule.week[7] = {{at("00:00"), at("24:00")}};
  const Timetable timetable{.named = {}, .venues = {{venue, schedule}}};
  const auto start = zone.instant_of(day("2026-10-25"), at("00:00"));
  // The clocks go back that night: the Sunday has 25 hours.
  const auto end = working_time_after(timetable, venue, zone, start, hours{25});
  EXPECT_EQ(end, zone.instant_of(day("2026-10-26"), at("00:00")));
}

// Weeks with gaps, days closed, and days made otherwise; open on at least one day of the week.
Timetable any_timetable() {
  Schedule schedule;
  const int surely = *rc::gen::inRange(1, 8);
  for (int weekday = 1; weekday <= 7; ++weekday) {
    int from = *rc::gen::inRange(0, 900);
    for (int i = *rc::gen::inRange(weekday == surely ? 1 : 0, 3); i > 0 && from < 1'440; --i) {
      const int until = std::min(1'440, from + 1 + *rc::gen::inRange(0, 600));
      schedule.week[weekday].push_back({{from}, {until}});
      from = until + *rc::gen::inRange(0, 200);
    }
  }
  for (const auto ahead : *rc::gen::container<std::set<int>>(rc::gen::inRange(0, 20)))
    schedule.exceptions[day("2026-10-20") + ahead] = {.closed = true, .openings = {}, .note = {}};
  std::map<Day, bool> named;
  for (const auto& [ahead, workday] :
       *rc::gen::container<std::map<int, bool>>(rc::gen::inRange(0, 20), rc::gen::arbitrary<bool>()))
    named[day("2026-10-20") + ahead] = workday;
  return {.named = std::move(named), .venues = {{venue, std::move(schedule)}}};
}

// The clocks of one of the two are set back in these days.
Zone any_zone() { return Zone{*rc::gen::arbitrary<bool>() ? "Asia/Shanghai" : "Europe/Berlin"}; }

Instant any_instant(const Zone& zone) {
  return zone.start_of(day("2026-10-20")) + minutes{*rc::gen::inRange(0, 20 * 1'440)};
}

Microseconds any_time() { return minutes{*rc::gen::inRange(0, 3'000)}; }

RC_GTEST_PROP(AnyWorkingTime, EndsWithinOpeningHours, ()) {
  const auto timetable = any_timetable();
  const Zone zone{"Asia/Shanghai"};  // where the clock shows no minute twice
  const auto end = working_time_after(timetable, venue, zone, any_instant(zone), minutes{1} + any_time());
  RC_PRE(end.has_value());
  // The minute before it belongs to the hours; the end itself may be that of closing.
  const auto before = *end - Microseconds{1};
  RC_ASSERT(is_open_at(timetable.on(venue, zone.day_of(before)), zone.time_of(before)));
}

RC_GTEST_PROP(AnyWorkingTime, AddsAsTimesAdd, ()) {
  const auto timetable = any_timetable();
  const auto zone = any_zone();
  const auto start = any_instant(zone);
  const auto first = any_time(), then = any_time();
  const auto halfway = working_time_after(timetable, venue, zone, start, first);
  const auto at_once = working_time_after(timetable, venue, zone, start, first + then);
  RC_PRE(halfway.has_value() && at_once.has_value());
  RC_ASSERT(working_time_after(timetable, venue, zone, *halfway, then) == at_once);
}

RC_GTEST_PROP(AnyWorkingTime, NeverEndsSoonerForMoreTimeOrALaterStart, ()) {
  const auto timetable = any_timetable();
  const auto zone = any_zone();
  const auto start = any_instant(zone);
  const auto time = any_time();
  const auto end = working_time_after(timetable, venue, zone, start, time);
  const auto longer = working_time_after(timetable, venue, zone, start, time + any_time());
  const auto later = working_time_after(timetable, venue, zone, start + any_time(), time);
  RC_PRE(end.has_value() && longer.has_value() && later.has_value());
  RC_ASSERT(*end >= start);
  RC_ASSERT(*longer >= *end);
  RC_ASSERT(*later >= *end);
}

}  // namespace
}  // namespace doorstep::network
