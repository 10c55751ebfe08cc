#include "identity/totp.hpp"

#include <cstdlib>
#include <memory>

#include <liboath/oath.h>

#include "base/crypto.hpp"
#include "base/ensure.hpp"

namespace doorstep::identity {

namespace {

void ready_once() {
  static const bool ready = oath_init() == OATH_OK;
  ensure(ready, "liboath starts");
}

// As a part of a URI (RFC 3986): all but the unreserved is written by its bytes.
std::string as_uri_part(std::string_view text) {
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string part;
  for (const char c : text) {
    if (unreserved.find(c) != std::string_view::npos) {
      part += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    part += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return part;
}

}  // namespace

std::int64_t totp_step(Instant at) { return at.micros / 1'000'000 / totp_step_seconds; }

std::string totp_code(std::string_view secret, std::int64_t step) {
  ready_once();
  std::string code(totp_digits + 1, '\0');
  const int done = oath_totp_generate(secret.data(), secret.size(), step * totp_step_seconds,
                                      totp_step_seconds, 0, totp_digits, code.data());
  ensure(done == OATH_OK, "a code is made");
  code.pop_back();  // the zero that C wants
  return code;
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant at,
                                         std::int64_t last) {
  const auto now = totp_step(at);
  std::optional<std::int64_t> found;
  // All of them, wherever it is found: time tells nothing.
  for (const auto step : {now - 1, now, now + 1}) {
    if (same_token(totp_code(secret, step), code) && step > last) found = step;
  }
  return found;
}

std::string to_base32(std::string_view bytes) {
  ready_once();
  char* made = nullptr;
  std::size_t count = 0;
  const int done = oath_base32_encode(bytes.data(), bytes.size(), &made, &count);
  const std::unique_ptr<char, decltype(&std::free)> held{made, &std::free};
  ensure(done == OATH_OK, "a secret is written");
  std::string text{made, count};
  wipe(made, count);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::string otpauth_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
  const auto by = as_uri_part(issuer);
  return "otpauth://totp/" + by + ':' + as_uri_part(account) + "?secret=" + to_base32(secret) +
         "&issuer=" + by + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace doorstep::identity
