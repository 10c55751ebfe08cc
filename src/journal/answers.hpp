// Idempotency: the answer given to a write is kept for a day under the key that its client chose, so that a
// write whose answer was lost can be sent again, is done once and is answered alike.
//
// A key is scoped to who asks (session or device) and to the route. It stands in the command's own savepoint:
// a command that was rolled back leaves no answer, and may be tried again with the same key.
#pragma once

#include <optional>
#include <string>

#include "journal/transaction.hpp"

namespace doorstep::answers {

inline constexpr Microseconds kept_for = std::chrono::hours{24};

struct Key {
  std::string scope;
  std::string route;  // "POST /halls/{hall}/tickets"
  std::string key;
  std::string body_hash;  // of path, query and body
};

struct Answer {
  int status = 0;
  std::string body;
};

// The answer given before; throws Problem key_reused when the key came with another body. One statement.
std::optional<Answer> find(Snapshot& snapshot, const Key& key, Instant at);
// Keeps the answer of the command that runs now. One statement.
void keep(Transaction& tx, const Key& key, const Answer& answer, Instant at);
// Drops answers that are older than kept_for, at most `limit` of them; returns how many.
std::int64_t forget_old(Transaction& tx, Instant at, int limit);

}  // namespace doorstep::answers
