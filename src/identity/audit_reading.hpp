// The audit, as an auditor reads it: who looked at whom, for what, and what was refused. Nobody's facts are
// in it, only the ids of records. Reading it is a look as well, with a purpose: those who were looked at see
// that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

// All of it, or by one of the three.
struct ReadAudit {
  std::optional<PersonId> person;  // looks at them, and at what was merged into them
  std::optional<StaffId> staff;    // looks by them
  std::optional<bool> refused;     // only looks that were not allowed
  std::optional<Instant> before;   // begins with the newest before then
  std::optional<Instant> since;    // and ends with the oldest from then on
  std::string purpose;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) { return FindPeople::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(ReadAudit, (), (person, staff, refused, before, since, purpose, cursor, limit))

struct AuditView {
  Instant at;
  std::optional<StaffName> staff;     // nobody: a resident, about what is held of themselves
  std::string action;                 // "look_at_person"
  std::vector<std::string> subjects;  // ids, mostly of records of people: "pe_27"
  std::string purpose;
  bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(AuditView, (), (at, staff, action, subjects, purpose, allowed))

// The newest first. For auditors and administrators of the whole town.
Outcome<Page<AuditView>> read_audit(Transaction& tx, const Caller& caller, const ReadAudit& wish);

}  // namespace doorstep::identity
