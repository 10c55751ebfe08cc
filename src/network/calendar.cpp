#include "network/calendar.hpp"

namespace doorstep::network {

namespace {

struct DayRow {
  Day day;
  bool workday = false;
};
BOOST_DESCRIBE_STRUCT(DayRow, (), (day, workday))

}  // namespace

bool Calendar::is_workday(Day day) const {
  const auto named = workday.find(day);
  return named != workday.end() ? named->second : weekday_of(day) <= 5;
}

Deadline working_days_after(const Calendar& calendar, Day start, WorkingDays days) {
  Deadline deadline{start};
  for (int left = days.count; left > 0;) {
    deadline.day = deadline.day + 1;
    if (calendar.is_workday(deadline.day)) --left;
    if (!calendar.knows(deadline.day)) deadline.provisional = true;
  }
  return deadline;
}

Calendar calendar_from(Snapshot& snapshot, Day from) {
  const auto first = *parse_day(std::to_string(year_of(from)) + "-01-01");
  Calendar calendar;
  for (const auto& row : snapshot.all<DayRow>(
           "select day, workday from calendar_days where day >= :first order by day", {{"first", first}})) {
    calendar.workday.emplace(row.day, row.workday);
    calendar.years.insert(year_of(row.day));
  }
  return calendar;
}

}  // namespace doorstep::network
