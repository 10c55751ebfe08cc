// A case's history: every step of it, in plain words to the
// resident, in full to staff. And how the applicant is sealed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/cases.hpp"
#include "cases/deadline_view.hpp"
#include "storage/value.hpp"

namespace doorstep::cases {

// `overdue` is whatever happens to a deadline; which one and what stands beside it.
enum class HistoryKind {
  opened,
  accepted,
  advanced,
  overdue,
  offered,
  handed_over,
  declined,
  offer_withdrawn,
  material_received,
  material_taken_back,
  told_missing,
  told_again,
  all_came,
  withdrawn,
  reopened,
  unit_named,
  let_follow,
  follow_declined,
  follow_passed,
  declared,
  noted,
  child_opened,
  result_way_chosen,
  result_handed_out,
  attachment_added,
  attachment_removed,
  came,
  trip_taken_back,
  taken_further,
  system_handed_over,
  system_sent,
  system_registered,
  system_returned,
  system_confirmed,
  system_settled,
  system_answer_taken_back,
  definition_moved
};
BOOST_DESCRIBE_ENUM(HistoryKind, opened, accepted, advanced, overdue, offered, handed_over, declined,
                    offer_withdrawn, material_received, material_taken_back, told_missing, told_again,
                    all_came, withdrawn, reopened, unit_named, let_follow, follow_declined, follow_passed,
                    declared, noted, child_opened, result_way_chosen, result_handed_out, attachment_added,
                    attachment_removed, came, trip_taken_back, taken_further, system_handed_over, system_sent,
                    system_registered, system_returned, system_confirmed, system_settled,
                    system_answer_taken_back, definition_moved)

enum class DeadlineNews { reminded, passed, escalated, acknowledged, moved };
BOOST_DESCRIBE_ENUM(DeadlineNews, reminded, passed, escalated, acknowledged, moved)

struct NewEntry {
  CaseId case_id;
  HistoryKind kind{};
  std::optional<std::string> step = {};  // or the unit that was named
  std::optional<std::string> note = {};
  std::optional<std::string> about = {};  // the key of a material
  std::optional<DeadlineKind> deadline = {};
  std::optional<DeadlineNews> news = {};
  std::optional<RecordedFor> recorded_for = {};
};
void add_history(Transaction& tx, const NewEntry& entry, const Caller& caller);
// Of many cases at once, at most so many. One statement.
inline constexpr int entries_at_once = 90;
void add_history(Transaction& tx, const std::vector<NewEntry>& entries, const Caller& caller);

// Whom it is shown to: the resident is not told of what staff note.
enum class Reader { staff, resident };
// In order. One statement.
std::vector<HistoryEntry> history_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter,
                                     Reader reader);

// What an officer noted; `table` and `column` say of what.
storage::Bytes sealed_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                           const std::string& note, std::string_view column = "sealed_note");
std::string open_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                      const storage::Bytes& sealed, std::string_view column = "sealed_note");

storage::Bytes sealed_applicant(const KeyRing& keys, CaseId id, const Applicant& applicant);
Applicant open_applicant(const KeyRing& keys, CaseId id, const storage::Bytes& sealed);
// For what goes on without anybody looking: a message, a case that is opened beside it. One statement.
std::optional<Applicant> applicant_of(Snapshot& snapshot, CaseId id);

}  // namespace doorstep::cases
