#include "cases/apply.hpp"

#include "base/problem.hpp"
#include "cases/open.hpp"
#include "cases/stored_case.hpp"
#include "network/answerer.hpp"

namespace doorstep::cases {

namespace {

struct OwnRow {
  CaseId id;
  std::string reference, body;
  Phase phase{};
  std::string step;
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (id, reference, body, phase, step, opened_at, promised_by))

void require_few_from(Snapshot& snapshot, const std::string& device) {
  if (device.empty()) return;
  const auto running = snapshot.value<std::int64_t>(
      "select count(*) from cases where device = :device and ended_at is null", {{"device", device}});
  if (running >= applications_max) throw Problem{"too_many_applications"};
}

OwnCase own_case(Snapshot& snapshot, const OwnRow& row) {
  const auto matter = read_json<MatterDefinition>(row.body);
  return {.reference = row.reference,
          .token = token_of(snapshot, row.id),
          .matter = {matter.key, matter.name},
          .phase = row.phase,
          .step = step_view(matter, row.step).name,
          .opened_at = row.opened_at,
          .promised_by = row.promised_by};
}

}  // namespace

Application apply_for_matter(Transaction& tx, const Caller& caller, const ApplyForMatter& wish) {
  const auto matter = current_matter(tx, wish.matter);
  if (!network::venue(tx, wish.venue)) throw Problem{"no_such_venue"};
  require_fitting(matter.matter, wish.answers);
  const auto day = day_at_town(tx, caller.at);
  if (const auto* refusal = refusal_by_answers(matter.matter, wish.answers, day))
    return {.opened = std::nullopt, .refused = ToldAtOnce{refusal->reason, refusal->remedy}};
  require_few_from(tx, caller.device);
  const auto first_contact = network::who_answers(tx, wish.venue, day, caller.at);
  const auto opened = put_case(tx, caller, matter,
                               {.venue = wish.venue,
                                .first_contact = first_contact,
                                .applicant = wish.applicant,
                                .answers = wish.answers,
                                .device = caller.device});
  return {.opened = slip_of(tx, opened), .refused = std::nullopt};
}

CaseSlip slip_of(Snapshot& snapshot, const Opened& opened) {
  return {.reference = opened.reference,
          .token = token_of(snapshot, opened.id),
          .first_contact = identity::officer(snapshot, opened.first_contact),
          .promised_by = opened.promise.by,
          .provisional = opened.promise.provisional};
}

Page<OwnCase> list_own_cases(Snapshot& snapshot, const Caller& caller, const ListOwnCases& wish) {
  const auto& resident = require_resident(caller);
  const int limit = page_limit(wish.limit);
  const auto after = page_after(wish.cursor);
  const auto rows = snapshot.all<OwnRow>(
      "select c.id, c.reference, d.body, c.phase, c.step, c.opened_at, c.promised_by from cases c"
      " join matter_definitions d on d.hash = c.definition"
      " where c.resident = :resident and c.id < :before order by c.id desc limit :limit",
      {{"resident", resident.id}, {"before", after == 0 ? INT64_MAX : after}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const OwnRow& row) { return row.id.value; },
      [&](const OwnRow& row) { return own_case(snapshot, row); });
}

}  // namespace doorstep::cases
