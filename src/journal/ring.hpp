// The town's key ring (base/key_ring.hpp) where it is kept: in the database, sealed under the town's key.
//
// Changing the town's key seals the ring anew and puts a fresh sealing key on it. That one is given notice
// before it is used, so that every process of the town has read it by then: until then nothing is sealed that
// one of them could not open.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/key_ring.hpp"
#include "base/town_key.hpp"
#include "journal/transaction.hpp"
#include "storage/store.hpp"

namespace doorstep::ring {

inline constexpr Microseconds notice = std::chrono::minutes{10};
// How often a process looks whether the ring has changed.
inline constexpr Microseconds looked_at_every = std::chrono::minutes{1};
static_assert(notice >= 5 * looked_at_every);

// The ring, opened by whichever of the keys fits; made under the first of them where there is none. Before
// the journal is. Throws SealError.
KeyRing open(storage::Store& store, std::span<const TownKey> keys, Entropy& entropy, Instant at);
// The same for those who only look: makes nothing, and knows a schema from before there were rings.
KeyRing open_as_it_is(storage::Store& store, std::span<const TownKey> keys, Instant at);

// Takes up what another process has put on the ring; the town's key is only asked for when there is
// something. Within a command it goes by the town's own instant, so that no process falls back to an older
// key. One statement.
using KeysOfTown = std::function<std::vector<TownKey>()>;
void refresh(Snapshot& snapshot, const KeysOfTown& keys, KeyRing& ring, Instant at);

// Seals the ring under `next` and puts a fresh sealing key on it; `keys` has the one that opens it now.
void rotate(Transaction& tx, std::span<const TownKey> keys, const TownKey& next, Entropy& entropy,
            Instant at);

// The id of the town's key that the ring is sealed under. One statement.
std::string lock_of(storage::Sql& sql);

}  // namespace doorstep::ring
