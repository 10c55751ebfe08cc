#include "cases/system_answers.hpp"

#include <utility>

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

// What it means that a system says so.
struct Meaning {
  SystemStage stage{};
  SystemAct act{};
  HistoryKind kind{};
};
Meaning meaning_of(SystemSays says) {
  switch (says) {
    case SystemSays::registered:
      return {SystemStage::registered, SystemAct::register_it, HistoryKind::system_registered};
    case SystemSays::returned:
      return {SystemStage::returned, SystemAct::return_it, HistoryKind::system_returned};
    case SystemSays::settled: return {SystemStage::settled, SystemAct::settle, HistoryKind::system_settled};
  }
  return {};
}

struct Asked {
  StoredCase row;
  SystemStanding before;
  SystemStanding standing;  // with the answer
};

// How the case would stand then.
SystemStanding after(const SystemStanding& before, const Caller& caller, const SystemAnswer& answer) {
  const auto means = meaning_of(answer.says);
  auto standing = before;
  if (answer.their_number && answer.their_number != before.reference) {
    standing.reference = answer.their_number;
    standing.recorded_by = require_staff(caller).id;
    standing.recorded_at = caller.at;
  }
  // What it said at another stage is not what it says now.
  if (answer.words || means.stage != before.stage) standing.words = answer.words;
  if (means.stage == before.stage && standing.reference == before.reference && standing.words == before.words)
    throw Problem{"system_answer_known", {}, "our_number"};
  enter(standing, stage_after(before.stage, means.act), caller.at);
  standing.confirmed_by = require_staff(caller).id;
  standing.confirmed_at = caller.at;
  return standing;
}

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
  if (before.tries == 0) throw Problem{"system_not_asked", {}, "our_number"};
  if (answer.says == SystemSays::returned && !answer.words)
    throw Problem{"system_answer_needs_words", {}, "words"};
  if (answer.says == SystemSays::registered && !answer.their_number && !before.reference)
    throw Problem{"system_answer_needs_number", {}, "their_number"};
  auto standing = after(before, caller, answer);
  return {std::move(*row), std::move(before), std::move(standing)};
}

}  // namespace

void require_fitting(Snapshot& snapshot, const Caller& caller, const SystemAnswer& answer) {
  asked(snapshot, caller, answer);
}

RecordedAnswer record_system_answer(Transaction& tx, const Caller& caller, const SystemAnswer& answer) {
  const auto [row, before, standing] = asked(tx, caller, answer);
  put_standing(
      tx, caller, row, answer.system, standing,
      {.case_id = row.id, .kind = meaning_of(answer.says).kind, .step = row.step, .note = answer.words});
  const auto id = tx.new_id<SystemAnswerId>();
  const auto sealed = seal(tx.keys(), before, place_of(id));
  const auto version = standing.version + 1;
  tx.run(
      "insert into system_answers (id, case_id, at, before, version) values (:id, :case, :at, :before, :version)",
      {{"id", id},
       {"case", row.id},
       {"at", caller.at},
       {"before", storage::Bytes{sealed.bytes().begin(), sealed.bytes().end()}},
       {"version", version}});
  return {id, version};
}

void take_back_system_answer(Transaction& tx, const Caller& caller, SystemAnswerId id) {
  const auto answer =
      tx.maybe<AnswerRow>("select case_id, before, version from system_answers where id = :id", {{"id", id}});
  const auto row = answer ? find_case(tx, answer->case_id) : std::nullopt;
  if (!row || !caller.has(Role::centre_manager, row->venue)) throw Problem{"no_such_case"};
  const auto now = standing_of(tx, row->id).value();
  require_version(now.version, answer->version);
  auto standing =
      open(tx.keys(), Sealed<SystemStanding>{std::string{answer->before.begin(), answer->before.end()}},
           place_of(id));
  const auto before = std::exchange(standing.version, now.version);
  put_standing(tx, caller, *row, matter_by_hash(tx, row->definition).system.value(), standing,
               {.case_id = row->id, .kind = HistoryKind::system_answer_taken_back, .step = row->step});
  tx.run("delete from system_answers where id = :id", {{"id", id}});
  // The answer before it, if that is how it stood, may be taken back next.
  tx.run("update system_answers set version = :now where case_id = :case and version = :before",
         {{"now", now.version + 1}, {"case", row->id}, {"before", before}});
}

}  // namespace doorstep::cases
