// All that identity holds of a person, for themselves to take along.
#pragma once

#include <vector>

#include "identity/mandates.hpp"
#include "identity/own_people.hpp"

namespace doorstep::identity {

struct ExportSelf {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ExportSelf, (), (person))

// A record of the same person that was merged into theirs.
struct MergedRecord {
  PersonFacts facts;  // its own
  std::optional<Membership> membership;
  Instant recorded_at;
  Instant merged_at;
};
BOOST_DESCRIBE_STRUCT(MergedRecord, (), (facts, membership, recorded_at, merged_at))

struct PersonExport {
  Instant made_at;
  PersonFacts facts;  // as they are shown
  std::optional<Membership> membership;
  Instant recorded_at;
  std::vector<MergedRecord> merged;
  std::vector<MandateView> mandates;  // of both sides, the newest first; the other one masked
  bool mandates_left_out = false;     // there are more than these
  std::vector<LookView> looks;        // the newest first
  bool looks_left_out = false;        // there are more than these
};
BOOST_DESCRIBE_STRUCT(PersonExport, (),
                      (made_at, facts, membership, recorded_at, merged, mandates, mandates_left_out, looks,
                       looks_left_out))

inline constexpr int looks_exported = 500;
inline constexpr int mandates_exported = 100;

PersonExport export_self(Transaction& tx, const Caller& caller, const ExportSelf& wish);

}  // namespace doorstep::identity
