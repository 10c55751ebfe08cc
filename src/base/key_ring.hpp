// The keys that a town works with. They lie in its database, sealed under the key that lies outside of it
// (base/town_key.hpp), so that the outer one can be changed without touching all that was ever sealed.
//
//   the hash key      finds sealed values again and makes the tokens on paper slips: it stays for the town's
//   life. the sealing keys  one is active and seals; the older ones still open what they sealed.
//
// Copies share their keys. Any thread may use a ring, also while another adds a key to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/sealing_key.hpp"

namespace doorstep {

class KeyRing {
 public:
  KeyRing(Secret hash_key, SealingKey first, std::int64_t since = 0);
  static KeyRing random(Entropy& entropy);

  // A key of its own for each purpose (HKDF), so that one says nothing of another.
  Secret derive(std::string_view purpose) const;
  // The same text gives the same hash under this ring and purpose: for exact search over sealed columns, and
  // for tokens. Normalize the text first. 43 characters of base64url. Purposes are few and fixed.
  std::string keyed_hash(std::string_view purpose, std::string_view text) const;

  std::string seal(std::string_view plain, std::string_view bound, Entropy& entropy) const;
  std::string open(std::string_view stored, std::string_view bound) const;

  // Rows with smaller ids may be from before the town had a ring.
  std::int64_t since() const;

  std::string active() const;  // the id of the key that seals
  bool has(std::string_view id) const;
  void add(SealingKey key);  // opens only, until it is activated
  void activate(const std::string& id);

 private:
  struct Keys;
  std::shared_ptr<Keys> keys_;
};

}  // namespace doorstep
