#include "cases/deadlines.hpp"

#include "cases/stored_case.hpp"
#include "network/calendar.hpp"

namespace doorstep::cases {

Promise promise_of(Snapshot& snapshot, const MatterDefinition& matter, Day today) {
  if (!matter.promised_working_days) return {};
  const auto calendar = network::calendar_from(snapshot, today);
  const auto deadline = network::working_days_after(calendar, today, {*matter.promised_working_days});
  return {deadline.day, deadline.provisional};
}

void begin_deadlines(Transaction& tx, const Zone& zone, CaseId id, const Promise& promise) {
  if (!promise.by) return;
  tx.set_timer(promise_timer, to_string(id), zone.start_of(*promise.by + 1));
}

void end_deadlines(Transaction& tx, CaseId id) { tx.clear_timer(promise_timer, to_string(id)); }

void pass_promise(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  const auto id = parse_id(CaseTag::prefix, key);
  const auto row = id ? find_case(tx, CaseId{*id}) : std::nullopt;
  if (!row || is_over(row->phase)) return;
  add_history(tx, {.case_id = row->id, .kind = HistoryKind::overdue, .step = row->step}, caller);
  tx.run("update cases set version = version + 1 where id = :id", {{"id", row->id}});
  tell_changed(tx, *row);
}

}  // namespace doorstep::cases
