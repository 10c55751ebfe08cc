// One-time codes that an app on a phone shows (RFC 6238): SHA-1, 30 seconds, six digits, as every such app
// knows them. liboath counts; which code of which step is still good is ours to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace doorstep::identity {

inline constexpr std::size_t totp_secret_bytes = 20;
inline constexpr std::int64_t totp_step_seconds = 30;
inline constexpr std::size_t totp_digits = 6;

// Steps of 30 seconds since 1970.
std::int64_t totp_step(Instant at);
std::string totp_code(std::string_view secret, std::int64_t step);
// The step that the code belongs to: the present one, the one before or the one after, for clocks differ; but
// none up to `last`.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant at,
                                         std::int64_t last);

// RFC 4648, without padding: how a secret is typed.
std::string to_base32(std::string_view bytes);
// What an app reads from the picture: otpauth://totp/…
std::string otpauth_uri(std::string_view secret, std::string_view issuer, std::string_view account);

}  // namespace doorstep::identity
