#include "network/calendar.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "network/town_file.hpp"
#include "testing/small_town.hpp"

namespace doorstep::network {
namespace {

Day day(const char* text) { return *parse_day(text); }

// The week of the National Day of 2026, with a Saturday that makes up for it.
Calendar october() {
  Calendar calendar;
  for (const auto* holiday : {"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"}) {
    calendar.workday[day(holiday)] = false;
  }
  calendar.workday[day("2026-10-10")] = true;
  calendar.years = {2026};
  return calendar;
}

TEST(WorkingDaysOfATown, AreTheWeekLessHolidaysPlusMakeUpDays) {
  const auto calendar = october();
  EXPECT_TRUE(calendar.is_workday(day("2026-09-30"))) << "a plain Wednesday";
  EXPECT_FALSE(calendar.is_workday(day("2026-10-01"))) << "a holiday";
  EXPECT_FALSE(calendar.is_workday(day("2026-10-04"))) << "a plain Sunday";
  EXPECT_TRUE(calendar.is_workday(day("2026-10-10"))) << "a Saturday that is worked";
  EXPECT_FALSE(calendar.is_workday(day("2026-10-17"))) << "a plain Saturday";
}

TEST(WorkingDaysOfATown, AreCountedFromTheDayAfter) {
  const struct {
    const char* start;
    int days;
    const char* last;
    bool provisional;
  } table[] = {
      {"2026-09-28", 0, "2026-09-28", false}, {"2026-09-28", 1, "2026-09-29", false},
      {"2026-09-28", 3, "2026-10-08", false}, {"2026-09-30", 1, "2026-10-08", false},
      {"2026-10-08", 2, "2026-10-10", false}, {"2026-10-08", 3, "2026-10-12", false},
      {"2026-10-03", 1, "2026-10-08", false}, {"2026-11-20", 1, "2026-11-23", false},
      {"2026-12-30", 1, "2026-12-31", false}, {"2026-12-30", 2, "2027-01-01", true},
      {"2025-12-30", 1, "2025-12-31", true},  {"2026-12-31", 0, "2026-12-31", false},
  };
  for (const auto& row : table) {
    const auto found = working_days_after(october(), day(row.start), {row.days});
    EXPECT_EQ(to_string(found.day), row.last) << row.days << " after " << row.start;
    EXPECT_EQ(found.provisional, row.provisional) << row.days << " after " << row.start;
  }
}

// A calendar with days named at random, around that of today.
Calendar any_calendar() {
  Calendar calendar;
  const auto named =
      *rc::gen::container<std::map<int, bool>>(rc::gen::inRange(0, 400), rc::gen::arbitrary<bool>());
  for (const auto& [offset, workday] : named) calendar.workday[day("2026-06-01") + offset] = workday;
  if (*rc::gen::arbitrary<bool>()) calendar.years.insert(2026);
  if (*rc::gen::arbitrary<bool>()) calendar.years.insert(2027);
  return calendar;
}
Day any_start() { return day("2026-06-01") + *rc::gen::inRange(0, 400); }
int any_count() { return *rc::gen::inRange(0, 60); }

RC_GTEST_PROP(AnyCalendar, LetsADeadlineEndOnAWorkingDayAfterItsStart, ()) {
  const auto calendar = any_calendar();
  const auto start = any_start();
  const auto count = 1 + any_count();
  const auto last = working_days_after(calendar, start, {count}).day;
  RC_ASSERT(calendar.is_workday(last));
  RC_ASSERT(last > start);
  int between = 0;
  for (auto each = start + 1; each <= last; each = each + 1) between += calendar.is_workday(each) ? 1 : 0;
  RC_ASSERT(between == count);
}

RC_GTEST_PROP(AnyCalendar, AddsDaysAsNumbersAdd, ()) {
  const auto calendar = any_calendar();
  const auto start = any_start();
  const int first = any_count(), then = any_count();
  const auto halfway = working_days_after(calendar, start, {first});
  const auto in_two = working_days_after(calendar, halfway.day, {then});
  const auto at_once = working_days_after(calendar, start, {first + then});
  RC_ASSERT(in_two.day == at_once.day);
  RC_ASSERT((halfway.provisional || in_two.provisional) == at_once.provisional);
}

RC_GTEST_PROP(AnyCalendar, NeverPromisesLessForMoreDaysOrALaterStart, ()) {
  const auto calendar = any_calendar();
  const auto start = any_start();
  const auto count = any_count();
  const auto deadline = working_days_after(calendar, start, {count});
  RC_ASSERT(working_days_after(calendar, start, {count + 1}).day > deadline.day);
  if (count > 0) {
    RC_ASSERT(working_days_after(calendar, start + any_count(), {count}).day >= deadline.day);
  }
  RC_ASSERT(!deadline.provisional || working_days_after(calendar, start, {count + 1}).provisional);
}

class StoredCalendar : public testing::SmallTownTest {};

TEST_P(StoredCalendar, IsThatOfItsYearAndLater) {
  town.write([](Transaction& tx, Instant) {
    put_calendar(tx, {{day("2025-10-01"), false, "国庆节"},
                      {day("2026-10-10"), true, "调休"},
                      {day("2027-01-01"), false, "元旦"}});
    put_calendar(tx, {{day("2026-10-10"), false, "更正"}});  // the notice was corrected
  });
  town.read([](Snapshot& snapshot, Instant) {
    const auto calendar = calendar_from(snapshot, day("2026-12-31"));
    EXPECT_THAT(calendar.years, ::testing::ElementsAre(2026, 2027));
    EXPECT_FALSE(calendar.workday.contains(day("2025-10-01")));
    EXPECT_FALSE(calendar.is_workday(day("2026-10-10")));
    EXPECT_TRUE(calendar.knows(day("2027-05-05")));
    EXPECT_FALSE(calendar.knows(day("2028-05-05")));
  });
}

DOORSTEP_ON_ALL_ENGINES(StoredCalendar);

}  // namespace
}  // namespace doorstep::network
