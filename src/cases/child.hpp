// Work that runs beside a case, as a case of its own: the same applicant, people of its own. The one it
// belongs to is not done while it runs.
#pragma once

#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct OpenChildCase {
  CaseId id;  // the one it belongs to
  std::int64_t version = 0;
  std::string matter;
};
BOOST_DESCRIBE_STRUCT(OpenChildCase, (), (id, version, matter))

inline constexpr int children_max = 10;

// Opens it with the caller as its first contact; what is shown is the child. Throws Problem no_such_matter,
// child_of_a_child, too_many_children.
CaseView open_child_case(Transaction& tx, const Caller& caller, const OpenChildCase& wish);

// The one it belongs to, and those that belong to it. One statement.
std::vector<RelatedCase> related_to(Snapshot& snapshot, CaseId id);
// Throws Problem child_running. One statement.
void require_no_child_running(Snapshot& snapshot, CaseId id);
// Before it runs again: throws Problem parent_over where the one it belongs to is done. One statement.
void require_parent_not_done(Snapshot& snapshot, CaseId id);

}  // namespace doorstep::cases
