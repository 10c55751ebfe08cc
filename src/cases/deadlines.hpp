// The days by which something has to have happened in a case: begun, paused, met or missed as it goes from
// step to step, and watched over by one timer a case, which is set at the next thing to be done for any of
// them. None is missed in silence: what passes raises an alarm (alarms.hpp).
#pragma once

#include "cases/deadline_days.hpp"
#include "cases/history.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

// What lists show of the promise; nothing while it stands still.
struct Promise {
  std::optional<Day> by;
  bool provisional = false;  // it reaches into a year whose holidays are not known yet
};

// An instant at the town with the calendar from this year on. Two statements, one where the zone is known.
Reckoning reckon(Snapshot& snapshot, Instant at);
Reckoning reckon(Snapshot& snapshot, Zone zone, Instant at);

// What a case of this matter begins with, or begins anew with when it is taken up again. No statement.
std::vector<CaseDeadline> first_deadlines(Transaction& tx, CaseId id, VenueId venue,
                                          const MatterDefinition& matter, const StepDefinition& first,
                                          const Reckoning& now);
Promise promise_among(std::span<const CaseDeadline> deadlines);

// What goes on when a case enters a step; gives the promise as it is then. One statement where it has nothing
// to do with deadlines, seven at most.
Promise follow_step(Transaction& tx, const Caller& caller, const StoredCase& row, const StepDefinition& to);

// Those that are of account. One statement.
std::vector<CaseDeadline> open_deadlines(Snapshot& snapshot, CaseId id);
// Writes those of a case that are new or not as they were `before`, and moves its timer. Two statements at
// most.
void keep_deadlines(Transaction& tx, const Zone& zone, std::span<const CaseDeadline> before,
                    std::span<const CaseDeadline> deadlines);
// Its timer alone. One statement.
void set_watch(Transaction& tx, const Zone& zone, CaseId id, const std::optional<Day>& next);

// As staff see them. Three statements where there are any, one where there are none.
std::vector<DeadlineView> deadlines_of(Snapshot& snapshot, const Caller& caller, CaseId id,
                                       const MatterDefinition& matter);
// In words for the one who asked. One statement.
std::vector<DeadlineWords> deadlines_in_words(Snapshot& snapshot, CaseId id);

// What the history says of one.
Text words_for(DeadlineKind kind, DeadlineNews news);

// Something is to be done: in the morning, when there is somebody to do it and no message wakes anybody.
inline constexpr std::string_view deadline_timer = "case_deadlines";
inline constexpr LocalTime morning{8 * 60};
void watch_deadlines(Transaction& tx, const Caller& caller, const std::string& key,
                     const std::string& body_json);

}  // namespace doorstep::cases
