#include "base/key_ring.hpp"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "base/ensure.hpp"

namespace doorstep {

struct KeyRing::Keys {
  Secret hash_key;
  std::int64_t since = 0;
  mutable std::shared_mutex mutex;
  std::map<std::string, SealingKey, std::less<>> sealing;
  std::string active;
  // Deriving costs more than the hash itself.
  std::map<std::string, Secret, std::less<>> hash_keys;
};

KeyRing::KeyRing(Secret hash_key, SealingKey first, std::int64_t since) : keys_(std::make_shared<Keys>()) {
  keys_->since = since;
  ensure(hash_key.reveal().size() == SealingKey::bytes, "a hash key has its length");
  keys_->hash_key = std::move(hash_key);
  keys_->active = first.id();
  keys_->sealing.emplace(first.id(), std::move(first));
}

KeyRing KeyRing::random(Entropy& entropy) {
  auto hash_key = Secret(random_bytes(entropy, SealingKey::bytes));
  return {std::move(hash_key), SealingKey::random(entropy)};
}

Secret KeyRing::derive(std::string_view purpose) const {
  return Secret(hkdf_sha256(keys_->hash_key.reveal(), "doorstep", purpose, SealingKey::bytes));
}

std::string KeyRing::keyed_hash(std::string_view purpose, std::string_view text) const {
  const auto hash_with = [&](const Secret& key) { return to_base64url(hmac_sha256(key.reveal(), text)); };
  {
    const std::shared_lock lock{keys_->mutex};
    if (const auto known = keys_->hash_keys.find(purpose); known != keys_->hash_keys.end())
      return hash_with(known->second);
  }
  const auto key = derive("hash " + std::string(purpose));
  const std::unique_lock lock{keys_->mutex};
  keys_->hash_keys.emplace(purpose, key);
  return hash_with(key);
}

std::string KeyRing::seal(std::string_view plain, std::string_view bound, Entropy& entropy) const {
  const std::shared_lock lock{keys_->mutex};
  return keys_->sealing.find(keys_->active)->second.seal(plain, bound, entropy);
}

std::string KeyRing::open(std::string_view stored, std::string_view bound) const {
  const auto id = sealing_key_of(stored);
  const std::shared_lock lock{keys_->mutex};
  const auto key = keys_->sealing.find(id);
  if (key == keys_->sealing.end())
    throw SealError("a sealed value was sealed with the key " + id + ", which the town does not have");
  return key->second.open(stored, bound);
}

std::int64_t KeyRing::since() const { return keys_->since; }

std::string KeyRing::active() const {
  const std::shared_lock lock{keys_->mutex};
  return keys_->active;
}

bool KeyRing::has(std::string_view id) const {
  const std::shared_lock lock{keys_->mutex};
  return keys_->sealing.contains(id);
}

void KeyRing::add(SealingKey key) {
  const std::unique_lock lock{keys_->mutex};
  keys_->sealing.emplace(key.id(), std::move(key));
}

void KeyRing::activate(const std::string& id) {
  const std::unique_lock lock{keys_->mutex};
  ensure(keys_->sealing.contains(id), "a key is on the ring before it seals");
  keys_->active = id;
}

}  // namespace doorstep
