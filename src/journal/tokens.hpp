// Tokens that open one row without a sign-in: derived from the
// town's key and the row, so that none is stored.
//
// The table holds a keyed hash to find the row by. Whoever has only the database has no token; whoever loses
// the key loses the links that were given out, as they lose everything sealed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/key_ring.hpp"
#include "base/limits.hpp"

namespace doorstep::tokens {

// 128 bits as 22 characters, the same each time for this row. `purpose` names the table: "ticket".
inline std::string token_for(const KeyRing& keys, std::string_view purpose, std::int64_t row) {
  return keys.keyed_hash("token of " + std::string{purpose}, std::to_string(row)).substr(0, token_chars);
}

// What a row is found by.
inline std::string hash_of(const KeyRing& keys, std::string_view token) {
  return keys.keyed_hash("token", token);
}

}  // namespace doorstep::tokens
