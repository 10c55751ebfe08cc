#include "network/calendar_use.hpp"
#include "network/list_sheets.hpp"

namespace doorstep::network {

void add_calendar_routes(api::Api& api, const std::vector<CalendarUse>& uses) {
  const auto administrators = api::Who::staff({Role::administrator});
  const api::Rules days{
      .who = api::anyone, .summary = "The days of a year that are not as the week says", .queries = 1};
  api.read<ReadCalendar, CalendarView>("/api/calendar/{year}", read_calendar, days);
  api.read_sheet<ReadCalendar>("/api/calendar.xlsx", calendar_lines, days, calendar_sheet());
  api.write<PutTownDay, CalendarDayView>(
      "PUT", "/api/calendar/days/{day}",
      [uses](Transaction& tx, const Caller& caller, const PutTownDay& wish) {
        return put_town_day(tx, caller, wish, uses);
      },
      {.who = administrators,
       .summary =
           "The town makes a day a working day or a day off; deadlines said without reserve stay as they are",
       .problems = {"day_past"},
       .queries = 2 + static_cast<int>(uses.size())});
  api.write<RemoveTownDay, Nothing>("DELETE", "/api/calendar/days/{day}",
                                    [uses](Transaction& tx, const Caller& caller, const RemoveTownDay& wish) {
                                      return remove_town_day(tx, caller, wish, uses);
                                    },
                                    {.who = administrators,
                                     .summary = "A day is what it would be without the town's word after all",
                                     .problems = {"day_past"},
                                     .queries = 2 + static_cast<int>(uses.size()),
                                     .success = 204});
}

}  // namespace doorstep::network
