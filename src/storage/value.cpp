#include "storage/value.hpp"

#include <stdexcept>

#include "base/utf8.hpp"

namespace doorstep::storage {

void check_text(std::string_view text) {
  if (text.find('\0') != std::string_view::npos || !valid_utf8(text)) {
    throw std::invalid_argument("text must be UTF-8 without U+0000");
  }
}

}  // namespace doorstep::storage
