// Photos and documents as people add them to their cases, made small and of nothing.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <gd.h>

#include "testing/small_town.hpp"

namespace doorstep::testing {

using GdPicture = std::unique_ptr<gdImage, decltype(&gdImageDestroy)>;

inline constexpr int red = 0xFF0000, blue = 0x0000FF;

// Red on its left half, blue on its right.
inline GdPicture two_colours(int width, int height, int left = red) {
  GdPicture picture{gdImageCreateTrueColor(width, height), gdImageDestroy};
  gdImageFilledRectangle(picture.get(), 0, 0, width - 1, height - 1, blue);
  gdImageFilledRectangle(picture.get(), 0, 0, width / 2 - 1, height - 1, left);
  return picture;
}

inline std::string bytes_of(void* made, int size) {
  std::string bytes{static_cast<const char*>(made), static_cast<std::size_t>(size)};
  gdFree(made);
  return bytes;
}

inline std::string jpeg(int width = 64, int height = 32, int left = red) {
  int size = 0;
  auto* made = gdImageJpegPtr(two_colours(width, height, left).get(), &size, 95);
  return bytes_of(made, size);
}
inline std::string png(int width = 64, int height = 32) {
  int size = 0;
  auto* made = gdImagePngPtr(two_colours(width, height).get(), &size);
  return bytes_of(made, size);
}
inline std::string webp(int width = 64, int height = 32) {
  int size = 0;
  auto* made = gdImageWebpPtrEx(two_colours(width, height).get(), &size, 90);
  return bytes_of(made, size);
}
inline std::string pdf(std::string_view what = "1") {
  return "%PDF-1.7\n% " + std::string{what} + "\n%%EOF\n";
}

// The photo as a phone writes it that was held so, with where it was taken.
inline std::string held(const std::string& photo, char orientation,
                        std::string_view place = "GPS 31.29 121.31") {
  using namespace std::string_view_literals;
  // TIFF, the longer numbers first: one directory with one entry.
  std::string exif{"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"sv};
  exif += orientation;
  exif += "\0\0\0\0\0\0"sv;
  exif += place;
  const auto length = exif.size() + 2;
  std::string segment{"\xFF\xE1"};
  segment += static_cast<char>(length >> 8);
  segment += static_cast<char>(length & 0xFF);
  return photo.substr(0, 2) + segment + exif + photo.substr(2);
}

inline Sent as_bytes() { return {.headers = {{"content-type", "application/octet-stream"}}}; }

}  // namespace doorstep::testing
