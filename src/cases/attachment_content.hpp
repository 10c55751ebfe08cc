// What somebody adds to a case, looked at before it is kept: what it is says its content and not its name.
//
// A picture is decoded, and a preview made of it: a JPEG, upright, that says nothing of where and with what
// it was taken. How many pixels it has is read from its head first, so that none is unpacked that would fill
// the memory. Of a PDF only its beginning is looked at: it has no preview.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace doorstep::cases {

enum class AttachmentKind { jpeg, png, webp, pdf };
BOOST_DESCRIBE_ENUM(AttachmentKind, jpeg, png, webp, pdf)

inline constexpr std::size_t attachment_bytes_max = 10 * 1024 * 1024;
inline constexpr std::int64_t attachment_pixels_max = 50'000'000;  // four bytes each while it is decoded
inline constexpr int preview_side_max = 1200;                      // pixels, of the longer one
inline constexpr int preview_quality = 80;                         // of a hundred, as JPEG counts

std::string_view media_type_of(AttachmentKind kind);
std::string_view ending_of(AttachmentKind kind);  // ".jpg"

struct CheckedContent {
  AttachmentKind kind{};
  std::string preview;  // JPEG; empty where there is none
};

// Pure, and slow: some tenths of a second for a photo of a phone. Throws Problem body_too_large,
// attachment_kind_unknown, attachment_broken, attachment_too_many_pixels.
CheckedContent check_content(std::string_view bytes);

}  // namespace doorstep::cases
