// The days of a year that are not as the week says, and those that the town itself makes otherwise: a day off
// for a festival of its own, a Saturday worked.
#pragma once

#include <optional>
#include <vector>

#include "base/limits.hpp"
#include "network/calendar_use.hpp"
#include "network/network.hpp"

namespace doorstep::network {

struct CalendarDayView {
  Day day;
  bool workday = false;
  Text name;
  bool towns_own = false;  // else as the State Council announced it
};
BOOST_DESCRIBE_STRUCT(CalendarDayView, (), (day, workday, name, towns_own))

struct CalendarView {
  std::int32_t year = 0;
  bool announced = false;             // whether its public holidays are known
  std::vector<CalendarDayView> days;  // in order, each once; other days go by the week
};
BOOST_DESCRIBE_STRUCT(CalendarView, (), (year, announced, days))

struct ReadCalendar {
  std::int32_t year = 0;

  static constexpr Bounds bounds(std::string_view) { return {.least = 1'900, .most = 2'200}; }
};
BOOST_DESCRIBE_STRUCT(ReadCalendar, (), (year))

// Today or later.
struct PutTownDay {
  Day day;
  bool workday = false;
  Text name;  // why

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(PutTownDay, (), (day, workday, name))

// The day is what the State Council or the week says after all.
struct RemoveTownDay {
  Day day;
};
BOOST_DESCRIBE_STRUCT(RemoveTownDay, (), (day))

CalendarView read_calendar(Snapshot& snapshot, const Caller& caller, const ReadCalendar& wish);
CalendarDayView put_town_day(Transaction& tx, const Caller& caller, const PutTownDay& wish,
                             const std::vector<CalendarUse>& uses);
Nothing remove_town_day(Transaction& tx, const Caller& caller, const RemoveTownDay& wish,
                        const std::vector<CalendarUse>& uses);

}  // namespace doorstep::network
