#include "network/calendar.hpp"

#include "network/network.hpp"

namespace doorstep::network {

namespace {

struct DayRow {
  Day day;
  bool workday = false;
  bool announced = false;  // else the town's own
};
BOOST_DESCRIBE_STRUCT(DayRow, (), (day, workday, announced))

struct YearsRow {
  std::int64_t days_this_year = 0, days_next_year = 0;
};
BOOST_DESCRIBE_STRUCT(YearsRow, (), (days_this_year, days_next_year))

Day first_of(int year) { return *parse_day(std::to_string(year) + "-01-01"); }

// Years have four digits.
Day last_of_all() { return *parse_day("9999-12-31"); }

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

Calendar calendar_between(Snapshot& snapshot, Day first, Day last) {
  Calendar calendar;
  for (
      const auto& row : snapshot.all<DayRow>(
          "select day, workday, cast(1 as BOOL) as announced from calendar_days where day >= :first and day <= :last"
          " union all select day, workday, cast(0 as BOOL) as announced from town_days where day >= :first and day <= :last"
          " order by announced desc, day",
          {{"first", first}, {"last", last}})) {
    calendar.workday[row.day] = row.workday;
    if (row.announced) calendar.years.insert(year_of(row.day));
  }
  return calendar;
}

Calendar calendar_from(Snapshot& snapshot, Day from) {
  return calendar_between(snapshot, first_of(year_of(from)), last_of_all());
}

std::optional<int> missing_year(Snapshot& snapshot, Instant at) {
  const auto today = local_zone(snapshot).day_of(at);
  const auto year = year_of(today);
  const auto announced = snapshot.one<YearsRow>(
      "select (select count(*) from calendar_days where day >= :first and day < :next) as days_this_year,"
      " (select count(*) from calendar_days where day >= :next and day < :last) as days_next_year",
      {{"first", first_of(year)}, {"next", first_of(year + 1)}, {"last", first_of(year + 2)}});
  if (announced.days_this_year == 0) return year;
  const auto november = *parse_day(std::to_string(year) + "-11-01");
  if (today >= november && announced.days_next_year == 0) return year + 1;
  return std::nullopt;
}

}  // namespace doorstep::network
