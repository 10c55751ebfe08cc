#include "cases/case_list.hpp"

#include "cases/stored_case.hpp"

namespace doorstep::cases {

std::vector<network::InUse> uses_of_venue(Snapshot& snapshot, VenueId venue) {
  const auto in_hand = snapshot.value<std::int64_t>(
      "select count(*) from cases where venue = :venue and ended_at is null", {{"venue", venue}});
  if (in_hand == 0) return {};
  return {network::InUse::cases};
}

Page<CaseRow> list_cases(Snapshot& snapshot, const Caller& caller, const ListCases& wish) {
  require_role(caller, at_cases, wish.venue);
  const int limit = page_limit(wish.limit);
  return page_of_cases(
      snapshot.all<ListedCase>(
          "select c.id, c.version, c.reference, c.matter, d.body, c.phase, c.step, f.name as first_contact,"
          " h.name as handler, t.name as offered_to, c.opened_at, c.promised_by from cases c"
          " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
          " left join staff h on h.id = c.handler"
          " left join case_offers o on o.case_id = c.id and o.state = 'offered' left join staff t on t.id = o.to_staff"
          " where c.venue = :venue and c.id < :before order by c.id desc limit :limit",
          {{"venue", wish.venue}, {"before", page_before(wish.cursor)}, {"limit", limit + 1}}),
      limit);
}

std::int64_t page_before(const std::optional<std::string>& cursor) {
  const auto after = page_after(cursor);
  return after == 0 ? INT64_MAX : after;
}

Page<CaseRow> page_of_cases(const std::vector<ListedCase>& rows, int limit) {
  return page_of(
      rows, limit, [](const ListedCase& row) { return row.id.value; },
      [](const ListedCase& row) {
        const auto matter = read_json<MatterDefinition>(row.body);
        return CaseRow{.id = row.id,
                       .version = row.version,
                       .reference = row.reference,
                       .matter = {matter.key, matter.name},
                       .phase = row.phase,
                       .step = step_view(matter, row.step).name,
                       .first_contact = row.first_contact,
                       .handler = row.handler,
                       .offered_to = row.offered_to,
                       .opened_at = row.opened_at,
                       .promised_by = row.promised_by};
      });
}

}  // namespace doorstep::cases
