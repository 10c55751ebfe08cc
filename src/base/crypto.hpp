// Randomness, tokens, digests and passwords. Bytes travel as std::string; what is text says so.
//
// Nothing here is our own invention: libsodium makes the random bytes, the digests and Argon2id.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace doorstep {

// Where random bytes come from. The simulation gives a seeded one, so that a day can be lived again.
class Entropy {
 public:
  Entropy() = default;
  Entropy(const Entropy&) = delete;
  Entropy& operator=(const Entropy&) = delete;
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The operating system's; may be called from any thread.
Entropy& system_entropy();

// The same seed gives the same bytes. For simulation and tests: whoever knows the seed knows every token.
class SeededEntropy final : public Entropy {
 public:
  explicit SeededEntropy(std::uint64_t seed);
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::array<std::uint8_t, 32> key_{};
  std::uint64_t calls_ = 0;
};

std::string random_bytes(Entropy& entropy, std::size_t count);

// 128 random bits as 22 characters of base64url. Whoever holds
// one may do what it opens: store only its keyed hash.
std::string new_token(Entropy& entropy);
bool is_token(std::string_view text);
// Takes the same time wherever the two differ.
bool same_token(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
// Empty when it is not pairs of hexadecimal digits.
std::string from_hex(std::string_view hex);
// Without padding.
std::string to_base64url(std::string_view bytes);
// Empty when it is not base64url without padding.
std::string from_base64url(std::string_view text);

std::string sha256(std::string_view data);
std::string sha256_hex(std::string_view data);
std::string hmac_sha256(std::string_view key, std::string_view data);
std::string hmac_sha256_hex(std::string_view key, std::string_view data);

// RFC 5869. At most 255 * 32 bytes.
std::string hkdf_sha256(std::string_view key, std::string_view salt, std::string_view info,
                        std::size_t bytes);

// What one guess at a password costs. Argon2id takes all of `memory_bytes` for each check: run it on a pool,
// never in a command, and count how many run at once.
struct PasswordCost {
  std::uint64_t passes;
  std::size_t memory_bytes;
};
inline constexpr PasswordCost password_cost{.passes = 2, .memory_bytes = std::size_t{64} * 1024 * 1024};
// For tests that sign many people in; worth nothing against a thief.
inline constexpr PasswordCost password_cost_for_tests{.passes = 1, .memory_bytes = 8192};

// The hash with its salt and cost, as text to be stored.
std::string hash_password(std::string_view password, const PasswordCost& cost = password_cost);
bool verify_password(const std::string& stored, std::string_view password);
// Whether the hash was made at another cost, so that the next sign-in should store a new one.
bool password_hash_outdated(const std::string& stored, const PasswordCost& cost = password_cost);
// Does the work of a check for a user who does not exist, so that time tells nothing; always false.
bool verify_nobody(std::string_view password, const PasswordCost& cost = password_cost);

}  // namespace doorstep
