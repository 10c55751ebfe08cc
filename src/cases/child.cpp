#include "cases/child.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep::cases {

namespace {

struct RelatedRow {
  CaseId id;
  std::string reference, body;
  Phase phase{};
  std::optional<CaseId> parent;
};
BOOST_DESCRIBE_STRUCT(RelatedRow, (), (id, reference, body, phase, parent))

void require_room_for_a_child(Snapshot& snapshot, CaseId id) {
  const auto related = related_to(snapshot, id);
  if (std::ranges::any_of(related, &RelatedCase::is_parent)) throw Problem{"child_of_a_child"};
  if (related.size() >= children_max) throw Problem{"too_many_children", {std::to_string(children_max)}};
}

}  // namespace

CaseView open_child_case(Transaction& tx, const Caller& caller, const OpenChildCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  require_running(row);
  require_room_for_a_child(tx, row.id);
  const auto child = open_case(tx, caller,
                               {.matter = wish.matter,
                                .venue = row.venue,
                                .materials_received = {},
                                .applicant = applicant_of(tx, row.id),
                                .note = std::nullopt,
                                .came = false});
  tx.run("update cases set parent = :parent where id = :id", {{"parent", row.id}, {"id", child.id}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::child_opened, .step = row.step}, caller);
  change_in_place(tx, row);
  return read_case(tx, caller, {child.id});
}

std::vector<RelatedCase> related_to(Snapshot& snapshot, CaseId id) {
  std::vector<RelatedCase> related;
  for (const auto& row :
       snapshot.all<RelatedRow>("select c.id, c.reference, d.body, c.phase, c.parent from cases c"
                                " join matter_definitions d on d.hash = c.definition where c.parent = :id"
                                " or c.id = (select p.parent from cases p where p.id = :id) order by c.id",
                                {{"id", id}})) {
    related.push_back({.id = row.id,
                       .reference = row.reference,
                       .name = read_json<MatterDefinition>(row.body).name,
                       .phase = row.phase,
                       .is_parent = row.parent != id});
  }
  return related;
}

void require_no_child_running(Snapshot& snapshot, CaseId id) {
  const auto running = snapshot.value<std::int64_t>(
      "select count(*) from cases where parent = :id and ended_at is null", {{"id", id}});
  if (running > 0) throw Problem{"child_running"};
}

void require_parent_not_done(Snapshot& snapshot, CaseId id) {
  const auto done = snapshot.value<std::int64_t>(
      "select count(*) from cases c join cases p on p.id = c.parent where c.id = :id and p.phase = 'done'",
      {{"id", id}});
  if (done > 0) throw Problem{"parent_over"};
}

}  // namespace doorstep::cases
