// Personal data at rest. Sealed<T> is what a table holds: ciphertext that is bound to its table, column and
// row, and that no JSON, log or page can show by mistake, because nothing writes it. Only open() gives the
// value back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/key_ring.hpp"
#include "base/sealing_key.hpp"

namespace doorstep {

// Where a sealed value stands. One that was copied to another row or column does not open there.
struct SealContext {
  std::string_view table;
  std::string_view column;
  std::int64_t row = 0;
};

// Suite, key id, nonce, ciphertext and tag, as stored. `T` is text, or anything that JSON has a form for.
template <class T>
class Sealed {
 public:
  Sealed() = default;  // nothing sealed yet; does not open
  explicit Sealed(std::string stored) : bytes_(std::move(stored)) {}

  const std::string& bytes() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }
  bool operator==(const Sealed&) const = delete;  // sealed twice, the same value differs

 private:
  std::string bytes_;
};

template <class T>
inline constexpr bool is_sealed = false;
template <class T>
inline constexpr bool is_sealed<Sealed<T>> = true;

std::string bound_text(const SealContext& context);

// `key` is a KeyRing or a SealingKey. The nonce is random: give a seeded entropy only to a key that seals
// nothing real.
template <class Key, class T>
Sealed<T> seal(const Key& key, const T& value, const SealContext& context,
               Entropy& entropy = system_entropy()) {
  if constexpr (std::is_same_v<T, std::string>) {
    return Sealed<T>{key.seal(value, bound_text(context), entropy)};
  } else {
    auto plain = write_json(value);
    Sealed<T> sealed{key.seal(plain, bound_text(context), entropy)};
    wipe(plain);
    return sealed;
  }
}

// Throws SealError when the value was changed, moved from its place, or sealed with another key.
template <class Key, class T>
T open(const Key& key, const Sealed<T>& sealed, const SealContext& context) {
  auto plain = key.open(sealed.bytes(), bound_text(context));
  if constexpr (std::is_same_v<T, std::string>) {
    return plain;
  } else {
    auto value = read_json<T>(plain);
    wipe(plain);
    return value;
  }
}

}  // namespace doorstep
