#include "app/operations.hpp"

#include "base/problem.hpp"

namespace doorstep::app {

namespace {

// Messages belong to the whole town, not to a venue.
void require_keeper(const Caller& caller) {
  require_staff(caller);
  if (!caller.has_at_a_venue({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
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

void add_operations_routes(api::Api& api) {
  const auto keepers = api::Who::staff({Role::centre_manager, Role::administrator});
  api.section("operations", "For those who keep the program running.");
  api.read<ListDeadMessages, Page<DeadMessageView>>(
      "/api/outbox/dead", list_dead_messages,
      {.who = keepers, .summary = "Messages that could not be delivered", .queries = 1});
  api.write<RetryMessage, Nothing>("POST", "/api/outbox/{message}/retry", retry_message,
                                   {.who = keepers,
                                    .summary = "Try to deliver a dead message again",
                                    .problems = {"no_such_message"},
                                    .queries = 3,
                                    .success = 204});
}

}  // namespace doorstep::app
