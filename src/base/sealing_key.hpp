// One key, and values sealed under it: AES-256-GCM with a random nonce. What is stored names the cipher and
// the key, so that a second cipher, or a newer key, can join what is there.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/crypto.hpp"

namespace doorstep {

// A key that cannot be used, or a value that cannot be opened. Its text is for operators.
class SealError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class SealingKey {
 public:
  static constexpr std::size_t bytes = 32;
  static constexpr std::size_t id_bytes = 8;

  // 32 bytes; its name is derived from them and tells nothing of them.
  explicit SealingKey(const Secret& key);
  // With a name that it had before.
  SealingKey(Secret key, std::string id);
  static SealingKey random(Entropy& entropy);

  const std::string& id() const { return id_; }  // 16 hexadecimal digits
  const Secret& secret() const { return key_; }

  // `bound` is authenticated with the value: it opens only where it was sealed for. The nonce is random: give
  // a seeded entropy only to a key that seals nothing real.
  std::string seal(std::string_view plain, std::string_view bound, Entropy& entropy) const;
  // Throws SealError when the value was changed, moved from its place, or sealed with another key.
  std::string open(std::string_view stored, std::string_view bound) const;

 private:
  Secret key_;
  std::string id_;
};

// The name of the key that this was sealed under. Throws SealError when it was never sealed.
std::string sealing_key_of(std::string_view stored);

}  // namespace doorstep
