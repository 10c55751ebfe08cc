#include "http/chunked.hpp"

#include <algorithm>

namespace doorstep::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

}  // namespace

ChunkDecoder::ChunkDecoder(std::size_t limit) : body_left_(limit), framing_left_(limit / 2 + 16 * 1024) {}

ChunkDecoder::State ChunkDecoder::feed(std::string_view bytes, std::string& body, std::size_t& used) {
  used = 0;
  while (used < bytes.size()) {
    if (place_ == Place::data) {
      const auto part =
          bytes.substr(used, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - used)));
      body.append(part);
      used += part.size();
      left_ -= part.size();
      if (left_ == 0) place_ = Place::data_cr;
      continue;
    }
    if (framing_left_-- == 0) {
      framing_left_ = 0;
      return State::too_large;
    }
    const auto state = step(bytes[used++]);
    if (state != State::more) return state;
  }
  return State::more;
}

// One byte of the framing between the data.
ChunkDecoder::State ChunkDecoder::step(char c) {
  constexpr auto wrong = State::malformed;
  switch (place_) {
    case Place::size_first:
    case Place::size: {
      const int digit = hex_value(c);
      if (digit >= 0) {
        if (left_ >> 59U != 0) return wrong;
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
        place_ = Place::size;
        return left_ > body_left_ ? State::too_large : State::more;
      }
      if (place_ == Place::size_first) return wrong;
      if (c == '\r') {
        place_ = Place::size_lf;
      } else if (c == ';') {
        place_ = Place::extension;
      } else {
        return wrong;
      }
      return State::more;
    }
    case Place::extension:
      if (c == '\r') {
        place_ = Place::size_lf;
      } else if (is_control(c)) {
        return wrong;
      }
      return State::more;
    case Place::size_lf:
      if (c != '\n') return wrong;
      body_left_ -= static_cast<std::size_t>(left_);
      place_ = left_ == 0 ? Place::line_first : Place::data;
      return State::more;
    case Place::data: return wrong;  // feed() takes the data
    case Place::data_cr:
      if (c != '\r') return wrong;
      place_ = Place::data_lf;
      return State::more;
    case Place::data_lf:
      if (c != '\n') return wrong;
      place_ = Place::size_first;
      return State::more;
    case Place::line_first:
      if (c == '\r') {
        place_ = Place::end_lf;
      } else if (is_control(c)) {
        return wrong;
      } else {
        place_ = Place::line;
      }
      return State::more;
    case Place::line:
      if (c == '\r') {
        place_ = Place::line_lf;
      } else if (is_control(c)) {
        return wrong;
      }
      return State::more;
    case Place::line_lf:
      if (c != '\n') return wrong;
      place_ = Place::line_first;
      return State::more;
    case Place::end_lf: return c == '\n' ? State::done : wrong;
  }
  return wrong;
}

}  // namespace doorstep::http
