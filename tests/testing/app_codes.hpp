// What the app on somebody's phone shows, from the secret that was typed into it.
#pragma once

#include <cstdlib>
#include <string>

#include <liboath/oath.h>

#include "identity/totp.hpp"

namespace doorstep::testing {

// `secret` in base 32; `steps` of 30 seconds from now.
inline std::string app_code(const std::string& secret, Instant at, std::int64_t steps = 0) {
  char* bytes = nullptr;
  std::size_t count = 0;
  if (oath_base32_decode(secret.data(), secret.size(), &bytes, &count) != OATH_OK) return {};
  const std::string raw{bytes, count};
  std::free(bytes);  // liboath's own
  return identity::totp_code(raw, identity::totp_step(at) + steps);
}

}  // namespace doorstep::testing
