// A case's row, what may be done with it by whom, and the one way from a step to the next. For the files of
// this room.
#pragma once

#include "cases/case.hpp"
#include "cases/history.hpp"
#include "network/standing_in.hpp"

namespace doorstep::cases {

inline constexpr std::initializer_list<Role> at_cases = {Role::window_officer, Role::centre_manager};

struct StoredCase {
  CaseId id;
  std::int64_t version = 0;
  std::string reference, definition;
  VenueId venue;
  Phase phase{};
  std::string step;
  StaffId first_contact;
  std::optional<StaffId> handler;
  Instant opened_at;
  std::optional<Day> promised_by;
  bool provisional = false;
  std::optional<std::string> note;  // from before notes were sealed
  std::optional<storage::Bytes> sealed_note;
  bool has_applicant = false;
  std::optional<storage::Bytes> sealed_answers;
  std::optional<std::string> acting_unit;           // in a step where one acts
  std::optional<OrganisationId> waits_for;          // where that is one of the town's
  std::map<StaffId, network::Acts> stand_ins = {};  // today, of its people; no column
};
BOOST_DESCRIBE_STRUCT(StoredCase, (),
                      (id, version, reference, definition, venue, phase, step, first_contact, handler,
                       opened_at, promised_by, provisional, note, sealed_note, has_applicant, sealed_answers,
                       acting_unit, waits_for))

std::optional<StoredCase> find_case(Snapshot& snapshot, CaseId id);
// By what is on the slip. One statement.
std::optional<StoredCase> find_case(Snapshot& snapshot, const std::string& token);

// What was answered, if anything was.
std::optional<Answers> answers_of(const KeyRing& keys, const StoredCase& row);

// With whoever stands in for its people today. Throws Problem no_such_case, not_allowed. Three statements;
// seven where anybody is away.
StoredCase require_case(Snapshot& snapshot, const Caller& caller, CaseId id);

// Whoever handles it: the handler; until somebody has accepted it, the first contact.
StaffId handles(const StoredCase& row);
// Whether they handle it, or act today for whoever does.
bool acts_on(const StoredCase& row, StaffId staff);
// Throws Problem not_your_case for all but the one who handles it, who acts for them, and the venue's
// managers.
void require_handler(const Caller& caller, const StoredCase& row);
// Whoever acts by the token. A member of staff who holds a slip is the applicant there, not the officer.
Caller as_holder(Caller caller);
// Throws Problem case_over.
void require_running(const StoredCase& row);

StepView step_view(const MatterDefinition& matter, std::string_view key);

// One of the steps that may follow; throws Problem step_not_allowed.
const StepDefinition& require_next(const MatterDefinition& matter, const StoredCase& row,
                                   const std::string& to);

// The one way of a case from a step to another: its phase, its unit, its end, its history, its deadlines, an
// offer that ends with it, and who hears of it. The version goes up by one. Throws Problem unit_not_named;
// papers_to_follow and child_running where it would be done.
void enter_step(Transaction& tx, const Caller& caller, const StoredCase& row, const StepDefinition& to,
                const NewEntry& entry);

// It changed and stays at its step: the version goes up by one, and whoever follows it hears of it.
void change_in_place(Transaction& tx, const StoredCase& row);

// The same of many at once, each with its entry in the history; at most `entries_at_once`. Two statements.
struct CaseInPlace {
  CaseId id;
  std::int64_t version = 0;
  std::string reference;
  VenueId venue;
  std::string step;
};
void change_in_place(Transaction& tx, const Caller& caller, const std::vector<CaseInPlace>& rows,
                     HistoryKind kind);

// That something changed about it: to the one who waits and to the officers.
void tell_changed(Transaction& tx, const StoredCase& row);

}  // namespace doorstep::cases
