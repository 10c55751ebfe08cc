#include "cases/deadline_routes.hpp"

#include "cases/alarms.hpp"
#include "cases/deadline_board.hpp"
#include "cases/deadlines.hpp"
#include "cases/recount.hpp"

namespace doorstep::cases {

void add_deadline_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.read<ListDeadlines, Page<DeadlineRow>>(
      "/api/desk/deadlines", list_deadlines,
      {.who = staff, .summary = "A venue's deadlines by their day, the overdue first", .queries = 1},
      deadline_sheet());
  api.read<ListCaseAlarms, Page<CaseAlarmView>>(
      "/api/desk/alarms", list_case_alarms,
      {.who = staff,
       .summary =
           "Deadlines that were missed and that nobody has answered for; without a venue those above it see",
       .queries = 2},
      alarm_sheet());
  api.write<AcknowledgeAlarm, Nothing>("POST", "/api/desk/alarms/{alarm}/acknowledge", acknowledge_alarm,
                                       {.who = staff,
                                        .summary = "Say what is done now about what is late",
                                        .problems = {"no_such_alarm", "not_your_case", "alarm_over"},
                                        .queries = 15,
                                        .success = 204});
}

void add_deadline_timers(Journal& journal) {
  journal.on_timer(std::string{deadline_timer}, watch_deadlines);
  journal.on_timer(std::string{recount_timer}, recount_some);
}

}  // namespace doorstep::cases
