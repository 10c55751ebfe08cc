// Units that act in some steps of a case: a branch, a committee, an office outside.
//
// Each unit of the matter is named in the case: as an organisation of the town, or by the exact name of one
// outside. A step where one acts is not entered before. In it the organisation's branch secretary or
// committee officer takes the case on; or whoever handles it does, and says who at the unit said so, when,
// and how that is known. The two people of the case stay the same.
#pragma once

#include "base/limits.hpp"
#include "cases/case.hpp"

namespace doorstep::cases {

struct NameUnit {
  CaseId id;
  std::int64_t version = 0;
  std::string unit;
  std::optional<OrganisationId> organisation;  // one of the two
  std::optional<std::string> name;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(NameUnit, (), (id, version, unit, organisation, name))

// The cases in a step where an organisation acts for which the caller does.
struct ListUnitCases {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListUnitCases, (), (cursor, limit))

// A case as the unit sees it: nothing of the applicant, and none of the notes.
struct UnitCaseRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference;
  MatterName matter;
  StepView step;
  std::vector<StepView> next_steps;
  CaseUnit unit;
  std::string first_contact;
  std::optional<std::string> handler;
  Text venue;
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(UnitCaseRow, (),
                      (id, version, reference, matter, step, next_steps, unit, first_contact, handler, venue,
                       opened_at, promised_by))

struct AdvanceUnitCase {
  CaseId id;
  std::int64_t version = 0;
  std::string to;
  std::optional<std::string> note;
  std::optional<RefusalWish> refusal = {};  // where the step refuses it, and only there
};
BOOST_DESCRIBE_STRUCT(AdvanceUnitCase, (), (id, version, to, note, refusal))

CaseView name_unit(Transaction& tx, const Caller& caller, const NameUnit& wish);
Page<UnitCaseRow> list_unit_cases(Snapshot& snapshot, const Caller& caller, const ListUnitCases& wish);
Nothing advance_unit_case(Transaction& tx, const Caller& caller, const AdvanceUnitCase& wish);

// For the other files of this room.

// The units of a case's matter, each with who it is. One statement.
std::vector<CaseUnit> units_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter);
// The one that is waited for, of those.
std::optional<CaseUnit> waited_for(const std::vector<CaseUnit>& units,
                                   const std::optional<std::string>& acting);

struct ActingUnit {
  std::string key;
  std::optional<OrganisationId> organisation;  // none: one outside
};
// Who acts in a step; nobody where no unit does. Throws Problem unit_not_named. One statement where one does.
std::optional<ActingUnit> require_unit(Snapshot& snapshot, CaseId id, const StepDefinition& step);

}  // namespace doorstep::cases
