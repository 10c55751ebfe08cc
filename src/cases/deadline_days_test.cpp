#include "cases/deadline_days.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace doorstep::cases {
namespace {

Day day(std::string_view text) { return *parse_day(text); }

// The autumn of 2026, with a holiday on Thursday 26 November and a Saturday that makes up for it.
network::Calendar autumn() {
  network::Calendar calendar;
  calendar.workday[day("2026-11-26")] = false;
  calendar.workday[day("2026-11-28")] = true;
  calendar.years = {2026};
  return calendar;
}

Reckoning on(std::string_view today, const network::Calendar& calendar = autumn()) {
  return {Zone{"Asia/Shanghai"}, Instant{}, day(today), calendar};
}

CaseDeadline of_working_days(int days) {
  CaseDeadline deadline;
  deadline.working_days = days;
  return deadline;
}

CaseDeadline of_months(int months) {
  CaseDeadline deadline;
  deadline.months = months;
  return deadline;
}

std::string said(const CaseDeadline& deadline) {
  return to_string(deadline.due) + (deadline.provisional ? "?" : "") + ", next on " +
         (deadline.next_on ? to_string(*deadline.next_on) : "no day");
}

TEST(DeadlineDays, AreCountedAndRemindedOfOnTheWorkingDayBefore) {
  const struct {
    const char* start;
    int days;
    const char* said;
  } table[] = {
      {"2026-11-24", 5, "2026-12-01, next on 2026-11-30"},
      {"2026-11-24", 2, "2026-11-27, next on 2026-11-25"},
      {"2026-11-24", 1, "2026-11-25, next on 2026-11-26"},  // the day before has begun: no reminder
      {"2026-11-27", 2, "2026-11-30, next on 2026-11-28"},
      {"2026-12-28", 5, "2027-01-04?, next on 2027-01-01"},
  };
  for (const auto& row : table) {
    auto deadline = of_working_days(row.days);
    begin(deadline, on(row.start));
    EXPECT_EQ(said(deadline), row.said) << row.days << " from " << row.start;
    EXPECT_EQ(deadline.state, DeadlineState::running);
  }
}

TEST(DeadlineDays, OfMonthsEndOnTheSameDateOrTheWorkingDayAfter) {
  const struct {
    const char* start;
    int months;
    const char* due;
  } table[] = {
      {"2026-08-24", 3, "2026-11-24"},  {"2026-08-26", 3, "2026-11-27"},  // a holiday
      {"2026-08-29", 3, "2026-11-30"},                                    // a Sunday
      {"2026-08-31", 3, "2026-11-30"},                                    // November has no 31st
      {"2027-01-31", 1, "2027-03-01?"},                                   // 28 February is a Sunday
      {"2026-11-30", 3, "2027-03-01?"},
  };
  for (const auto& row : table) {
    auto deadline = of_months(row.months);
    begin(deadline, on(row.start));
    EXPECT_EQ(to_string(deadline.due) + (deadline.provisional ? "?" : ""), row.due) << row.start;
  }
}

TEST(DeadlineDays, GoOnWithWhatWasLeft) {
  const struct {
    const char* paused;
    int left;
    const char* resumed;
    const char* due;
  } table[] = {
      {"2026-11-24", 5, "2026-11-24", "2026-12-01"}, {"2026-11-25", 4, "2026-11-25", "2026-12-01"},
      {"2026-11-25", 4, "2026-11-27", "2026-12-02"}, {"2026-11-27", 3, "2026-12-11", "2026-12-16"},
      {"2026-12-01", 0, "2026-12-01", "2026-12-01"}, {"2026-12-01", 0, "2026-12-04", "2026-12-04"},
      {"2026-12-01", 0, "2026-12-05", "2026-12-07"},  // on a Saturday
  };
  for (const auto& row : table) {
    auto deadline = of_working_days(5);
    begin(deadline, on("2026-11-24"));
    pause(deadline, on(row.paused));
    EXPECT_EQ(deadline.state, DeadlineState::paused);
    EXPECT_EQ(deadline.working_days, row.left) << row.paused;
    EXPECT_FALSE(deadline.next_on) << "nothing happens while it stands still";
    resume(deadline, on(row.resumed));
    EXPECT_EQ(to_string(deadline.due), row.due) << row.paused << " to " << row.resumed;
  }
}

TEST(DeadlineDays, ThatHavePassedAreNeitherPausedNorMet) {
  auto deadline = of_working_days(5);
  begin(deadline, on("2026-11-24"));
  const auto before = deadline;
  pause(deadline, on("2026-12-02"));
  EXPECT_EQ(deadline, before) << "its timer is about to say so";
  end(deadline, DeadlineState::met, on("2026-12-02"));
  EXPECT_EQ(deadline.state, DeadlineState::missed);
  EXPECT_TRUE(deadline.ended_at);

  auto in_time = before;
  end(in_time, DeadlineState::met, on("2026-12-01"));
  EXPECT_EQ(in_time.state, DeadlineState::met) << "its last day belongs to it";
  EXPECT_FALSE(in_time.next_on);
}

TEST(DeadlineDays, LeaveTwoWorkingDaysToAnswer) {
  const std::pair<const char*, const char*> table[] = {
      {"2026-12-02", "2026-12-04"},   // Wednesday and Thursday
      {"2026-12-05", "2026-12-09"},   // raised on a Saturday: Monday and Tuesday
      {"2026-11-25", "2026-11-28"}};  // over the holiday
  for (const auto& [raised, escalated] : table) {
    CaseDeadline deadline;
    miss(deadline, on(raised));
    EXPECT_EQ(deadline.state, DeadlineState::missed);
    EXPECT_EQ(to_string(*deadline.next_on), escalated) << raised;
  }
}

TEST(DeadlineDays, TheNextOfSomeIsTheEarliest) {
  EXPECT_FALSE(next_of({}));
  std::vector<CaseDeadline> some(3);
  EXPECT_FALSE(next_of(some));
  some[0].next_on = day("2026-12-03");
  some[2].next_on = day("2026-12-02");
  EXPECT_EQ(next_of(some), day("2026-12-02"));
}

// A calendar with days named at random, in a year that is known.
network::Calendar any_calendar() {
  network::Calendar calendar;
  for (const auto& [offset, workday] :
       *rc::gen::container<std::map<int, bool>>(rc::gen::inRange(0, 300), rc::gen::arbitrary<bool>()))
    calendar.workday[day("2026-01-01") + offset] = workday;
  calendar.years = {2025, 2026, 2027, 2028};
  return calendar;
}

Day working_day_from(const network::Calendar& calendar, Day from) {
  while (!calendar.is_workday(from)) from = from + 1;
  return from;
}

RC_GTEST_PROP(DeadlineDaysProperty, PausingAndResumingAtOnceChangesNothing, ()) {
  const auto calendar = any_calendar();
  auto now = on("2026-01-01", calendar);
  now.today = now.today + *rc::gen::inRange(0, 200);
  auto deadline = of_working_days(*rc::gen::inRange(1, 40));
  begin(deadline, now);
  const auto due = deadline.due;
  now.today = now.today + *rc::gen::inRange(0, due.number - now.today.number + 1);
  pause(deadline, now);
  resume(deadline, now);
  RC_ASSERT(deadline.due == due);
  RC_ASSERT(deadline.state == DeadlineState::running);
  RC_ASSERT(*deadline.next_on > now.today);
}

RC_GTEST_PROP(DeadlineDaysProperty, APauseOfSoManyWorkingDaysPutsItOffByAsMany, ()) {
  const auto calendar = any_calendar();
  auto now = on("2026-01-01", calendar);
  now.today = now.today + *rc::gen::inRange(0, 200);
  auto deadline = of_working_days(*rc::gen::inRange(1, 40));
  begin(deadline, now);
  const auto due = deadline.due;
  now.today = now.today + *rc::gen::inRange(0, due.number - now.today.number + 1);
  pause(deadline, now);
  const auto paused = now.today;
  // People come back on a working day.
  now.today = working_day_from(calendar, paused + *rc::gen::inRange(0, 60));
  resume(deadline, now);
  RC_ASSERT(working_days_until(calendar, due, deadline.due) ==
            working_days_until(calendar, paused, now.today));
}

}  // namespace
}  // namespace doorstep::cases
