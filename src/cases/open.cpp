// Opening a case: the first contact, the number, the promise, what was handed in.
#include <algorithm>

#include <fmt/format.h>

#include "base/problem.hpp"
#include "cases/case.hpp"
#include "cases/deadlines.hpp"
#include "cases/events.hpp"
#include "cases/history.hpp"
#include "journal/tokens.hpp"

namespace doorstep::cases {

namespace {

void require_known_materials(const MatterDefinition& matter, const std::vector<std::string>& received) {
  for (std::size_t i = 0; i < received.size(); ++i) {
    const bool known =
        std::ranges::find(matter.materials, received[i], &Material::key) != matter.materials.end();
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

void tell_applicant(Transaction& tx, const Caller& caller, const OpenCase& wish,
                    const std::string& reference) {
  if (!wish.applicant) return;
  tx.send(
      {.channel = Channel::phone,
       .recipient = wish.applicant->phone,
       .subject = reference,
       .body = fmt::format("您的事项已收下，编号 {}。Your request was taken in: {}.", reference, reference),
       .deliver_before = caller.at + std::chrono::hours{24}},
      caller.at);
}

}  // namespace

CaseView open_case(Transaction& tx, const Caller& caller, const OpenCase& wish) {
  const auto& staff = require_role(caller, {Role::window_officer, Role::centre_manager}, wish.venue);
  const auto [hash, matter] = current_matter(tx, wish.matter);
  require_known_materials(matter, wish.materials_received);
  const auto town = network::town(tx);
  const Zone zone{town.zone};
  const auto today = zone.day_of(caller.at);
  const auto promise = promise_of(tx, matter, today);
  const auto& first = matter.steps.front();
  const auto id = tx.new_id<CaseId>();
  const auto reference = next_reference(tx, town.initials, today);

  std::optional<storage::Bytes> applicant;
  if (wish.applicant) applicant = sealed_applicant(tx.keys(), id, *wish.applicant);
  std::optional<storage::Bytes> note;
  if (wish.note) note = sealed_note(tx.keys(), "cases", id.value, *wish.note);
  tx.run(
      "insert into cases (id, reference, token_hash, matter, definition, venue, phase, step, first_contact, opened_at,"
      " promised_by, provisional, sealed_note, applicant, version) values (:id, :reference, :token_hash, :matter, :definition, :venue,"
      " :phase, :step, :first_contact, :opened_at, :promised_by, :provisional, :note, :applicant, 1)",
      {{"id", id},
       {"reference", reference},
       {"token_hash", tokens::hash_of(tx.keys(), token_of(tx, id))},
       {"matter", matter.key},
       {"definition", hash},
       {"venue", wish.venue},
       {"phase", first.phase},
       {"step", first.key},
       {"first_contact", wish.first_contact.value_or(staff.id)},
       {"opened_at", caller.at},
       {"promised_by", promise.by},
       {"provisional", promise.provisional},
       {"note", note},
       {"applicant", applicant}});
  for (const auto& key : wish.materials_received) {
    tx.run("insert into case_materials (case_id, key, received_at) values (:case, :key, :at)",
           {{"case", id}, {"key", key}, {"at", caller.at}});
  }
  add_history(tx, {.case_id = id, .kind = HistoryKind::opened, .step = first.key}, caller);
  begin_deadlines(tx, zone, id, promise);
  tx.emit(desk_topic(wish.venue), CaseListed{reference});
  tell_applicant(tx, caller, wish, reference);
  return read_case(tx, caller, {id});
}

}  // namespace doorstep::cases
