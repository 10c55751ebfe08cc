#include "cases/picture_head.hpp"

#include <algorithm>

namespace doorstep::cases {

namespace {

using namespace std::string_view_literals;

enum class Order { big, little };

// What lies beyond the end reads as zeros.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t length, Order order = Order::big) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const auto from = at + (order == Order::big ? i : length - 1 - i);
    value = value << 8 | (from < bytes.size() ? static_cast<unsigned char>(bytes[from]) : 0U);
  }
  return value;
}

// Exif 2.3, 4.6.2: a TIFF header and its first directory, twelve bytes an entry.
int exif_orientation(std::string_view tiff) {
  constexpr std::uint32_t orientation_tag = 0x0112;
  constexpr std::size_t entry_bytes = 12;
  const auto order = tiff.starts_with("II") ? Order::little : Order::big;
  const std::size_t directory = number(tiff, 4, 4, order);
  const std::size_t entries = number(tiff, directory, 2, order);
  for (std::size_t i = 0; i < entries; ++i) {
    const auto entry = directory + 2 + i * entry_bytes;
    if (entry + entry_bytes > tiff.size()) break;
    if (number(tiff, entry, 2, order) != orientation_tag) continue;
    const auto said = static_cast<int>(number(tiff, entry + 8, 2, order));
    return said >= 1 && said <= 8 ? said : 1;
  }
  return 1;
}

// SOF0 to SOF15, without the tables that stand between them (DHT, JPG, DAC).
bool begins_frame(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// ITU-T T.81, annex B: segments of a marker and a length, up to the frame. Whatever else stands between them
// is no photo of ours: a decoder might read on at another place than we do.
PictureHead jpeg_head(std::string_view bytes) {
  PictureHead head;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    const auto marker = number(bytes, at + 1, 1);
    if (marker == 0xFF) {  // filled up
      ++at;
      continue;
    }
    const std::size_t length = number(bytes, at + 2, 2);
    const bool has_length = marker >= 0xC0 && (marker < 0xD0 || marker > 0xD9);
    if (number(bytes, at, 1) != 0xFF || !has_length || length < 2) break;
    const auto segment = bytes.substr(at + 4, length - 2);
    if (begins_frame(marker)) {
      head.height = number(segment, 1, 2);
      head.width = number(segment, 3, 2);
      break;
    }
    if (marker == 0xE1 && segment.starts_with("Exif\0\0"sv))
      head.orientation = exif_orientation(segment.substr(6));
    at += 2 + length;
  }
  return head;
}

// The first chunk of a PNG is its header.
PictureHead png_head(std::string_view bytes) {
  if (bytes.substr(12, 4) != "IHDR") return {};
  return {.width = number(bytes, 16, 4), .height = number(bytes, 20, 4)};
}

// RFC 9649: the canvas, or the frame of one of the two codecs. A frame of another size than its canvas is
// refused by the decoder.
PictureHead webp_head(std::string_view bytes) {
  constexpr std::uint32_t side_bits = 0x3FFF;
  const auto chunk = bytes.substr(12, 4);
  if (chunk == "VP8X")
    return {.width = number(bytes, 24, 3, Order::little) + 1,
            .height = number(bytes, 27, 3, Order::little) + 1};
  if (chunk == "VP8 ")
    return {.width = number(bytes, 26, 2, Order::little) & side_bits,
            .height = number(bytes, 28, 2, Order::little) & side_bits};
  if (chunk != "VP8L") return {};
  const auto sides = number(bytes, 21, 4, Order::little);
  return {.width = (sides & side_bits) + 1, .height = (sides >> 14 & side_bits) + 1};
}

}  // namespace

PictureHead head_of(AttachmentKind kind, std::string_view bytes) {
  constexpr std::size_t signature_bytes = 16;
  if (bytes.size() < signature_bytes) return {};
  switch (kind) {
    case AttachmentKind::jpeg: return jpeg_head(bytes);
    case AttachmentKind::png: return png_head(bytes);
    case AttachmentKind::webp: return webp_head(bytes);
    case AttachmentKind::pdf: return {};
  }
  return {};
}

}  // namespace doorstep::cases
