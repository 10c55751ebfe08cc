#include "cases/system_answers.hpp"

#include "base/problem.hpp"
#include "base/sealed.hpp"

namespace doorstep::cases {

namespace {

struct FoundRow {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (id))

struct AnswerRow {
  CaseId case_id;
  storage::Bytes before;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (case_id, before, version))

constexpr SealContext place_of(SystemAnswerId id) { return {"system_answers", "before", id.value}; }

SystemAct act_of(SystemSays says) {
  switch (says) {
    case SystemSays::registered: return SystemAct::register_it;
    case SystemSays::returned: return SystemAct::return_it;
    case SystemSays::settled: return SystemAct::settle;
  }
  return SystemAct::register_it;
}

HistoryKind kind_of(SystemSays says) {
  switch (says) {
    case SystemSays::registered: return HistoryKind::system_registered;
    case SystemSays::returned: return HistoryKind::system_returned;
    case SystemSays::settled: return HistoryKind::system_settled;
  }
  return HistoryKind::system_registered;
}

struct Asked {
  StoredCase row;
  SystemStanding before;
  SystemStanding after;
};

// Three statements.
Asked asked(Snapshot& snapshot, const Caller& caller, const SystemAnswer& answer) {
  const auto found = snapshot.maybe<FoundRow>(
      "select c.id from cases c join case_systems s on s.case_id = c.id"
      " where c.reference = :reference and s.system = :system",
      {{"reference", answer.our_number}, {"system", answer.system}});
  auto row = found ? find_case(snapshot, found->id) : std::nullopt;
  // Somebody else's is not there for those who may not see it.
  if (!row || !caller.has(Role::centre_manager, row->venue)) throw Problem{"no_such_case", {}, "our_number"};
  auto before = standing_of(snapshot, row->id).value();
  auto after = before;
  // That it has a number there is an answer to what was handed over: nobody typed it in.
  if (before.tries == 0) throw Problem{"system_not_asked", {}, "our_number"};
  after.stage = stage_after(before.stage, act_of(answer.says));
  if (answer.their_number && answer.their_number != before.reference) {
    after.reference = answer.their_number;
    after.recorded_by = require_staff(caller).id;
    after.recorded_at = caller.at;
  }
  if (answer.words) after.words = answer.words;
  if (answer.says == SystemSays::returned && !answer.words)
    throw Problem{"system_answer_needs_words", {}, "words"};
  if (answer.says == SystemSays::registered && !after.reference)
    throw Problem{"system_answer_needs_number", {}, "their_number"};
  if (after.stage == before.stage && after.reference == before.reference && after.words == before.words)
    throw Problem{"system_answer_known", {}, "our_number"};
  after.confirmed_by = require_staff(caller).id;
  after.confirmed_at = caller.at;
  return {std::move(*row), std::move(before), std::move(after)};
}

}  // namespace

void require_fitting(Snapshot& snapshot, const Caller& caller, const SystemAnswer& answer) {
  asked(snapshot, caller, answer);
}

RecordedAnswer record_system_answer(Transaction& tx, const Caller& caller, const SystemAnswer& answer) {
  const auto [row, before, after] = asked(tx, caller, answer);
  put_standing(tx, caller, row, answer.system, after,
               {.case_id = row.id, .kind = kind_of(answer.says), .step = row.step, .note = answer.words});
  const auto id = tx.new_id<SystemAnswerId>();
  const auto sealed = seal(tx.keys(), before, place_of(id));
  const auto version = after.version + 1;
  tx.run(
      "insert into system_answers (id, case_id, at, before, version) values (:id, :case, :at, :before, :version)",
      {{"id", id},
       {"case", row.id},
       {"at", caller.at},
       {"before", storage::Bytes{sealed.bytes().begin(), sealed.bytes().end()}},
       {"version", version}});
  return {id, version};
}

void take_back_system_answer(Transaction& tx, const Caller& caller, SystemAnswerId id, std::int64_t version) {
  const auto answer =
      tx.maybe<AnswerRow>("select case_id, before, version from system_answers where id = :id", {{"id", id}});
  const auto row = answer ? find_case(tx, answer->case_id) : std::nullopt;
  if (!row || !caller.has(Role::centre_manager, row->venue)) throw Problem{"no_such_case"};
  const auto now = standing_of(tx, row->id).value();
  require_version(now.version, version);
  auto standing =
      open(tx.keys(), Sealed<SystemStanding>{std::string{answer->before.begin(), answer->before.end()}},
           place_of(id));
  standing.version = now.version;
  put_standing(tx, caller, *row, matter_by_hash(tx, row->definition).system.value(), standing,
               {.case_id = row->id, .kind = HistoryKind::system_answer_taken_back, .step = row->step});
  tx.run("delete from system_answers where id = :id", {{"id", id}});
}

}  // namespace doorstep::cases
