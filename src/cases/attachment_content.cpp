#include "cases/attachment_content.hpp"

#include <algorithm>
#include <cstdarg>
#include <memory>
#include <optional>
#include <utility>

#include <gd.h>

#include "base/problem.hpp"
#include "cases/picture_head.hpp"

namespace doorstep::cases {

namespace {

using namespace std::string_view_literals;

struct Destroy {
  void operator()(gdImage* picture) const { gdImageDestroy(picture); }
};
using Picture = std::unique_ptr<gdImage, Destroy>;

constexpr int white = 0xFFFFFF;

std::optional<AttachmentKind> kind_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return AttachmentKind::jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return AttachmentKind::png;
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv)
    return AttachmentKind::webp;
  if (bytes.starts_with("%PDF-"sv)) return AttachmentKind::pdf;
  return std::nullopt;
}

// GD says what it makes of a picture on the program's standard error, and of whose it is we say nothing
// there.
void keep_quiet(int, const char*, va_list) {}

Picture decoded(AttachmentKind kind, std::string_view bytes) {
  [[maybe_unused]] static const bool quiet = (gdSetErrorMethod(keep_quiet), true);
  const auto size = static_cast<int>(bytes.size());
  auto* data = const_cast<char*>(bytes.data());  // which GD only reads
  switch (kind) {
    // Phones write photos that a strict reader complains of.
    case AttachmentKind::jpeg: return Picture{gdImageCreateFromJpegPtrEx(size, data, 1)};
    case AttachmentKind::png: return Picture{gdImageCreateFromPngPtr(size, data)};
    case AttachmentKind::webp: return Picture{gdImageCreateFromWebpPtr(size, data)};
    case AttachmentKind::pdf: break;
  }
  return nullptr;
}

[[noreturn]] void broken() { throw Problem{"attachment_broken"}; }

Picture blank(int width, int height) {
  Picture picture{gdImageCreateTrueColor(width, height)};
  if (!picture) broken();
  gdImageFilledRectangle(picture.get(), 0, 0, width - 1, height - 1, white);
  return picture;
}

// As large as a preview may be; what could be seen through is white.
Picture made_small(Picture picture) {
  const int width = gdImageSX(picture), height = gdImageSY(picture);
  const int longer = std::max(width, height);
  const auto side = [&](int length) {
    return longer <= preview_side_max ? length : std::max(1, length * preview_side_max / longer);
  };
  auto small = blank(side(width), side(height));
  gdImageCopyResampled(small.get(), picture.get(), 0, 0, 0, 0, side(width), side(height), width, height);
  return small;
}

// Where a pixel of the upright picture stands in the one that was taken, for each way to hold a camera.
std::pair<int, int> pixel_before(int orientation, int x, int y, int width, int height) {
  const int right = width - 1, bottom = height - 1;
  switch (orientation) {
    case 2: return {right - x, y};
    case 3: return {right - x, bottom - y};
    case 4: return {x, bottom - y};
    case 5: return {y, x};
    case 6: return {y, bottom - x};
    case 7: return {right - y, bottom - x};
    case 8: return {right - y, x};
    default: return {x, y};
  }
}

Picture made_upright(Picture picture, int orientation) {
  if (orientation == 1) return picture;
  const int width = gdImageSX(picture), height = gdImageSY(picture);
  const bool lies = orientation >= 5;
  auto upright = blank(lies ? height : width, lies ? width : height);
  for (int y = 0; y < gdImageSY(upright); ++y) {
    for (int x = 0; x < gdImageSX(upright); ++x) {
      const auto [from_x, from_y] = pixel_before(orientation, x, y, width, height);
      gdImageSetPixel(upright.get(), x, y, gdImageGetTrueColorPixel(picture.get(), from_x, from_y));
    }
  }
  return upright;
}

std::string as_jpeg(const Picture& picture) {
  int size = 0;
  const std::unique_ptr<void, decltype(&gdFree)> bytes{gdImageJpegPtr(picture.get(), &size, preview_quality),
                                                       gdFree};
  if (!bytes || size <= 0) broken();
  return {static_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

std::string preview_of(AttachmentKind kind, std::string_view bytes) {
  const auto head = head_of(kind, bytes);
  if (head.width <= 0 || head.height <= 0) broken();
  if (head.width * head.height > attachment_pixels_max) throw Problem{"attachment_too_many_pixels"};
  auto picture = decoded(kind, bytes);
  if (!picture) broken();
  return as_jpeg(made_upright(made_small(std::move(picture)), head.orientation));
}

}  // namespace

std::string_view media_type_of(AttachmentKind kind) {
  switch (kind) {
    case AttachmentKind::jpeg: return "image/jpeg";
    case AttachmentKind::png: return "image/png";
    case AttachmentKind::webp: return "image/webp";
    case AttachmentKind::pdf: return "application/pdf";
  }
  return {};
}

std::string_view ending_of(AttachmentKind kind) {
  switch (kind) {
    case AttachmentKind::jpeg: return ".jpg";
    case AttachmentKind::png: return ".png";
    case AttachmentKind::webp: return ".webp";
    case AttachmentKind::pdf: return ".pdf";
  }
  return {};
}

CheckedContent check_content(std::string_view bytes) {
  if (bytes.size() > attachment_bytes_max) throw Problem{"body_too_large"};
  const auto kind = kind_of(bytes);
  if (!kind) throw Problem{"attachment_kind_unknown"};
  return {*kind, *kind == AttachmentKind::pdf ? std::string{} : preview_of(*kind, bytes)};
}

}  // namespace doorstep::cases
