#include "cases/case.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/ending.hpp"
#include "cases/events.hpp"
#include "cases/handing_over.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

CaseView accept_case(Transaction& tx, const Caller& caller, const AcceptCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_running(row);
  if (row.handler) throw Problem{"already_accepted"};
  if (open_offer(tx, row.id)) throw Problem{"offered_already"};
  tx.run("update cases set handler = :handler, version = version + 1 where id = :id",
         {{"handler", require_staff(caller).id}, {"id", row.id}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::accepted, .step = row.step}, caller);
  tell_changed(tx, row);
  return read_case(tx, caller, {row.id});
}

CaseView advance_case(Transaction& tx, const Caller& caller, const AdvanceCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  require_running(row);
  const auto matter = matter_by_hash(tx, row.definition);
  const auto* from = find_step(matter, row.step);
  const auto* to = find_step(matter, wish.to);
  if (from == nullptr || to == nullptr || std::ranges::find(from->next, wish.to) == from->next.end()) {
    throw Problem{"step_not_allowed"};
  }
  keep_refusal(tx, row, matter, *to, wish.refusal);
  enter_step(tx, caller, row, *to,
             {.case_id = row.id, .kind = HistoryKind::advanced, .step = to->key, .note = wish.note});
  return read_case(tx, caller, {row.id});
}

Topic listen_to_case(Snapshot& snapshot, const Caller&, const std::string& token) {
  const auto row = find_case(snapshot, token);
  if (!row) throw Problem{"no_such_case"};
  return case_topic(row->id);
}

Topic listen_to_desk(Snapshot&, const Caller& caller, const std::string& asked) {
  const auto id = parse_id(VenueTag::prefix, asked);
  if (!id) throw Problem{"no_such_topic", {"desk:" + asked}, "topics"};
  require_role(caller, at_cases, VenueId{*id});
  return desk_topic(VenueId{*id});
}

}  // namespace doorstep::cases
