#include "network/timetable.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/problem.hpp"

namespace doorstep::network {
namespace {

constexpr VenueId venue{1};

Day day(const char* text) { return *parse_day(text); }
LocalTime at(const char* text) { return *parse_local_time(text); }
Opening span(const char* opens, const char* closes) { return {at(opens), at(closes)}; }

// Weekdays with lunch; a late Friday that goes on through the night; the 25th closed, the 26th another time.
Timetable shop() {
  Schedule schedule;
  for (int weekday = 1; weekday <= 5; ++weekday)
    schedule.week[weekday] = {span("08:30", "11:30"), span("13:00", "17:00")};
  schedule.week[5].push_back(span("20:00", "24:00"));
  schedule.week[6] = {span("00:00", "02:00")};
  schedule.exceptions[day("2026-11-25")] = {.closed = true, .openings = {}, .note = {"盘点", "Stocktaking"}};
  schedule.exceptions[day("2026-11-26")] = {
      .closed = false, .openings = {span("10:00", "15:00")}, .note = {"活动", "Event"}};
  schedule.exceptions[day("2026-11-30")] = {.closed = false, .openings = {}, .note = {"读书会", "Reading"}};
  return {.named = {{day("2026-12-05"), true}}, .venues = {{venue, schedule}}};
}

std::string state_at(const Timetable& timetable, const char* on, const char* time) {
  const Zone zone{"Asia/Shanghai"};
  const auto state = open_state(timetable, venue, zone, zone.instant_of(day(on), at(time)));
  const auto said = [&](const std::optional<Instant>& instant) {
    return instant ? to_string(zone.day_of(*instant)) + ' ' + to_string(zone.time_of(*instant))
                   : std::string{"-"};
  };
  return state.open ? "open until " + said(state.open_until) : "opens " + said(state.opens_next_at);
}

TEST(AVenue, IsOpenUntilOrOpensNextAt) {
  const struct {
    const char *what, *day, *time, *state;
  } table[] = {
      {"before it opens", "2026-11-24", "07:00", "opens 2026-11-24 08:30"},
      {"the minute it opens", "2026-11-24", "08:30", "open until 2026-11-24 11:30"},
      {"the last minute", "2026-11-24", "11:29", "open until 2026-11-24 11:30"},
      {"at lunch", "2026-11-24", "11:30", "opens 2026-11-24 13:00"},
      {"the next day is closed, the one after another time", "2026-11-24", "17:00", "opens 2026-11-26 10:00"},
      {"other hours than the week's", "2026-11-26", "14:59", "open until 2026-11-26 15:00"},
      {"and only those", "2026-11-26", "16:00", "opens 2026-11-27 08:30"},
      {"over midnight", "2026-11-27", "23:00", "open until 2026-11-28 02:00"},
      {"after midnight", "2026-11-28", "01:59", "open until 2026-11-28 02:00"},
      {"over the weekend, to a day with a note only", "2026-11-28", "02:00", "opens 2026-11-30 08:30"},
      {"a Saturday that is worked keeps the Monday's", "2026-12-05", "12:00", "opens 2026-12-05 13:00"},
      {"so the night before ends at midnight", "2026-12-04", "22:00", "open until 2026-12-05 00:00"},
  };
  for (const auto& row : table) EXPECT_EQ(state_at(shop(), row.day, row.time), row.state) << row.what;
}

TEST(AVenue, ThatNeverClosesSaysNoTimeAndOneThatNeverOpensNeither) {
  Schedule always;
  for (int weekday = 1; weekday <= 7; ++weekday) always.week[weekday] = {span("00:00", "24:00")};
  const Timetable timetable{.named = {}, .venues = {{venue, always}}};
  EXPECT_EQ(state_at(timetable, "2026-11-24", "03:00"), "open until -");
  EXPECT_EQ(state_at({.named = {}, .venues = {{venue, {}}}}, "2026-11-24", "03:00"), "opens -");
  EXPECT_EQ(state_at({}, "2026-11-24", "03:00"), "opens -") << "one that is not known";
}

TEST(AVenue, SaysTheHourThatTheClockShowsWhereClocksAreSet) {
  const Zone zone{"Europe/Berlin"};
  Schedule schedule;
  schedule.week[7] = {span("09:00", "12:00")};
  const Timetable timetable{.named = {}, .venues = {{venue, schedule}}};
  // The clocks go back in the night to the 25th.
  const auto state = open_state(timetable, venue, zone, zone.instant_of(day("2026-10-24"), at("20:00")));
  EXPECT_EQ(to_string(*state.opens_next_at), "2026-10-25T08:00:00.000000Z");
}

std::string complaint(const std::vector<Opening>& openings) {
  try {
    require_sound(openings, "hours");
  } catch (const Problem& problem) {
    return problem.code;
  }
  return {};
}

TEST(Hours, AreInOrderAndDoNotOverlap) {
  EXPECT_EQ(complaint({}), "");
  EXPECT_EQ(complaint({span("08:00", "12:00"), span("12:00", "24:00")}), "") << "they may touch";
  EXPECT_EQ(complaint({span("22:00", "06:00")}), "hours_backwards");
  EXPECT_EQ(complaint({span("08:00", "08:00")}), "hours_backwards");
  EXPECT_EQ(complaint({span("08:00", "12:00"), span("11:59", "13:00")}), "hours_overlap");
}

// The state at any minute is what a walk along the minutes finds.
RC_GTEST_PROP(OpenStates, AreWhatAWalkAlongTheMinutesFinds, ()) {
  Schedule schedule;
  for (int weekday = 1; weekday <= 7; ++weekday) {
    int from = *rc::gen::inRange(0, 900);
    for (int i = *rc::gen::inRange(0, 3); i > 0 && from < 1'440; --i) {
      const int until = std::min(1'440, from + 1 + *rc::gen::inRange(0, 600));
      schedule.week[weekday].push_back({{from}, {until}});
      from = until + *rc::gen::inRange(0, 200);
    }
  }
  const Timetable timetable{.named = {}, .venues = {{venue, schedule}}};
  const Zone zone{"Asia/Shanghai"};
  const auto today = day("2026-11-24");
  const int start = *rc::gen::inRange(0, 1'440);
  const auto open_at = [&](int minute) {
    return is_open_at(timetable.on(venue, today + minute / 1'440), {minute % 1'440});
  };
  const auto state = open_state(timetable, venue, zone, zone.instant_of(today, {start}));
  RC_ASSERT(state.open == open_at(start));
  const int end = (days_ahead + 1) * 1'440;
  int change = start;
  while (change < end && open_at(change) == state.open) ++change;
  const auto told = state.open ? state.open_until : state.opens_next_at;
  RC_ASSERT(told.has_value() == (change < end));
  if (told) RC_ASSERT(*told == zone.instant_of(today + change / 1'440, {change % 1'440}));
}

}  // namespace
}  // namespace doorstep::network
