#include "app/operations.hpp"

#include "base/problem.hpp"
#include "cases/cases.hpp"
#include "network/calendar.hpp"

namespace doorstep::app {

namespace {

// Messages belong to the whole town, not to a venue.
void require_keeper(const Caller& caller) {
  require_staff(caller);
  if (!caller.has_at_a_venue({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
}

AlarmView calendar_alarm(int missing) {
  const auto year = std::to_string(missing);
  return {
      AlarmCode::calendar_year_missing,
      {year +
           " 年的节假日和调休还没有导入，跨到那一年的期限都只是暂定的。国务院办公厅公布以后，请更新日历文件，再导入一次。",
       "The public holidays of " + year +
           " were not imported yet, so deadlines that reach into that year are provisional. Once they are announced, please "
           "renew the calendar's file and import it again."}};
}

AlarmView call_back_alarm(std::int64_t late) {
  const auto count = std::to_string(late);
  return {
      AlarmCode::call_backs_late,
      {"有 " + count + " 位给了低分的居民，没有在承诺的一个工作日内接到回访。请到评价页面，今天就打电话。",
       count +
           " who gave a low grade were not called back within the working day that was promised. Please go to "
           "the ratings and call them today."}};
}

}  // namespace

Page<DeadMessageView> list_dead_messages(Snapshot& snapshot, const Caller& caller,
                                         const ListDeadMessages& wish) {
  require_keeper(caller);
  const int limit = page_limit(wish.limit);
  const auto rows = outbox::dead_messages(snapshot, MessageId{page_after(wish.cursor)}, limit + 1);
  return page_of(
      rows, limit, [](const outbox::DeadMessage& row) { return row.id.value; },
      [](const outbox::DeadMessage& row) {
        return DeadMessageView{.id = row.id,
                               .channel = row.channel,
                               .subject = row.subject,
                               .attempts = row.attempts,
                               .created_at = row.created_at,
                               .ended_at = row.ended_at,
                               .last_error = row.last_error};
      });
}

Nothing retry_message(Transaction& tx, const Caller& caller, const RetryMessage& wish) {
  require_keeper(caller);
  if (!outbox::retry(tx, wish.message, caller.at)) throw Problem{"no_such_message"};
  return {};
}

Alarms list_alarms(Snapshot& snapshot, const Caller& caller, const ListAlarms&) {
  require_keeper(caller);
  Alarms alarms;
  if (const auto year = network::missing_year(snapshot, caller.at))
    alarms.items.push_back(calendar_alarm(*year));
  if (const auto late = cases::late_call_backs(snapshot, caller.at); late > 0)
    alarms.items.push_back(call_back_alarm(late));
  return alarms;
}

void add_operations_routes(api::Api& api) {
  const auto keepers = api::Who::staff({Role::centre_manager, Role::administrator});
  api.section("operations", "For those who keep the program running.");
  api.read<ListDeadMessages, Page<DeadMessageView>>(
      "/api/outbox/dead", list_dead_messages,
      {.who = keepers, .summary = "Messages that could not be delivered", .queries = 1});
  api.read<ListAlarms, Alarms>(
      "/api/alarms", list_alarms,
      {.who = keepers, .summary = "What those who keep the program running should see to", .queries = 4});
  api.write<RetryMessage, Nothing>("POST", "/api/outbox/{message}/retry", retry_message,
                                   {.who = keepers,
                                    .summary = "Try to deliver a dead message again",
                                    .problems = {"no_such_message"},
                                    .queries = 3,
                                    .success = 204});
}

}  // namespace doorstep::app
