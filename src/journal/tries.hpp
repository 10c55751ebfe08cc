// What timers and messages have in common when a try fails: how long to wait, and what is kept of the reason.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/utf8.hpp"

namespace doorstep {

// Twice as long after each failure, up to `most`; `failures` so far, at least 1.
constexpr Microseconds backoff(int failures, Microseconds first, Microseconds most) {
  auto wait = first;
  for (int i = 1; i < failures && wait < most; ++i) wait *= 2;
  return std::min(wait, most);
}

inline constexpr std::size_t error_bytes_max = 300;

// A failure's words as a column can hold them: valid, without U+0000, not long.
inline std::string short_error(std::string_view why) {
  std::string kept{why.substr(0, error_bytes_max)};
  std::ranges::replace(kept, '\0', ' ');
  return repaired_utf8(kept);
}

}  // namespace doorstep
