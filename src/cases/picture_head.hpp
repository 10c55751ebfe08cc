// What stands at the beginning of a picture, read before it is decoded. For the files of this room.
#pragma once

#include <cstdint>
#include <string_view>

#include "cases/attachment_content.hpp"

namespace doorstep::cases {

struct PictureHead {
  std::int64_t width = 0, height = 0;  // 0: it does not say
  int orientation = 1;                 // as Exif numbers it, 1 to 8; 1 is upright
};

// Of a JPEG, PNG or WebP.
PictureHead head_of(AttachmentKind kind, std::string_view bytes);

}  // namespace doorstep::cases
