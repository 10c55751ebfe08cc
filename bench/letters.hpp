// Letters to make names of that are nobody's.
#pragma once

#include <string>

namespace doorstep::bench {

// A letter of the basic plane, in the three bytes of UTF-8: the n-th from 一 on.
inline std::string letter(std::size_t n) {
  constexpr char32_t first = 0x4E00;
  const auto code = first + static_cast<char32_t>(n);
  constexpr char32_t low_bits = 0x3F;
  return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & low_bits)),
          static_cast<char>(0x80 | (code & low_bits))};
}

}  // namespace doorstep::bench
