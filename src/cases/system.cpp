#include "cases/system.hpp"

#include "base/problem.hpp"

namespace doorstep::cases {

namespace {

struct StandingRow {
  SystemId id;
  SystemStage stage{};
  std::int64_t version = 0;
  std::int64_t tries = 0;
  Instant changed_at;
  std::optional<storage::Bytes> sealed_reference;
  std::optional<StaffId> recorded_by;
  std::optional<Instant> recorded_at;
  std::optional<storage::Bytes> sealed_words;
  std::optional<StaffId> confirmed_by;
  std::optional<Instant> confirmed_at;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (),
                      (id, stage, version, tries, changed_at, sealed_reference, recorded_by, recorded_at,
                       sealed_words, confirmed_by, confirmed_at))

struct NamesRow {
  std::optional<std::string> recorded_by, confirmed_by;
};
BOOST_DESCRIBE_STRUCT(NamesRow, (), (recorded_by, confirmed_by))

std::optional<std::string> opened(const KeyRing& keys, SystemId id,
                                  const std::optional<storage::Bytes>& sealed, std::string_view column) {
  if (!sealed) return std::nullopt;
  return open_note(keys, "case_systems", id.value, *sealed, column);
}

std::optional<storage::Bytes> sealed(const KeyRing& keys, SystemId id, const std::optional<std::string>& text,
                                     std::string_view column) {
  if (!text) return std::nullopt;
  return sealed_note(keys, "case_systems", id.value, *text, column);
}

// What an act of the case's handler begins with.
struct Begun {
  StoredCase row;
  MatterDefinition matter;
  std::optional<SystemStanding> standing;
};
Begun begun(Transaction& tx, const Caller& caller, CaseId id, std::int64_t version) {
  auto row = require_case(tx, caller, id);
  require_version(row.version, version);
  require_handler(caller, row);
  auto matter = matter_by_hash(tx, row.definition);
  if (!matter.system) throw Problem{"no_system"};
  auto standing = standing_of(tx, id);
  return {std::move(row), std::move(matter), std::move(standing)};
}

// A case that is over waits for no file, and is given again to nobody.
bool goes_on(const StoredCase& row, SystemStage stage) {
  return !is_over(row.phase) || (stage != SystemStage::to_send && stage != SystemStage::returned);
}

std::optional<SystemStage> stage_of(const Begun& begun) {
  return begun.standing ? std::optional{begun.standing->stage} : std::nullopt;
}

}  // namespace

SystemStage stage_after(std::optional<SystemStage> stage, SystemAct act) {
  using enum SystemStage;
  if (stage == settled) throw Problem{"system_settled"};
  switch (act) {
    case SystemAct::hand_over:
      if (stage == to_send || stage == registered) throw Problem{"system_waits_already"};
      return to_send;
    case SystemAct::send:
      if (stage != to_send) throw Problem{"system_not_asked"};
      return sent;
    case SystemAct::register_it: return registered;  // whoever sees a number there may type it in
    case SystemAct::return_it:
      if (stage != sent && stage != registered) throw Problem{"system_not_asked"};
      return returned;
    case SystemAct::settle:
      if (stage != sent && stage != registered) throw Problem{"system_not_asked"};
      return settled;
  }
  return stage.value_or(to_send);
}

void enter(SystemStanding& standing, SystemStage stage, Instant at) {
  if (standing.version == 0 || standing.stage != stage) standing.changed_at = at;
  standing.stage = stage;
}

std::optional<SystemStanding> standing_of(Snapshot& snapshot, CaseId id) {
  const auto row = snapshot.maybe<StandingRow>(
      "select id, stage, version, tries, changed_at, sealed_reference, recorded_by, recorded_at, sealed_words,"
      " confirmed_by, confirmed_at from case_systems where case_id = :case",
      {{"case", id}});
  if (!row) return std::nullopt;
  return SystemStanding{
      .id = row->id,
      .stage = row->stage,
      .version = row->version,
      .tries = row->tries,
      .changed_at = row->changed_at,
      .reference = opened(snapshot.keys(), row->id, row->sealed_reference, "sealed_reference"),
      .recorded_by = row->recorded_by,
      .recorded_at = row->recorded_at,
      .words = opened(snapshot.keys(), row->id, row->sealed_words, "sealed_words"),
      .confirmed_by = row->confirmed_by,
      .confirmed_at = row->confirmed_at};
}

void put_standing(Transaction& tx, const Caller& caller, const StoredCase& row, OtherSystem system,
                  const SystemStanding& standing, const NewEntry& entry) {
  const auto id = standing.id == SystemId{} ? tx.new_id<SystemId>() : standing.id;
  tx.run(
      "insert into case_systems (id, case_id, venue, system, stage, version, tries, changed_at, sealed_reference,"
      " recorded_by, recorded_at, sealed_words, confirmed_by, confirmed_at) values (:id, :case, :venue, :system, :stage,"
      " :version, :tries, :at, :reference, :recorded_by, :recorded_at, :words, :confirmed_by, :confirmed_at)"
      " on conflict (case_id) do update set stage = excluded.stage, version = excluded.version,"
      " tries = excluded.tries, changed_at = excluded.changed_at, sealed_reference = excluded.sealed_reference,"
      " recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, sealed_words = excluded.sealed_words,"
      " confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at",
      {{"id", id},
       {"case", row.id},
       {"venue", row.venue},
       {"system", system},
       {"stage", standing.stage},
       {"version", standing.version + 1},
       {"tries", standing.tries},
       {"at", standing.changed_at},
       {"reference", sealed(tx.keys(), id, standing.reference, "sealed_reference")},
       {"recorded_by", standing.recorded_by},
       {"recorded_at", standing.recorded_at},
       {"words", sealed(tx.keys(), id, standing.words, "sealed_words")},
       {"confirmed_by", standing.confirmed_by},
       {"confirmed_at", standing.confirmed_at}});
  add_history(tx, entry, caller);
  change_in_place(tx, row);
}

SystemView read_system(Snapshot& snapshot, const Caller& caller, const ReadSystem& wish) {
  const auto row = require_case(snapshot, caller, wish.id);
  const auto matter = matter_by_hash(snapshot, row.definition);
  if (!matter.system) return {};
  SystemView view{.system = matter.system, .authority = matter.authority};
  auto standing = standing_of(snapshot, row.id);
  if (!standing || !goes_on(row, standing->stage)) return view;
  const auto names = snapshot.one<NamesRow>(
      "select r.name as recorded_by, c.name as confirmed_by from case_systems s"
      " left join staff r on r.id = s.recorded_by left join staff c on c.id = s.confirmed_by"
      " where s.case_id = :case",
      {{"case", row.id}});
  view.stage = standing->stage;
  view.tries = standing->tries;
  view.changed_at = standing->changed_at;
  view.reference = std::move(standing->reference);
  view.recorded_by = names.recorded_by;
  view.recorded_at = standing->recorded_at;
  view.words = std::move(standing->words);
  view.confirmed_by = names.confirmed_by;
  view.confirmed_at = standing->confirmed_at;
  return view;
}

SystemProgress read_system_progress(Snapshot& snapshot, const Caller&, const ReadSystemProgress& wish) {
  const auto row = find_case(snapshot, wish.token);
  if (!row) throw Problem{"no_such_case"};
  SystemProgress progress{.system = matter_by_hash(snapshot, row->definition).system};
  const auto standing = standing_of(snapshot, row->id);
  if (standing && goes_on(*row, standing->stage)) {
    progress.stage = standing->stage;
    progress.tries = standing->tries;
    progress.changed_at = standing->changed_at;
    progress.confirmed_at = standing->confirmed_at;
  }
  return progress;
}

CaseView hand_over_to_system(Transaction& tx, const Caller& caller, const HandOverToSystem& wish) {
  const auto begin = begun(tx, caller, wish.id, wish.version);
  require_running(begin.row);
  auto standing = begin.standing.value_or(SystemStanding{});
  // A number that was typed in, and to which no file led, is taken for a mistake.
  const bool mistaken = standing.stage == SystemStage::registered && standing.tries == 0;
  const auto stage = stage_after(mistaken ? std::nullopt : stage_of(begin), SystemAct::hand_over);
  if (!begin.row.has_applicant) throw Problem{"no_applicant"};
  if (mistaken) standing = {.id = standing.id, .version = standing.version};
  enter(standing, stage, caller.at);
  put_standing(tx, caller, begin.row, *begin.matter.system, standing,
               {.case_id = begin.row.id, .kind = HistoryKind::system_handed_over, .step = begin.row.step});
  return read_case(tx, caller, {wish.id});
}

CaseView record_system_reference(Transaction& tx, const Caller& caller, const RecordSystemReference& wish) {
  const auto begin = begun(tx, caller, wish.id, wish.version);
  auto standing = begin.standing.value_or(SystemStanding{});
  const auto stage = stage_after(stage_of(begin), SystemAct::register_it);
  // A number that is corrected takes the case nowhere.
  if (!standing.reference) {
    if (standing.stage != stage) standing.words = std::nullopt;
    enter(standing, stage, caller.at);
  }
  standing.reference = wish.reference;
  standing.recorded_by = require_staff(caller).id;
  standing.recorded_at = caller.at;
  put_standing(tx, caller, begin.row, *begin.matter.system, standing,
               {.case_id = begin.row.id, .kind = HistoryKind::system_registered, .step = begin.row.step});
  return read_case(tx, caller, {wish.id});
}

CaseView confirm_in_system(Transaction& tx, const Caller& caller, const ConfirmInSystem& wish) {
  const auto begin = begun(tx, caller, wish.id, wish.version);
  const auto stage = stage_of(begin);
  if (stage && *stage == SystemStage::settled) throw Problem{"system_settled"};
  if (stage != SystemStage::registered) throw Problem{"no_system_reference"};
  auto standing = *begin.standing;
  if (wish.settled) enter(standing, stage_after(stage, SystemAct::settle), caller.at);
  standing.words = wish.words;
  standing.confirmed_by = require_staff(caller).id;
  standing.confirmed_at = caller.at;
  put_standing(tx, caller, begin.row, *begin.matter.system, standing,
               {.case_id = begin.row.id,
                .kind = wish.settled ? HistoryKind::system_settled : HistoryKind::system_confirmed,
                .step = begin.row.step,
                .note = wish.words});
  return read_case(tx, caller, {wish.id});
}

}  // namespace doorstep::cases
