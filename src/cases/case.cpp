#include "cases/case.hpp"

#include "base/problem.hpp"
#include "cases/ending.hpp"
#include "cases/events.hpp"
#include "cases/handing_over.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

namespace {

// Where a unit acts, whoever handles the case takes it on only at that unit's word, and says whose.
void require_word_of_unit(const Caller& caller, const StoredCase& row,
                          const std::optional<RecordedFor>& recorded_for) {
  if (row.acting_unit && !recorded_for) throw Problem{"unit_must_act", {}, "recorded_for"};
  if (!row.acting_unit && recorded_for) throw Problem{"no_unit_acts", {}, "recorded_for"};
  if (recorded_for && recorded_for->at > caller.at) throw Problem{"day_to_come", {}, "recorded_for.at"};
}

}  // namespace

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
  const auto& to = require_next(matter, row, wish.to);
  require_word_of_unit(caller, row, wish.recorded_for);
  keep_refusal(tx, row, matter, to, wish.refusal);
  enter_step(tx, caller, row, to,
             {.case_id = row.id,
              .kind = HistoryKind::advanced,
              .step = to.key,
              .note = wish.note,
              .recorded_for = wish.recorded_for});
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
