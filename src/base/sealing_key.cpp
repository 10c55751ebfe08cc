#include "base/sealing_key.hpp"

#include <memory>
#include <utility>

#include <openssl/evp.h>

#include "base/ensure.hpp"

namespace doorstep {
namespace {

// The one place that names the cipher. Another one joins with
// the next number; what is stored says which it was.
struct Suite {
  std::uint8_t number;
  const char* name;
  std::size_t nonce_bytes;
  std::size_t tag_bytes;
};
constexpr Suite suite{.number = 1, .name = "AES-256-GCM", .nonce_bytes = 12, .tag_bytes = 16};

constexpr std::size_t header_bytes = 1 + SealingKey::id_bytes + suite.nonce_bytes;
constexpr std::size_t plain_bytes_max = std::size_t{64} * 1024 * 1024;

const EVP_CIPHER* cipher() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> fetched{
      EVP_CIPHER_fetch(nullptr, suite.name, nullptr), &EVP_CIPHER_free};
  if (!fetched) throw SealError(std::string("OpenSSL has no ") + suite.name);
  return fetched.get();
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void must(int result) {
  if (result != 1) throw SealError("OpenSSL could not seal a value");
}

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out(std::string& text, std::size_t at) {
  return reinterpret_cast<unsigned char*>(text.data() + at);
}
int count(std::size_t bytes) { return static_cast<int>(bytes); }

}  // namespace

SealingKey::SealingKey(const Secret& key)
    : SealingKey(key, to_hex(hkdf_sha256(key.reveal(), "doorstep", "key id", id_bytes))) {}

SealingKey::SealingKey(Secret key, std::string id) : key_(std::move(key)), id_(std::move(id)) {
  ensure(key_.reveal().size() == bytes, "a sealing key has its length");
  ensure(id_.size() == id_bytes * 2, "a sealing key has its name");
}

SealingKey SealingKey::random(Entropy& entropy) { return SealingKey(Secret(random_bytes(entropy, bytes))); }

std::string sealing_key_of(std::string_view stored) {
  if (stored.size() < header_bytes + suite.tag_bytes || stored.size() > plain_bytes_max + 64) {
    throw SealError("a sealed value is cut short, or was never sealed");
  }
  if (static_cast<std::uint8_t>(stored.front()) != suite.number) {
    throw SealError("a sealed value needs a newer program: its cipher is not known here");
  }
  return to_hex(stored.substr(1, SealingKey::id_bytes));
}

std::string SealingKey::seal(std::string_view plain, std::string_view bound, Entropy& entropy) const {
  ensure(plain.size() <= plain_bytes_max, "what is sealed in a table is small");
  std::string stored(1, static_cast<char>(suite.number));
  stored += from_hex(id_);
  stored += random_bytes(entropy, suite.nonce_bytes);
  stored.resize(header_bytes + plain.size() + suite.tag_bytes);

  const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  const auto header = std::string_view(stored).substr(0, header_bytes);
  int done = 0;
  must(context ? 1 : 0);
  must(EVP_EncryptInit_ex2(context.get(), cipher(), in(key_.reveal()),
                           in(header.substr(header_bytes - suite.nonce_bytes)), nullptr));
  must(EVP_EncryptUpdate(context.get(), nullptr, &done, in(header), count(header.size())));
  must(EVP_EncryptUpdate(context.get(), nullptr, &done, in(bound), count(bound.size())));
  must(EVP_EncryptUpdate(context.get(), out(stored, header_bytes), &done, in(plain), count(plain.size())));
  must(EVP_EncryptFinal_ex(context.get(), out(stored, header_bytes + plain.size()), &done));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, count(suite.tag_bytes),
                           out(stored, header_bytes + plain.size())));
  return stored;
}

std::string SealingKey::open(std::string_view stored, std::string_view bound) const {
  if (const auto other = sealing_key_of(stored); other != id_) {
    throw SealError("a sealed value was sealed with the key " + other + ", and this is " + id_);
  }
  const auto header = stored.substr(0, header_bytes);
  const auto body = stored.substr(header_bytes, stored.size() - header_bytes - suite.tag_bytes);
  std::string tag(stored.substr(stored.size() - suite.tag_bytes));
  std::string plain(body.size() + 1, '\0');  // never empty, so that there is somewhere to write

  const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int done = 0;
  must(context ? 1 : 0);
  must(EVP_DecryptInit_ex2(context.get(), cipher(), in(key_.reveal()),
                           in(header.substr(header_bytes - suite.nonce_bytes)), nullptr));
  must(EVP_DecryptUpdate(context.get(), nullptr, &done, in(header), count(header.size())));
  must(EVP_DecryptUpdate(context.get(), nullptr, &done, in(bound), count(bound.size())));
  must(EVP_DecryptUpdate(context.get(), out(plain, 0), &done, in(body), count(body.size())));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, count(suite.tag_bytes), out(tag, 0)));
  if (EVP_DecryptFinal_ex(context.get(), out(plain, body.size()), &done) != 1) {
    wipe(plain);
    throw SealError("a sealed value was changed, or stands in another place than it was sealed for");
  }
  plain.resize(body.size());
  return plain;
}

}  // namespace doorstep
