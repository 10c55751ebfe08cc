#include "cases/open.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/problem.hpp"
#include "cases/answers.hpp"
#include "cases/case_search.hpp"
#include "cases/events.hpp"
#include "cases/history.hpp"
#include "cases/materials.hpp"
#include "cases/trips.hpp"
#include "journal/tokens.hpp"

namespace doorstep::cases {

namespace {

void require_known_materials(const MatterDefinition& matter, const std::vector<std::string>& received) {
  for (std::size_t i = 0; i < received.size(); ++i) {
    const bool known = find_material(matter, received[i]) != nullptr;
    const bool repeated = std::find(received.begin(), received.begin() + static_cast<std::ptrdiff_t>(i),
                                    received[i]) != received.begin() + static_cast<std::ptrdiff_t>(i);
    if (!known || repeated) {
      throw Problem{"unknown_material", {received[i]}, fmt::format("materials_received[{}]", i)};
    }
  }
}

// "NX-2026-000123": the town's initials, the local year, a number that starts again each year.
std::string next_reference(Transaction& tx, const std::string& initials, Day today) {
  const auto last = tx.value<std::int64_t>(
      "insert into case_numbers (year, last) values (:year, 1)"
      " on conflict (year) do update set last = case_numbers.last + 1 returning last",
      {{"year", year_of(today)}});
  return fmt::format("{}-{}-{:06}", initials, year_of(today), last);
}

void tell_applicant(Transaction& tx, const Caller& caller, const Applicant& applicant,
                    const std::string& reference) {
  tx.send(
      {.channel = Channel::phone,
       .recipient = applicant.phone,
       .subject = reference,
       .body = fmt::format("您的事项已收下，编号 {}。Your request was taken in: {}.", reference, reference),
       .deliver_before = caller.at + std::chrono::hours{24}},
      caller.at);
}

}  // namespace

Opened put_case(Transaction& tx, const Caller& caller, const Stored& matter, const NewCase& wish) {
  const auto town = network::town(tx);
  const auto now = reckon(tx, Zone{town.zone}, caller.at);
  const auto& first = matter.matter.steps.front();
  const auto id = tx.new_id<CaseId>();
  const auto deadlines = first_deadlines(tx, id, wish.venue, matter.matter, first, now);
  const auto promise = promise_among(deadlines);
  const auto reference = next_reference(tx, town.initials, now.today);

  std::optional<storage::Bytes> applicant, note, answers;
  if (wish.applicant) applicant = sealed_applicant(tx.keys(), id, *wish.applicant);
  if (wish.note) note = sealed_note(tx.keys(), "cases", id.value, *wish.note);
  if (!wish.answers.empty()) answers = sealed_answers(tx.keys(), id, wish.answers);
  tx.run(
      "insert into cases (id, reference, token_hash, matter, definition, venue, phase, step, first_contact, opened_at,"
      " promised_by, provisional, sealed_note, applicant, sealed_answers, device, resident, version)"
      " values (:id, :reference, :token_hash, :matter, :definition, :venue, :phase, :step, :first_contact, :opened_at,"
      " :promised_by, :provisional, :note, :applicant, :answers, :device, :resident, 1)",
      {{"id", id},
       {"reference", reference},
       {"token_hash", tokens::hash_of(tx.keys(), token_of(tx, id))},
       {"matter", matter.matter.key},
       {"definition", matter.hash},
       {"venue", wish.venue},
       {"phase", first.phase},
       {"step", first.key},
       {"first_contact", wish.first_contact},
       {"opened_at", caller.at},
       {"promised_by", promise.by},
       {"provisional", promise.provisional},
       {"note", note},
       {"applicant", applicant},
       {"answers", answers},
       {"device", wish.device},
       {"resident", caller.resident ? std::optional{caller.resident->id} : std::nullopt}});
  for (const auto& key : wish.materials_received) {
    keep_material(tx, caller, id, key);
  }
  add_history(tx, {.case_id = id, .kind = HistoryKind::opened, .step = first.key}, caller);
  keep_deadlines(tx, now.zone, {}, deadlines);
  tx.emit(desk_topic(wish.venue), CaseListed{reference});
  if (wish.applicant) add_marks(tx, id, wish.venue, *wish.applicant);
  if (wish.applicant) tell_applicant(tx, caller, *wish.applicant, reference);
  return {id, reference, wish.first_contact, promise};
}

CaseView open_case(Transaction& tx, const Caller& caller, const OpenCase& wish) {
  const auto& staff = require_role(caller, {Role::window_officer, Role::centre_manager}, wish.venue);
  const auto matter = current_matter(tx, wish.matter);
  require_known_materials(matter.matter, wish.materials_received);
  require_known(matter.matter, wish.answers);
  const auto opened = put_case(tx, caller, matter,
                               {.venue = wish.venue,
                                .first_contact = wish.first_contact.value_or(staff.id),
                                .materials_received = wish.materials_received,
                                .applicant = wish.applicant,
                                .answers = wish.answers,
                                .note = wish.note});
  if (wish.came) note_trip(tx, caller, {opened.id, wish.venue, wish.answers}, matter.matter, std::nullopt);
  return read_case(tx, caller, {opened.id});
}

Day day_at_town(Snapshot& snapshot, Instant at) { return network::local_zone(snapshot).day_of(at); }

}  // namespace doorstep::cases
