#include "cases/further.hpp"

#include <fmt/format.h>

#include "base/problem.hpp"
#include "cases/child.hpp"
#include "cases/ending.hpp"
#include "cases/open.hpp"
#include "network/answerer.hpp"

namespace doorstep::cases {

namespace {

struct TakenRow {
  std::string reference;
};
BOOST_DESCRIBE_STRUCT(TakenRow, (), (reference))

void require_not_taken(Snapshot& snapshot, CaseId id) {
  const auto taken = snapshot.maybe<TakenRow>(
      "select reference from cases where parent = :id and matter = :matter order by id limit 1",
      {{"id", id}, {"matter", further_matter}});
  if (taken) throw Problem{"taken_further_already", {taken->reference}};
}

// What the manager reads first.
std::string note_about(Snapshot& snapshot, const StoredCase& row, const MatterDefinition& matter) {
  const auto refusal = refusal_of(snapshot, row, matter);
  return fmt::format("{}（{}）没有办成：{}", matter.name.zh, row.reference,
                     refusal ? refusal->reason.zh : std::string{"没有说原因"});
}

Opened take(Transaction& tx, const Caller& caller, const StoredCase& row) {
  if (row.phase != Phase::refused) throw Problem{"not_refused"};
  const auto matter = matter_by_hash(tx, row.definition);
  if (matter.key == further_matter) throw Problem{"further_ends_here"};
  require_not_taken(tx, row.id);
  auto opened = put_case(tx, caller, current_matter(tx, std::string{further_matter}),
                         {.venue = row.venue,
                          .first_contact = network::who_manages(tx, row.venue, caller.at),
                          .applicant = applicant_of(tx, row.id),
                          .note = note_about(tx, row, matter)});
  tx.run("update cases set parent = :parent where id = :id", {{"parent", row.id}, {"id", opened.id}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::taken_further, .step = row.step}, caller);
  change_in_place(tx, row);
  return opened;
}

}  // namespace

CaseView take_further(Transaction& tx, const Caller& caller, const TakeFurther& wish) {
  const auto opened = take(tx, caller, require_case(tx, caller, wish.id));
  return read_case(tx, caller, {opened.id});
}

CaseSlip take_own_further(Transaction& tx, const Caller& caller, const TakeOwnFurther& wish) {
  const auto row = find_case(tx, wish.token);
  if (!row) throw Problem{"no_such_case"};
  return slip_of(tx, take(tx, as_holder(caller), *row));
}

void add_further_routes(api::Api& api) {
  api.write<TakeFurther, CaseView>(
      "POST", "/api/desk/cases/{id}/further", take_further,
      {.who = api::Who::staff(at_cases),
       .summary = "Take a refused case to the desk for what could not be done, for somebody at the window",
       .problems = {"no_such_case", "not_refused", "taken_further_already", "further_ends_here",
                    "nobody_answers", "no_such_matter"},
       .queries = 47,
       .success = 201});
  api.write<TakeOwnFurther, CaseSlip>(
      "POST", "/api/cases/{token}/further", take_own_further,
      {.who = api::anyone,
       .summary = "Take a refused case to the desk for what could not be done, by whoever holds the token",
       .problems = {"no_such_case", "not_refused", "taken_further_already", "further_ends_here",
                    "nobody_answers", "no_such_matter"},
       .queries = 20,
       .success = 201});
}

}  // namespace doorstep::cases
