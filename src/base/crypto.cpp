#include "base/crypto.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

#include <sodium.h>

#include "base/ensure.hpp"
#include "base/limits.hpp"

namespace doorstep {
namespace {

static_assert(crypto_pwhash_OPSLIMIT_INTERACTIVE == password_cost.passes);
static_assert(crypto_pwhash_MEMLIMIT_INTERACTIVE == password_cost.memory_bytes);
static_assert(crypto_pwhash_MEMLIMIT_MIN <= password_cost_for_tests.memory_bytes);

// libsodium picks its fastest code and opens the system's randomness once.
void ready() {
  static const bool done = sodium_init() >= 0;
  ensure(done, "libsodium starts");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    ready();
    randombytes_buf(bytes.data(), bytes.size());
  }
};

}  // namespace

Entropy& system_entropy() {
  static SystemEntropy entropy;
  return entropy;
}

SeededEntropy::SeededEntropy(std::uint64_t seed) {
  ready();
  const auto key = sha256("doorstep seed " + std::to_string(seed));
  std::ranges::transform(key, key_.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
}

void SeededEntropy::fill(std::span<std::uint8_t> bytes) {
  std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES> nonce{};
  static_assert(sizeof nonce == sizeof calls_);
  std::memcpy(nonce.data(), &calls_, sizeof calls_);
  ++calls_;
  crypto_stream_chacha20(bytes.data(), bytes.size(), nonce.data(), key_.data());
}

std::string random_bytes(Entropy& entropy, std::size_t count) {
  std::string bytes(count, '\0');
  entropy.fill({bytes_of(bytes), bytes.size()});
  return bytes;
}

std::string new_token(Entropy& entropy) { return to_base64url(random_bytes(entropy, token_bytes)); }

bool is_token(std::string_view text) {
  if (text.size() != token_chars) return false;
  std::array<unsigned char, token_bytes> bytes{};
  std::size_t count = 0;
  const char* end = nullptr;
  return sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &count, &end,
                           sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
         count == token_bytes && end == text.data() + text.size();
}

bool same_token(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    hex += digits[static_cast<unsigned char>(c) >> 4U];
    hex += digits[static_cast<unsigned char>(c) & 15U];
  }
  return hex;
}

std::string from_hex(std::string_view hex) {
  const auto value = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string bytes;
  if (hex.size() % 2 != 0) return bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = value(hex[i]);
    const auto low = value(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string to_base64url(std::string_view bytes) {
  constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();  // the zero that C wants
  return text;
}

std::string from_base64url(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t count = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &count, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0 || end != text.data() + text.size()) return {};
  bytes.resize(count);
  return bytes;
}

std::string sha256(std::string_view data) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(bytes_of(digest), bytes_of(data), data.size());
  return digest;
}

std::string sha256_hex(std::string_view data) { return to_hex(sha256(data)); }

std::string hmac_sha256(std::string_view key, std::string_view data) {
  std::string tag(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(data), data.size());
  crypto_auth_hmacsha256_final(&state, bytes_of(tag));
  wipe(&state, sizeof state);
  return tag;
}

std::string hmac_sha256_hex(std::string_view key, std::string_view data) {
  return to_hex(hmac_sha256(key, data));
}

std::string hkdf_sha256(std::string_view key, std::string_view salt, std::string_view info,
                        std::size_t bytes) {
  constexpr std::size_t digest_bytes = crypto_auth_hmacsha256_BYTES;
  ensure(bytes <= 255 * digest_bytes, "HKDF gives 8160 bytes at most");
  auto extracted = hmac_sha256(salt, key);
  std::string out;
  std::string block;
  for (unsigned char count = 1; out.size() < bytes; ++count) {
    block += info;
    block += static_cast<char>(count);
    block = hmac_sha256(extracted, block);
    out += block;
  }
  out.resize(bytes);
  wipe(extracted);
  wipe(block);
  return out;
}

std::string hash_password(std::string_view password, const PasswordCost& cost) {
  ready();
  char stored[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(stored, password.data(), password.size(), cost.passes, cost.memory_bytes) != 0) {
    throw std::bad_alloc();  // its only failure
  }
  return stored;
}

bool verify_password(const std::string& stored, std::string_view password) {
  ready();
  if (stored.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

bool password_hash_outdated(const std::string& stored, const PasswordCost& cost) {
  ready();
  return stored.size() >= crypto_pwhash_STRBYTES ||
         crypto_pwhash_str_needs_rehash(stored.c_str(), cost.passes, cost.memory_bytes) != 0;
}

bool verify_nobody(std::string_view password, const PasswordCost& cost) {
  ready();
  constexpr std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
  std::array<unsigned char, 32> hash{};
  if (crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), salt.data(), cost.passes,
                    cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return false;
}

}  // namespace doorstep
