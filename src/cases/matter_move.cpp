#include "cases/matter_move.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cases/materials.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

namespace {

struct UnderWayRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference;
  VenueId venue;
  Phase phase{};
  std::string step;
  std::optional<std::string> acting_unit;
};
BOOST_DESCRIBE_STRUCT(UnderWayRow, (), (id, version, reference, venue, phase, step, acting_unit))

struct UsedRow {
  CaseId case_id;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(UsedRow, (), (case_id, key))

using Used = std::map<CaseId, std::set<std::string>>;

std::vector<UnderWayRow> under_way(Snapshot& snapshot, const MoveCases& wish, const std::string& hash) {
  return snapshot.all<UnderWayRow>(
      "select id, version, reference, venue, phase, step, acting_unit from cases"
      " where matter = :matter and ended_at is null and definition <> :hash and id > :after"
      " order by id limit :limit",
      {{"matter", wish.matter}, {"hash", hash}, {"after", wish.after}, {"limit", moved_at_once}});
}

std::vector<CaseId> ids_of(const std::vector<UnderWayRow>& rows) {
  std::vector<CaseId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  return ids;
}

Used used(const std::vector<UsedRow>& rows) {
  Used all;
  for (const auto& row : rows) all[row.case_id].insert(row.key);
  return all;
}

// The papers that came, were told as missing, or are to follow. One statement.
Used papers_of(Snapshot& snapshot, const std::vector<CaseId>& ids) {
  return used(snapshot.all<UsedRow>(
      "select case_id, key from case_materials where case_id in (:ids)"
      " union select case_id, key from case_follows where case_id in (:ids)"
      " union select n.case_id, m.key from case_notices n join case_notice_materials m on m.notice = n.id"
      " where n.case_id in (:ids)",
      {{"ids", storage::in(ids)}}));
}

// Those named in it. One statement.
Used units_named_in(Snapshot& snapshot, const std::vector<CaseId>& ids) {
  return used(snapshot.all<UsedRow>(
      "select case_id, unit as key from case_units where case_id in (:ids) and ended_at is null",
      {{"ids", storage::in(ids)}}));
}

// The other system that it was given to, or has a number in. One statement.
Used systems_of(Snapshot& snapshot, const std::vector<CaseId>& ids) {
  return used(snapshot.all<UsedRow>("select case_id, system as key from case_systems where case_id in (:ids)",
                                    {{"ids", storage::in(ids)}}));
}

std::optional<StayingCase> why_it_stays(const UnderWayRow& row, const MatterDefinition& matter,
                                        const Used& papers, const Used& units, const Used& systems) {
  const auto* step = find_step(matter, row.step);
  if (step == nullptr || step->phase != row.phase || (row.acting_unit && step->unit != row.acting_unit))
    return StayingCase{row.reference, StaysFor::step, row.step};
  const auto lacking = [&](const Used& all, const auto& known) -> const std::string* {
    const auto of_case = all.find(row.id);
    if (of_case == all.end()) return nullptr;
    const auto found = std::ranges::find_if_not(of_case->second, known);
    return found == of_case->second.end() ? nullptr : &*found;
  };
  if (const auto* paper = lacking(papers, [&](const std::string& key) {
        return is_own_material(key) || find_material(matter, key) != nullptr;
      }))
    return StayingCase{row.reference, StaysFor::paper, *paper};
  if (const auto* unit =
          lacking(units, [&](const std::string& key) { return find_unit(matter, key) != nullptr; }))
    return StayingCase{row.reference, StaysFor::unit, *unit};
  const auto is_its_system = [&](const std::string& key) {
    return matter.system && name_of(*matter.system) == key;
  };
  if (const auto* system = lacking(systems, is_its_system))
    return StayingCase{row.reference, StaysFor::system, *system};
  return std::nullopt;
}

void move(Transaction& tx, const Caller& caller, const std::vector<UnderWayRow>& rows,
          const std::string& hash) {
  if (rows.empty()) return;
  tx.run("update cases set definition = :hash where id in (:ids)",
         {{"hash", hash}, {"ids", storage::in(ids_of(rows))}});
  std::vector<CaseInPlace> changed;
  for (const auto& row : rows) changed.push_back({row.id, row.version, row.reference, row.venue, row.step});
  change_in_place(tx, caller, changed, HistoryKind::definition_moved);
}

}  // namespace

MovedCases move_cases(Transaction& tx, const Caller& caller, const MoveCases& wish) {
  const auto current = current_matter(tx, wish.matter);
  auto rows = under_way(tx, wish, current.hash);
  MovedCases moved;
  if (rows.empty()) return moved;
  if (std::ssize(rows) == moved_at_once) moved.last = rows.back().id;
  const auto ids = ids_of(rows);
  const auto papers = papers_of(tx, ids);
  const auto units = units_named_in(tx, ids);
  const auto systems = systems_of(tx, ids);
  std::erase_if(rows, [&](const UnderWayRow& row) {
    auto stays = why_it_stays(row, current.matter, papers, units, systems);
    if (stays) moved.staying.push_back(std::move(*stays));
    return stays.has_value();
  });
  moved.moved = std::ssize(rows);
  if (!wish.dry_run) move(tx, caller, rows, current.hash);
  return moved;
}

}  // namespace doorstep::cases
