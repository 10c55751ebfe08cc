// What staff note about a case on the way: sealed, in the history that staff see, and never shown to the
// resident.
#pragma once

#include "base/limits.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

// Notes are added and never changed, so no version has to be seen: two colleagues may write at once.
struct NoteCase {
  CaseId id;
  std::string note;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(NoteCase, (), (id, note))

CaseView note_case(Transaction& tx, const Caller& caller, const NoteCase& wish);

}  // namespace doorstep::cases
