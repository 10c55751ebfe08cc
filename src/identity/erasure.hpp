// Erasing a person: their key is destroyed, and with it all that was sealed under it; so for every record
// that was merged into theirs. What stays carries no more than their id: who looked, and what was done with
// them, which the law wants to be kept (Personal Information Protection Law 个人信息保护法, art. 47: what
// must be kept is stored and not used).
#pragma once

#include "api/outcome.hpp"
#include "identity/person.hpp"

namespace doorstep::identity {

// The person asked for it at a window.
struct ErasePerson {
  PersonId person;
  std::int64_t version = 0;
  std::string purpose;

  static constexpr Bounds bounds(std::string_view) { return {.length_max = purpose_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(ErasePerson, (), (person, version, purpose))

// Throws Problem no_such_person, purpose_missing, person_erased, not_allowed.
Erased erase(Transaction& tx, const Caller& caller, const ErasePerson& wish);

// With all that was merged into their record, and the phones that were theirs; an account that is nobody's
// any more ends. Seven statements.
Erased erase_with_all(Transaction& tx, const Caller& caller, PersonId person);

}  // namespace doorstep::identity
