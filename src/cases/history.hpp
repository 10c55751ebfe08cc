// A case's history: every step of it, in plain words to the
// resident, in full to staff. And how the applicant is sealed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/cases.hpp"
#include "storage/value.hpp"

namespace doorstep::cases {

enum class HistoryKind {
  opened,
  accepted,
  advanced,
  overdue,
  offered,
  handed_over,
  declined,
  offer_withdrawn,
  unit_named
};
BOOST_DESCRIBE_ENUM(HistoryKind, opened, accepted, advanced, overdue, offered, handed_over, declined,
                    offer_withdrawn, unit_named)

struct NewEntry {
  CaseId case_id;
  HistoryKind kind{};
  std::optional<std::string> step = {};  // or the unit that was named
  std::optional<std::string> note = {};
  std::optional<RecordedFor> recorded_for = {};
};
void add_history(Transaction& tx, const NewEntry& entry, const Caller& caller);

// In order. One statement.
std::vector<HistoryEntry> history_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter);

// What an officer noted; `table` says of what: "cases" or "case_history".
storage::Bytes sealed_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                           const std::string& note);
std::string open_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                      const storage::Bytes& sealed);

storage::Bytes sealed_applicant(const KeyRing& keys, CaseId id, const Applicant& applicant);
Applicant open_applicant(const KeyRing& keys, CaseId id, const storage::Bytes& sealed);

}  // namespace doorstep::cases
