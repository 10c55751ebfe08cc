#include "cases/stored_case.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/acting.hpp"
#include "cases/answers.hpp"
#include "cases/child.hpp"
#include "cases/deadlines.hpp"
#include "cases/events.hpp"
#include "cases/follow.hpp"
#include "cases/handing_over.hpp"
#include "cases/units.hpp"
#include "journal/tokens.hpp"

namespace doorstep::cases {

std::optional<StoredCase> find_case(Snapshot& snapshot, CaseId id) {
  return snapshot.maybe<StoredCase>(
      "select id, version, reference, definition, venue, phase, step, first_contact, handler, opened_at, promised_by,"
      " provisional, note, sealed_note, case when applicant is null then 0 else 1 end as has_applicant, sealed_answers, acting_unit, waits_for from cases where id = :id",
      {{"id", id}});
}

std::optional<StoredCase> find_case(Snapshot& snapshot, const std::string& token) {
  return snapshot.maybe<StoredCase>(
      "select id, version, reference, definition, venue, phase, step, first_contact, handler, opened_at, promised_by,"
      " provisional, note, sealed_note, case when applicant is null then 0 else 1 end as has_applicant, sealed_answers, acting_unit, waits_for from cases where token_hash = :token_hash",
      {{"token_hash", tokens::hash_of(snapshot.keys(), token)}});
}

std::optional<Answers> answers_of(const KeyRing& keys, const StoredCase& row) {
  if (!row.sealed_answers) return std::nullopt;
  return open_answers(keys, row.id, *row.sealed_answers);
}

StoredCase require_case(Snapshot& snapshot, const Caller& caller, CaseId id) {
  auto row = find_case(snapshot, id);
  if (!row) throw Problem{"no_such_case"};
  require_role(caller, at_cases, row->venue);
  row->stand_ins = stand_ins_of(snapshot, *row, caller.at);
  return std::move(*row);
}

StaffId handles(const StoredCase& row) { return row.handler.value_or(row.first_contact); }

bool acts_on(const StoredCase& row, StaffId staff) {
  const auto handler = handles(row);
  const auto found = row.stand_ins.find(handler);
  return staff == handler || (found != row.stand_ins.end() && found->second.staff == staff);
}

void require_handler(const Caller& caller, const StoredCase& row) {
  if (!acts_on(row, require_staff(caller).id) && !caller.has(Role::centre_manager, row.venue))
    throw Problem{"not_your_case"};
}

Caller as_holder(Caller caller) {
  caller.staff = std::nullopt;
  return caller;
}

void require_running(const StoredCase& row) {
  if (is_over(row.phase)) throw Problem{"case_over"};
}

StepView step_view(const MatterDefinition& matter, std::string_view key) {
  const auto* step = find_step(matter, key);
  return step == nullptr ? StepView{std::string{key}, {}, {}, {}}
                         : StepView{step->key, step->name, step->who, step->phase};
}

const StepDefinition& require_next(const MatterDefinition& matter, const StoredCase& row,
                                   const std::string& to) {
  const auto* from = find_step(matter, row.step);
  const auto* next = find_step(matter, to);
  if (from == nullptr || next == nullptr || std::ranges::find(from->next, to) == from->next.end())
    throw Problem{"step_not_allowed"};
  return *next;
}

void enter_step(Transaction& tx, const Caller& caller, const StoredCase& row, const StepDefinition& to,
                const NewEntry& entry) {
  if (to.phase == Phase::done) {
    require_nothing_follows(tx, row.id);
    require_no_child_running(tx, row.id);
  }
  const auto unit = require_unit(tx, row.id, to);
  const auto promise = follow_step(tx, caller, row, to);
  tx.run(
      "update cases set step = :step, phase = :phase, acting_unit = :unit, waits_for = :waits_for,"
      " ended_at = :ended_at, promised_by = :promised_by, provisional = :provisional, version = version + 1"
      " where id = :id",
      {{"step", to.key},
       {"phase", to.phase},
       {"unit", unit ? std::optional{unit->key} : std::nullopt},
       {"waits_for", unit ? unit->organisation : std::nullopt},
       {"ended_at", is_over(to.phase) ? std::optional{caller.at} : std::nullopt},
       {"promised_by", promise.by},
       {"provisional", promise.provisional},
       {"id", row.id}});
  add_history(tx, entry, caller);
  if (is_over(to.phase)) end_offer(tx, row.id, caller.at);
  tell_changed(tx, row);
}

void change_in_place(Transaction& tx, const StoredCase& row) {
  tx.run("update cases set version = version + 1 where id = :id", {{"id", row.id}});
  tell_changed(tx, row);
}

void change_in_place(Transaction& tx, const Caller& caller, const std::vector<CaseInPlace>& rows,
                     HistoryKind kind) {
  std::vector<CaseId> ids;
  std::vector<NewEntry> entries;
  for (const auto& row : rows) {
    ids.push_back(row.id);
    entries.push_back({.case_id = row.id, .kind = kind, .step = row.step});
    tx.emit(case_topic(row.id), CaseChanged{row.version + 1});
    tx.emit(desk_topic(row.venue), CaseListed{row.reference});
  }
  tx.run("update cases set version = version + 1 where id in (:ids)", {{"ids", storage::in(ids)}});
  add_history(tx, entries, caller);
}

void tell_changed(Transaction& tx, const StoredCase& row) {
  tx.emit(case_topic(row.id), CaseChanged{row.version + 1});
  tx.emit(desk_topic(row.venue), CaseListed{row.reference});
}

}  // namespace doorstep::cases
