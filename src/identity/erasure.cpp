#include "identity/erasure.hpp"

#include <array>

#include "base/problem.hpp"
#include "identity/acting.hpp"
#include "identity/phones.hpp"

namespace doorstep::identity {

Erased erase(Transaction& tx, const Caller& caller, const ErasePerson& wish) {
  require_staff(caller);
  if (!caller.has_at_a_venue({Role::centre_manager, Role::administrator})) throw Problem{"not_allowed"};
  const auto row = require_living_record(tx, wish.person);
  require_version(row.version, wish.version);
  require_purpose(wish.purpose);
  audit_look_at(tx, caller, "erase_person", std::array{row.id}, wish.purpose);
  return erase_with_all(tx, caller, row.id);
}

Erased erase_with_all(Transaction& tx, const Caller& caller, PersonId person) {
  end_links(tx, person, caller.at);
  end_mandates_of(tx, caller, person);
  erase_person(tx, person, caller.at);
  return {.erased_at = caller.at,
          .looks_kept =
              tx.value<std::int64_t>("select count(distinct audit) from audit_people where person in"
                                     " (select id from persons where id = :person or merged_into = :person)",
                                     {{"person", person}})};
}

}  // namespace doorstep::identity
