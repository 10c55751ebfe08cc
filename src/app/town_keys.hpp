// Where a town's key lies: DOORSTEP_TOWN_KEY, or the file town.key in the data folder; and how it is changed
// for another.
//
//   doorstep key rotate   writes town.key.next, seals the ring under it, and then gives it the name town.key;
//   the old one stays beside
//                         it under a name of its own, for the back-ups that were made under it. Stopped
//                         anywhere on that way, the next start (or the same command) goes on. With the key in
//                         the environment, DOORSTEP_TOWN_KEY_NEXT holds the next one, and naming is the
//                         operator's.
#pragma once

#include <string>
#include <vector>

#include "app/config.hpp"
#include "base/key_ring.hpp"
#include "base/town_key.hpp"
#include "journal/journal.hpp"
#include "storage/store.hpp"

namespace doorstep::app {

inline constexpr const char* key_variable = "DOORSTEP_TOWN_KEY";
inline constexpr const char* next_key_variable = "DOORSTEP_TOWN_KEY_NEXT";

bool has_key(const Config& config);
std::string missing_key(const Config& config);  // what to tell the operator

// The key of now, and the next one where a change is under way. None is made.
std::vector<TownKey> present_keys(const Config& config);

// The town's ring. Its key is made only while nothing has been recorded in the town yet, whose schema is up
// to date.
KeyRing open_ring(const Config& config, storage::Store& store, const Clock& clock);
KeyRing open_ring_as_it_is(const Config& config, storage::Store& store, const Clock& clock);

// Changes the key, or finishes a change that was stopped; says what was done, for the operator. Throws
// SealError.
std::string rotate_key(const Config& config, Journal& journal);
// The same for a town that is not open yet: opening it may finish a change, which must not be followed by a
// second one.
bool change_is_under_way(const Config& config);

}  // namespace doorstep::app
