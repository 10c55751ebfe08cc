// A case as staff see it, and as the one who holds its token does.
#include "base/problem.hpp"
#include "cases/acting.hpp"
#include "cases/child.hpp"
#include "cases/deadlines.hpp"
#include "cases/ending.hpp"
#include "cases/follow.hpp"
#include "cases/handing_over.hpp"
#include "cases/materials.hpp"
#include "cases/notice.hpp"
#include "cases/result.hpp"
#include "cases/stored_case.hpp"
#include "cases/trips.hpp"
#include "cases/units.hpp"
#include "journal/tokens.hpp"

namespace doorstep::cases {

namespace {

CaseView view(Snapshot& snapshot, const Caller& caller, const StoredCase& row) {
  const auto matter = matter_by_hash(snapshot, row.definition);
  auto people = shown_people(snapshot, row);
  auto units = units_of(snapshot, row.id, matter);
  auto waiting_for = waited_for(units, row.acting_unit);
  CaseView shown{.id = row.id,
                 .version = row.version,
                 .token = token_of(snapshot, row.id),
                 .reference = row.reference,
                 .matter = {matter.key, matter.name},
                 .phase = row.phase,
                 .step = step_view(matter, row.step),
                 .next_steps = {},
                 .first_contact = std::move(people.first_contact),
                 .handler = std::move(people.handler),
                 .acting = std::move(people.acting),
                 .offer = open_offer(snapshot, row.id),
                 .units = std::move(units),
                 .waiting_for = std::move(waiting_for),
                 .mine = caller.staff && acts_on(row, caller.staff->id),
                 .opened_at = row.opened_at,
                 .promised_by = row.promised_by,
                 .provisional = row.provisional,
                 .materials = materials_shown(snapshot, row, matter),
                 .history = history_of(snapshot, row.id, matter, Reader::staff),
                 .note = row.sealed_note ? open_note(snapshot.keys(), "cases", row.id.value, *row.sealed_note)
                                         : row.note,
                 .has_applicant = row.has_applicant,
                 .has_answers = row.sealed_answers.has_value(),
                 .notices = {},
                 .refusal = refusal_of(snapshot, row, matter),
                 .refusals = matter.refusals.value_or(std::vector<Refusal>{}),
                 .deadlines = deadlines_of(snapshot, caller, row.id, matter),
                 .declaration = declaration_of(snapshot, row.id, matter),
                 .related = related_to(snapshot, row.id),
                 .result = result_of(snapshot, row.id)};
  shown.notices = notices_of(snapshot, row.id, shown.materials);
  if (const auto* step = find_step(matter, row.step); step != nullptr && !is_over(row.phase)) {
    for (const auto& next : step->next) shown.next_steps.push_back(step_view(matter, next));
  }
  return shown;
}

}  // namespace

CaseView read_case(Snapshot& snapshot, const Caller& caller, const ReadCase& wish) {
  return view(snapshot, caller, require_case(snapshot, caller, wish.id));
}

CaseProgress read_progress(Snapshot& snapshot, const Caller& caller, const ReadProgress& wish) {
  auto row = find_case(snapshot, wish.token);
  if (!row) throw Problem{"no_such_case"};
  row->stand_ins = stand_ins_of(snapshot, *row, caller.at);
  auto people = shown_people(snapshot, *row);
  const auto matter = matter_by_hash(snapshot, row->definition);
  const auto venue = network::venue(snapshot, row->venue);
  CaseProgress progress{.reference = row->reference,
                        .matter = {matter.key, matter.name},
                        .phase = row->phase,
                        .step = step_view(matter, row->step),
                        .first_contact = std::move(people.first_contact),
                        .handler = std::move(people.handler),
                        .acting = std::move(people.acting),
                        .waiting_for = waited_for(units_of(snapshot, row->id, matter), row->acting_unit),
                        .promised_by = row->promised_by,
                        .provisional = row->provisional,
                        .materials = materials_shown(snapshot, *row, matter),
                        .history = {},
                        .place = {},
                        .still_missing = {},
                        .refusal = refusal_of(snapshot, *row, matter),
                        .deadlines = deadlines_in_words(snapshot, row->id),
                        .declaration = declaration_of(snapshot, row->id, matter),
                        .result = result_of(snapshot, row->id),
                        .trips = trips_of(snapshot, row->id)};
  if (row->phase == Phase::waiting_for_resident)
    progress.still_missing = still_missing(snapshot, row->id, progress.materials);
  if (venue) progress.place = {venue->name, venue->address};
  for (auto& entry : history_of(snapshot, row->id, matter, Reader::resident)) {
    progress.history.push_back({entry.at, std::move(entry.text)});
  }
  return progress;
}

std::string token_of(Snapshot& snapshot, CaseId id) {
  return tokens::token_for(snapshot.keys(), "case", id.value);
}

std::string reference_of(Snapshot& snapshot, CaseId id) {
  return snapshot.value<std::string>("select reference from cases where id = :id", {{"id", id}});
}

}  // namespace doorstep::cases
