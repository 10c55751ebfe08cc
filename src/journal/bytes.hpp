// The same bytes as storage and as base see them, uncopied.
#pragma once

#include <span>
#include <string_view>

#include "storage/value.hpp"

namespace doorstep {

inline storage::BytesView as_column(std::string_view bytes) {
  return {reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()};
}

inline std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace doorstep
