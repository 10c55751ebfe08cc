#include "base/time.hpp"

#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace doorstep {
namespace {

constexpr std::int64_t day_micros = 86'400'000'000;
const Day first_printable{-719'528};  // 0000-01-01
const Day last_printable{2'932'896};  // 9999-12-31

Instant at(std::string_view text) {
  const auto parsed = parse_instant(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Instant{});
}

Day day(std::string_view text) {
  const auto parsed = parse_day(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Day{});
}

LocalTime time(std::string_view text) {
  const auto parsed = parse_local_time(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(LocalTime{});
}

TEST(Time, IsWrittenAsPeopleAndMachinesRead) {
  EXPECT_EQ(to_string(Instant{0}), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_string(Instant{1'795'498'180'000'001}), "2026-11-24T05:29:40.000001Z");
  EXPECT_EQ(to_string(Day{0}), "1970-01-01");
  EXPECT_EQ(to_string(LocalTime{570}), "09:30");
  EXPECT_EQ(to_string(LocalTime{1'440}), "24:00");
}

TEST(Time, ReadsWhatRfc3339Allows) {
  EXPECT_EQ(at("2026-11-24T05:29:40Z"), at("2026-11-24T13:29:40+08:00"));
  EXPECT_EQ(at("2026-11-24T05:29:40.5Z"), at("2026-11-24T05:29:40.500000Z"));
  EXPECT_EQ(at("2026-11-24T01:59:40-03:30"), at("2026-11-24T05:29:40Z"));
}

TEST(Time, RefusesEverythingElse) {
  for (const auto* text :
       {"", "2026-11-24", "2026-11-24T05:29:40", "2026-11-24 05:29:40Z", "2026-11-24t05:29:40Z",
        "2026-11-24T05:29Z", "2026-11-24T24:00:00Z", "2026-11-24T05:60:00Z", "2026-11-24T05:29:60Z",
        "2026-11-24T05:29:40.Z", "2026-11-24T05:29:40.1234567Z", "2026-11-24T05:29:40Z ",
        "2026-11-24T05:29:40+8", "2026-11-24T05:29:40+24:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "+2026-11-24T05:29:40Z", "2026-11-24T05:29:40.-1Z"}) {
    EXPECT_EQ(parse_instant(text), std::nullopt) << text;
  }
  for (const auto* text : {"", "2026-2-3", "2026-02-30", "2025-02-29", "2026-00-10", "2026-01-00", "20260101",
                           "2026-01-01 ", " 2026-01-01", "12026-01-01", "-001-01-01"}) {
    EXPECT_EQ(parse_day(text), std::nullopt) << text;
  }
  for (const auto* text :
       {"", "9:30", "09:3", "24:01", "25:00", "09:60", "09.30", "09:30 ", "0930", "-1:30"}) {
    EXPECT_EQ(parse_local_time(text), std::nullopt) << text;
  }
}

TEST(Time, KnowsLeapYearsAndWeekdays) {
  EXPECT_TRUE(parse_day("2024-02-29"));
  EXPECT_TRUE(parse_day("2000-02-29"));
  EXPECT_FALSE(parse_day("1900-02-29"));
  EXPECT_EQ(to_string(day("2024-02-28") + 1), "2024-02-29");
  EXPECT_EQ(to_string(day("2023-02-28") + 1), "2023-03-01");
  EXPECT_EQ(weekday_of(day("2026-11-24")), 2);
  EXPECT_EQ(weekday_of(day("1970-01-04")), 7);
  EXPECT_EQ(year_of(day("2026-12-31")), 2026);
}

RC_GTEST_PROP(TimeProperty, InstantsReadBackAsWritten, ()) {
  const Instant given{
      *rc::gen::inRange(first_printable.number * day_micros, (last_printable.number + 1) * day_micros)};
  RC_ASSERT(parse_instant(to_string(given)) == given);
}

RC_GTEST_PROP(TimeProperty, DaysReadBackAsWrittenAndKeepTheirOrder, ()) {
  const auto printable = rc::gen::inRange(first_printable.number, last_printable.number + 1);
  const Day a{*printable};
  const Day b{*printable};
  RC_ASSERT(parse_day(to_string(a)) == a);
  RC_ASSERT((to_string(a) < to_string(b)) == (a < b));
  RC_ASSERT(weekday_of(a + 7) == weekday_of(a));
  RC_ASSERT(weekday_of(a + 1) == weekday_of(a) % 7 + 1);
}

RC_GTEST_PROP(TimeProperty, LocalTimesReadBackAsWritten, ()) {
  const LocalTime given{*rc::gen::inRange(0, 1'441)};
  RC_ASSERT(parse_local_time(to_string(given)) == given);
}

RC_GTEST_PROP(TimeProperty, AnyTextIsReadOrRefused, (const std::string& text)) {
  for (const auto& tried : {text, "2026-" + text, "2026-11-24T" + text, "2026-11-24T05:29:40" + text}) {
    const auto read = parse_instant(tried);
    if (read) RC_ASSERT(parse_instant(to_string(*read)) == read);
    parse_day(tried);
    parse_local_time(tried);
  }
}

TEST(Zone, ShanghaiIsEightHoursAhead) {
  const Zone zone("Asia/Shanghai");
  EXPECT_EQ(zone.name(), "Asia/Shanghai");
  EXPECT_EQ(zone.day_of(at("2026-11-24T15:59:59.999999Z")), day("2026-11-24"));
  EXPECT_EQ(zone.day_of(at("2026-11-24T16:00:00Z")), day("2026-11-25"));
  EXPECT_EQ(zone.time_of(at("2026-11-24T01:30:59Z")), time("09:30"));
  EXPECT_EQ(zone.start_of(day("2026-11-25")), at("2026-11-24T16:00:00Z"));
  EXPECT_EQ(zone.instant_of(day("2026-11-24"), time("24:00")), zone.start_of(day("2026-11-25")));
}

TEST(Zone, KnowsTheSummersThatShanghaiOnceHad) {
  const Zone zone("Asia/Shanghai");
  EXPECT_EQ(zone.time_of(at("1988-07-01T00:00:00Z")), time("09:00"));
}

TEST(Zone, InAGapTheFirstInstantAfterIt) {
  const Zone berlin("Europe/Berlin");  // 2026-03-29, 02:00 becomes 03:00
  EXPECT_EQ(berlin.instant_of(day("2026-03-29"), time("02:30")), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(berlin.instant_of(day("2026-03-29"), time("03:00")), at("2026-03-29T01:00:00Z"));
  const Zone beirut("Asia/Beirut");  // summer begins at midnight: the day begins at 01:00
  EXPECT_EQ(beirut.start_of(day("2022-03-27")), at("2022-03-26T22:00:00Z"));
  EXPECT_EQ(beirut.time_of(beirut.start_of(day("2022-03-27"))), time("01:00"));
  const Zone apia("Pacific/Apia");  // 2011-12-30 was left out
  EXPECT_EQ(apia.start_of(day("2011-12-30")), apia.start_of(day("2011-12-31")));
}

TEST(Zone, WhenShownTwiceTheFirst) {
  const Zone berlin("Europe/Berlin");  // 2026-10-25, 03:00 becomes 02:00
  EXPECT_EQ(berlin.instant_of(day("2026-10-25"), time("02:30")), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(berlin.time_of(at("2026-10-25T01:30:00Z")), time("02:30"));
}

TEST(Zone, RefusesNamesThatAreNone) {
  for (const auto* name : {"", "Asia/Nowhere", "../../etc/passwd", "UTC+8"}) {
    EXPECT_THROW(Zone{name}, std::invalid_argument) << name;
  }
}

RC_GTEST_PROP(ZoneProperty, TheWallClockReadsBack, ()) {
  static const Zone zones[] = {Zone{"Asia/Shanghai"}, Zone{"Europe/Berlin"}, Zone{"America/St_Johns"},
                               Zone{"Australia/Lord_Howe"}};
  const auto& zone = zones[*rc::gen::inRange<std::size_t>(0, 4)];
  const Instant given{*rc::gen::inRange<std::int64_t>(0, 25'000 * day_micros)};
  const auto day_then = zone.day_of(given);
  const auto found = zone.instant_of(day_then, zone.time_of(given));
  // The clock shows minutes, and the same minute twice at most.
  RC_ASSERT(found <= given);
  RC_ASSERT(given - found < Microseconds{std::chrono::hours{1} + std::chrono::minutes{1}});
  RC_ASSERT(zone.time_of(found) == zone.time_of(given));
  RC_ASSERT(zone.start_of(day_then) <= given);
  RC_ASSERT(zone.start_of(day_then + 1) > given);
  RC_ASSERT(zone.day_of(zone.start_of(day_then)) == day_then);
}

TEST(Clock, GoesOn) {
  const auto before = system_clock().now();
  EXPECT_GT(before, at("2025-01-01T00:00:00Z"));
  EXPECT_GE(system_clock().now(), before);
}

}  // namespace
}  // namespace doorstep
