// Wrong passwords and codes, counted by the keyed hash of the name that was given; from the fifth on the name
// waits.
#pragma once

#include <string>

#include "api/outcome.hpp"
#include "journal/transaction.hpp"

namespace doorstep::identity {

struct Tries {
  std::string name_key;
  int failed = 0;
};

// `purpose` keeps what is tried apart: "username", "phone". Throws Problem too_many_attempts while the name
// waits. One statement.
Tries require_patience(Transaction& tx, std::string_view purpose, const std::string& name, Instant at);
// Counts one more; from the fifth on the name waits, each time twice as long. One statement.
Refused wrong_try(Transaction& tx, const Tries& before, Instant at,
                  std::string_view refusal = "wrong_credentials");
// The right password was given. One statement, or none.
void forget_tries(Transaction& tx, const Tries& before);

}  // namespace doorstep::identity
