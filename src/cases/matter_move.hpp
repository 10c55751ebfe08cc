// A matter has changed, and its cases under way go on by the new definition: those for which that is safe.
//
// A case keeps the definition that it began with until an engineer moves it. It stays where the new one does
// not have its step as it is, a paper that was handed in, told or promised, a unit that was named, or the
// other system that it was given to: then somebody has to finish it by the old one, or change the new one.
// Deadlines stay as they were said.
#pragma once

#include "cases/history.hpp"

namespace doorstep::cases {

enum class StaysFor { step, paper, unit, system };
BOOST_DESCRIBE_ENUM(StaysFor, step, paper, unit, system)

struct StayingCase {
  std::string reference;
  StaysFor why{};
  std::string key;  // of the step, the paper, the unit or the system that the current definition lacks, or
                    // has otherwise
};

struct MoveCases {
  std::string matter;
  CaseId after = {};     // of the ones before
  bool dry_run = false;  // nothing is written
};

struct MovedCases {
  std::int64_t moved = 0;
  std::vector<StayingCase> staying;
  std::optional<CaseId> last;  // where there may be more after it
};

inline constexpr int moved_at_once = entries_at_once;

// So many of them; again with `after` until there is no `last`. Throws Problem no_such_matter.
MovedCases move_cases(Transaction& tx, const Caller& caller, const MoveCases& wish);

}  // namespace doorstep::cases
