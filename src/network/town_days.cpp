#include "network/town_days.hpp"

#include <map>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

struct Row {
  Day day;
  bool workday = false;
  std::string name_zh, name_en;
  bool towns_own = false;
};
BOOST_DESCRIBE_STRUCT(Row, (), (day, workday, name_zh, name_en, towns_own))

// What is past was reckoned by, and stays as it was.
const Staff& require_keeper_of(Snapshot& snapshot, const Caller& caller, Day day) {
  const auto& staff = require_role(caller, {Role::administrator}, WholeTown{});
  if (day < local_zone(snapshot).day_of(caller.at)) throw Problem{"day_past", {}, "day"};
  return staff;
}

}  // namespace

CalendarView read_calendar(Snapshot& snapshot, const Caller&, const ReadCalendar& wish) {
  const auto year = std::to_string(wish.year);
  CalendarView calendar{.year = wish.year, .announced = false, .days = {}};
  std::map<Day, CalendarDayView> days;
  for (const auto& row : snapshot.all<Row>(
           "select day, workday, name_zh, name_zh as name_en, cast(0 as BOOL) as towns_own from calendar_days"
           " where day >= :first and day <= :last"
           " union all select day, workday, name_zh, name_en, cast(1 as BOOL) as towns_own from town_days"
           " where day >= :first and day <= :last order by towns_own, day",
           {{"first", *parse_day(year + "-01-01")}, {"last", *parse_day(year + "-12-31")}})) {
    if (!row.towns_own) calendar.announced = true;
    days[row.day] = {row.day, row.workday, {row.name_zh, row.name_en}, row.towns_own};
  }
  for (auto& [day, view] : days) calendar.days.push_back(std::move(view));
  return calendar;
}

CalendarDayView put_town_day(Transaction& tx, const Caller& caller, const PutTownDay& wish,
                             const std::vector<CalendarUse>& uses) {
  const auto& staff = require_keeper_of(tx, caller, wish.day);
  tx.run(
      "insert into town_days (day, workday, name_zh, name_en, put_by, put_at)"
      " values (:day, :workday, :name_zh, :name_en, :staff, :at)"
      " on conflict (day) do update set workday = excluded.workday, name_zh = excluded.name_zh,"
      " name_en = excluded.name_en, put_by = excluded.put_by, put_at = excluded.put_at",
      {{"day", wish.day},
       {"workday", wish.workday},
       {"name_zh", wish.name.zh},
       {"name_en", wish.name.en},
       {"staff", staff.id},
       {"at", caller.at}});
  for (const auto& use : uses) use(tx, caller.at);
  return {wish.day, wish.workday, wish.name, true};
}

Nothing remove_town_day(Transaction& tx, const Caller& caller, const RemoveTownDay& wish,
                        const std::vector<CalendarUse>& uses) {
  require_keeper_of(tx, caller, wish.day);
  tx.run("delete from town_days where day = :day", {{"day", wish.day}});
  for (const auto& use : uses) use(tx, caller.at);
  return {};
}

}  // namespace doorstep::network
