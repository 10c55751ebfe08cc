// Working days: Monday to Friday, less public holidays, plus make-up workdays (the State Council's yearly
// notice); and the days that the town itself made otherwise, which go before both.
//
// The arithmetic is pure; the facts come from calendar_days and town_days. A year that was not announced yet
// counts by the week and the town's days alone and makes every deadline that reaches into it provisional.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "journal/transaction.hpp"

namespace doorstep::network {

struct WorkingDays {
  int count = 0;
};

struct Calendar {
  std::map<Day, bool> workday;  // days that differ from the plain week, or are named
  std::set<int> years;          // those that were announced, which no day of the town's makes them

  bool is_workday(Day day) const;
  bool knows(Day day) const { return years.contains(year_of(day)); }
};

struct Deadline {
  Day day;
  bool provisional = false;
};

// The day on which so many working days after `start` have passed: the day itself does not count (Civil Code,
// art. 201), and the last one is always a working day.
Deadline working_days_after(const Calendar& calendar, Day start, WorkingDays days);

// The calendar of the years from that of `from` on. One statement.
Calendar calendar_from(Snapshot& snapshot, Day from);
// That of some days, both included. One statement.
Calendar calendar_between(Snapshot& snapshot, Day first, Day last);

// The year that deadlines may reach into and that was not announced yet: this one, or from 1 November on the
// next. Two statements.
std::optional<int> missing_year(Snapshot& snapshot, Instant at);

}  // namespace doorstep::network
