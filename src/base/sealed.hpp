// Personal data at rest. Sealed<T> is what a table holds: ciphertext that is
// bound to its table, column and row, and that no JSON, log or page can show by
// mistake, because nothing writes it. Only open() gives the value back.
//
// The town's key is 32 bytes outside the database: whoever has only a stolen back-up has nothing. Losing the
// key loses the data; it is kept apart from the back-ups, on paper too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/crypto.hpp"
#include "base/json.hpp"

namespace doorstep {

// A key that cannot be used, or a value that cannot be opened. Its text is for operators.
class SealError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class TownKey {
 public:
  static constexpr std::size_t bytes = 32;
  static constexpr std::size_t id_bytes = 8;

  // 32 bytes, or 64 hexadecimal digits (space around them does not matter). Throws SealError.
  static TownKey from_text(std::string_view text);
  static TownKey from_environment(const char* variable);
  // Refuses a file that others may read or the group may write.
  static TownKey load(const std::filesystem::path& file);
  // Writes a new key, readable by its owner only; never over an existing file.
  static TownKey create(const std::filesystem::path& file, Entropy& entropy = system_entropy());
  static TownKey random(Entropy& entropy);

  // 16 hexadecimal digits that name the key and tell nothing of it.
  std::string id() const;

  // A key of its own for each purpose (HKDF), so that one says nothing of another.
  Secret derive(std::string_view purpose) const;

  // The same text gives the same hash under this key and purpose: for exact search over sealed columns, and
  // for tokens. Normalize the text first. 43 characters of base64url.
  std::string keyed_hash(std::string_view purpose, std::string_view text) const;

 private:
  friend std::string seal_bytes(const TownKey&, std::string_view, std::string_view, Entropy&);
  friend std::string open_bytes(const TownKey&, std::string_view, std::string_view);
  explicit TownKey(std::string_view key);

  Secret key_;
  Secret seal_key_;
  std::string id_;
};

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

// The core under seal() and open(). `bound` is authenticated with the value.
std::string seal_bytes(const TownKey& key, std::string_view plain, std::string_view bound, Entropy& entropy);
std::string open_bytes(const TownKey& key, std::string_view stored, std::string_view bound);
std::string bound_text(const SealContext& context);

// The nonce is random: give a seeded entropy only to a key that seals nothing real.
template <class T>
Sealed<T> seal(const TownKey& key, const T& value, const SealContext& context,
               Entropy& entropy = system_entropy()) {
  if constexpr (std::is_same_v<T, std::string>) {
    return Sealed<T>{seal_bytes(key, value, bound_text(context), entropy)};
  } else {
    auto plain = write_json(value);
    Sealed<T> sealed{seal_bytes(key, plain, bound_text(context), entropy)};
    wipe(plain);
    return sealed;
  }
}

// Throws SealError when the value was changed, moved from its place, or sealed with another key.
template <class T>
T open(const TownKey& key, const Sealed<T>& sealed, const SealContext& context) {
  auto plain = open_bytes(key, sealed.bytes(), bound_text(context));
  if constexpr (std::is_same_v<T, std::string>) {
    return plain;
  } else {
    auto value = read_json<T>(plain);
    wipe(plain);
    return value;
  }
}

}  // namespace doorstep
