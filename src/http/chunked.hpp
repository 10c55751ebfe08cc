// A body in chunks (RFC 9112 section 7.1), taken apart strictly: lines end in
// CRLF, sizes are plain hex digits, extensions are passed over, trailers are
// read and thrown away, so that nothing in them can pose as a header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep::http {

class ChunkDecoder {
 public:
  enum class State { more, done, malformed, too_large };

  // `limit`: of the decoded body. Size lines and trailers together may be at most half as much again plus 16
  // KiB: a body sent in chunks of one byte costs more to frame than it is worth.
  explicit ChunkDecoder(std::size_t limit);

  // Appends what `bytes` carries to `body`. `used` is how many
  // bytes belonged to this body; all of them unless done.
  State feed(std::string_view bytes, std::string& body, std::size_t& used);

 private:
  enum class Place {
    size_first,
    size,
    extension,
    size_lf,
    data,
    data_cr,
    data_lf,
    line_first,
    line,
    line_lf,
    end_lf
  };

  State step(char c);

  Place place_ = Place::size_first;
  std::uint64_t left_ = 0;  // of the chunk at hand
  std::size_t body_left_;
  std::size_t framing_left_;
};

}  // namespace doorstep::http
