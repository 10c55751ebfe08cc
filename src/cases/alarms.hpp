// Alarms: a deadline was missed. Those who answer for the case see it, the handler, the first contact, the
// venue's managers, until one of them says what is done now; when nobody has for two working days, those
// above the venue see it, too. It ends by that answer, or because the case went on.
#pragma once

#include "cases/deadline_days.hpp"

namespace doorstep::cases {

struct AlarmTag {
  static constexpr std::string_view prefix = "al";
};
using AlarmId = Id<AlarmTag>;

struct CaseAlarmView {
  AlarmId id;
  CaseId case_id;
  std::string reference;
  MatterName matter;
  DeadlineKind kind{};
  Text step;  // where the case is
  Text who;   // must act there
  Day due;
  Text venue;
  std::string first_contact;
  std::optional<std::string> handler;
  std::int32_t level = 0;  // 2: those above the venue see it, too
  Instant raised_at;
};
BOOST_DESCRIBE_STRUCT(CaseAlarmView, (),
                      (id, case_id, reference, matter, kind, step, who, due, venue, first_contact, handler,
                       level, raised_at))

// Those of a venue: for its managers all, for an officer those of their own cases. Without a venue, those
// that nobody has answered at the venues that the caller manages.
struct ListCaseAlarms {
  std::optional<VenueId> venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListCaseAlarms, (), (venue, cursor, limit))

struct AcknowledgeAlarm {
  AlarmId alarm;
  std::string note;  // what is done now; stands in the case's history

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(AcknowledgeAlarm, (), (alarm, note))

Page<CaseAlarmView> list_case_alarms(Snapshot& snapshot, const Caller& caller, const ListCaseAlarms& wish);
Nothing acknowledge_alarm(Transaction& tx, const Caller& caller, const AcknowledgeAlarm& wish);

// For the files of this room; one statement each, at most.

void raise_alarms(Transaction& tx, const Caller& caller, std::span<const CaseDeadline> missed);
void raise_alarm_further(Transaction& tx, DeadlineId deadline);
void end_alarms_of_what_ended(Transaction& tx, CaseId id, Instant at);

// Who must act at a step: another unit, by its exact name where it was named, or whoever the step says.
Text who_must_act(const MatterDefinition& matter, std::string_view step,
                  const std::optional<std::string>& named);

}  // namespace doorstep::cases
