#include "journal/ring.hpp"

#include <algorithm>
#include <vector>

#include "journal/bytes.hpp"

namespace doorstep::ring {

namespace {

constexpr std::string_view hash_id = "hash";
constexpr std::string_view since_id = "since";  // no key: a number that nobody but the town's key can change

struct HeadRow {
  Instant at;
  std::int64_t next_id = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (at, next_id))

struct KeyRow {
  std::string id;
  storage::Bytes sealed;
  Instant active_from;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, sealed, active_from))

constexpr std::string_view all_keys =
    "select id, sealed, active_from from ring_keys order by active_from, id";

std::string bound(std::string_view id) { return "ring_keys/" + std::string{id}; }

const TownKey& key_for(std::string_view sealed, std::span<const TownKey> keys) {
  const auto lock = sealing_key_of(sealed);
  const auto fitting = std::ranges::find(keys, lock, &TownKey::id);
  if (fitting != keys.end()) return *fitting;
  std::string there;
  for (const auto& key : keys) there += (there.empty() ? "" : ", ") + key.id();
  throw SealError("the town's data is sealed under the key " + lock + ", and here is " + there +
                  ". Put the right key back");
}

Secret opened(const KeyRow& row, std::span<const TownKey> keys) {
  const auto sealed = as_text(row.sealed);
  return Secret{key_for(sealed, keys).lock().open(sealed, bound(row.id))};
}

void put(storage::Sql& sql, std::string_view id, const Secret& key, const TownKey& lock, Instant active_from,
         Entropy& entropy) {
  const auto sealed = lock.lock().seal(key.reveal(), bound(id), entropy);
  sql.run(
      "insert into ring_keys (id, sealed, active_from) values (:id, :sealed, :active_from)"
      " on conflict (id) do update set sealed = excluded.sealed",
      {{"id", id}, {"sealed", as_column(sealed)}, {"active_from", active_from}});
}

bool seals(const KeyRow& row) { return row.id != hash_id && row.id != since_id; }

// The newest of the sealing keys whose time has come.
const KeyRow* active_of(const std::vector<KeyRow>& rows, Instant at) {
  const KeyRow* active = nullptr;
  for (const auto& row : rows) {
    if (seals(row) && (active == nullptr || row.active_from <= at)) active = &row;
  }
  return active;
}

KeyRing ring_of_before(const TownKey& key) { return {key.hash_key_of_before(), key.sealing_key_of_before()}; }

KeyRing ring_of(const std::vector<KeyRow>& rows, std::span<const TownKey> keys, Instant at) {
  const auto named = [&](std::string_view id) { return std::ranges::find(rows, id, &KeyRow::id); };
  const auto hash = named(hash_id);
  const auto since = named(since_id);
  const auto* active = active_of(rows, at);
  if (hash == rows.end() || since == rows.end() || active == nullptr)
    throw SealError("the town's key ring is not whole");
  KeyRing ring{opened(*hash, keys), SealingKey{opened(*active, keys), active->id},
               std::stoll(std::string{opened(*since, keys).reveal()})};
  for (const auto& row : rows) {
    if (seals(row)) ring.add({opened(row, keys), row.id});
  }
  return ring;
}

struct SealedRow {
  storage::Bytes body;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (body))

// A town from before there were rings opens with the key that it was sealed with, or not at all: with another
// one its data would be lost unnoticed.
void require_key_of_before(storage::Sql& sql, const TownKey& key) {
  for (const auto* statement :
       {"select body from answers limit 1", "select body from outbox where state = 'waiting' limit 1"}) {
    const auto row = sql.maybe<SealedRow>(statement);
    if (row && sealing_key_of(as_text(row->body)) != key.id()) {
      throw SealError("the town's data is sealed under the key " + sealing_key_of(as_text(row->body)) +
                      ", and here is " + key.id() + ". Put the right key back");
    }
  }
}

// Under the writer's lock, for another process may be opening the town as well.
void make(storage::Sql& sql, const TownKey& key, Entropy& entropy) {
  if (sql.value<std::int64_t>("select count(*) from ring_keys") > 0) return;
  const auto head = sql.one<HeadRow>("select at, next_id from journal_head where one = 1");
  const bool in_use = head.at != Instant{};
  if (in_use) require_key_of_before(sql, key);
  const auto hash_key = in_use ? key.hash_key_of_before() : Secret{random_bytes(entropy, SealingKey::bytes)};
  const auto sealing_key = in_use ? key.sealing_key_of_before() : SealingKey::random(entropy);
  put(sql, hash_id, hash_key, key, Instant{}, entropy);
  put(sql, since_id, Secret{std::to_string(in_use ? head.next_id : 0)}, key, Instant{}, entropy);
  put(sql, sealing_key.id(), sealing_key.secret(), key, Instant{}, entropy);
}

}  // namespace

KeyRing open(storage::Store& store, std::span<const TownKey> keys, Entropy& entropy, Instant at) {
  store.write_now([&](storage::Sql& sql) { make(sql, keys.front(), entropy); });
  std::vector<KeyRow> rows;
  store.read_now([&](storage::Sql& sql) { rows = sql.all<KeyRow>(all_keys); });
  return ring_of(rows, keys, at);
}

KeyRing open_as_it_is(storage::Store& store, std::span<const TownKey> keys, Instant at) {
  std::vector<KeyRow> rows;
  store.read_now([&](storage::Sql& sql) {
    const auto there = sql.value<std::int64_t>(
        "select count(*) from schema_migrations where room = 'journal' and name = '0002_ring'");
    if (there > 0) rows = sql.all<KeyRow>(all_keys);
  });
  return rows.empty() ? ring_of_before(keys.front()) : ring_of(rows, keys, at);
}

void refresh(Snapshot& snapshot, const KeysOfTown& keys, KeyRing& ring, Instant at) {
  const auto rows = snapshot.all<KeyRow>(all_keys);
  std::vector<TownKey> of_town;
  for (const auto& row : rows) {
    if (!seals(row) || ring.has(row.id)) continue;
    if (of_town.empty()) of_town = keys();
    ring.add({opened(row, of_town), row.id});
  }
  if (const auto* active = active_of(rows, at); active != nullptr) ring.activate(active->id);
}

void rotate(Transaction& tx, std::span<const TownKey> keys, const TownKey& next, Entropy& entropy,
            Instant at) {
  for (const auto& row : tx.all<KeyRow>(all_keys)) {
    put(tx.sql(), row.id, opened(row, keys), next, row.active_from, entropy);
  }
  const auto fresh = SealingKey::random(entropy);
  put(tx.sql(), fresh.id(), fresh.secret(), next, at + notice, entropy);
}

std::string lock_of(storage::Sql& sql) {
  const auto row = sql.one<KeyRow>("select id, sealed, active_from from ring_keys where id = 'hash'");
  return sealing_key_of(as_text(row.sealed));
}

}  // namespace doorstep::ring
