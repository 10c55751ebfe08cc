#include "identity/own_export.hpp"

#include <array>

#include "base/problem.hpp"
#include "identity/resident.hpp"

namespace doorstep::identity {

namespace {

struct MergedRow : PersonRow {
  Instant merged_at;
};
BOOST_DESCRIBE_STRUCT(MergedRow, (PersonRow), (merged_at))

// Three statements.
std::vector<MergedRecord> merged_into(Snapshot& snapshot, PersonId root) {
  std::vector<PersonRow> rows;
  std::vector<Instant> merged_at;
  for (const auto& row :
       snapshot.all<MergedRow>("select p.id, p.version, p.created_at, p.erased_at, m.merged_at from persons p"
                               " join person_merges m on m.from_person = p.id and m.undone_at is null"
                               " where p.merged_into = :root order by p.id",
                               {{"root", root}})) {
    rows.push_back(row);
    merged_at.push_back(row.merged_at);
  }
  std::vector<MergedRecord> records;
  const auto facts = in_full_each(snapshot, rows);
  std::vector<PersonId> people;
  for (const auto& row : rows) people.push_back(row.id);
  const auto memberships = memberships_of(snapshot, people);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    records.push_back(
        {.facts = facts[i], .membership = {}, .recorded_at = rows[i].created_at, .merged_at = merged_at[i]});
    if (const auto own = memberships.find(rows[i].id); own != memberships.end())
      records.back().membership = own->second;
  }
  return records;
}

// What is more than `most` goes, and is said to have gone.
template <class Item>
bool cut_to(std::vector<Item>& items, int most) {
  if (std::ssize(items) <= most) return false;
  items.resize(static_cast<std::size_t>(most));
  return true;
}

}  // namespace

PersonExport export_self(Transaction& tx, const Caller& caller, const ExportSelf& wish) {
  const auto row = require_own(tx, caller, wish.person);
  const auto& resident = require_resident(caller);
  require_fresh(resident, caller.at);
  audit_look_at(tx, caller, "export_self", std::array{row.id}, by_themselves);
  PersonExport all{.made_at = caller.at,
                   .facts = in_full(tx, row),
                   .membership = membership_shown(tx, row.id),
                   .recorded_at = row.created_at,
                   .merged = merged_into(tx, row.id),
                   .mandates = newest_mandates(tx, resident, row.id, mandates_exported + 1),
                   .looks = newest_looks(tx, resident, row.id, looks_exported + 1)};
  all.mandates_left_out = cut_to(all.mandates, mandates_exported);
  all.looks_left_out = cut_to(all.looks, looks_exported);
  return all;
}

}  // namespace doorstep::identity
