// What is added is what its content says; what a preview shows, and what it says no more.
#include "cases/attachment_content.hpp"

#include <random>

#include <gmock/gmock.h>

#include "base/problem.hpp"
#include "testing/pictures.hpp"

namespace doorstep::cases {
namespace {

using namespace std::string_view_literals;
using testing::blue;
using testing::GdPicture;
using ::testing::HasSubstr;
using testing::held;
using testing::jpeg;
using ::testing::Not;
using testing::pdf;
using testing::png;
using testing::red;
using testing::webp;

std::string refusal(std::string_view bytes) {
  try {
    check_content(bytes);
    return "";
  } catch (const Problem& problem) {
    return problem.code;
  }
}

GdPicture preview_of(const std::string& bytes) {
  auto preview = check_content(bytes).preview;
  return {gdImageCreateFromJpegPtr(static_cast<int>(preview.size()), preview.data()), gdImageDestroy};
}

// As near as JPEG comes to it.
bool is_nearly(int pixel, int colour) {
  const auto far_off = [&](int shift) {
    return std::abs((pixel >> shift & 0xFF) - (colour >> shift & 0xFF)) > 60;
  };
  return !far_off(16) && !far_off(8) && !far_off(0);
}

TEST(AttachmentContent, IsWhatItsBytesSay) {
  EXPECT_EQ(check_content(jpeg()).kind, AttachmentKind::jpeg);
  EXPECT_EQ(check_content(png()).kind, AttachmentKind::png);
  EXPECT_EQ(check_content(webp()).kind, AttachmentKind::webp);
  EXPECT_EQ(check_content(pdf()).kind, AttachmentKind::pdf);
  EXPECT_EQ(check_content(pdf()).preview, "") << "of a PDF none is made";
  for (const auto bytes : {""sv, "x"sv, "MZ"sv, "PK\x03\x04"sv, "<html>"sv, "GIF89a"sv, " %PDF-1.7"sv,
                           "RIFF"sv, "RIFF1234WAVE"sv})
    EXPECT_EQ(refusal(bytes), "attachment_kind_unknown") << bytes;
}

TEST(AttachmentContent, HasAPreviewNoLongerThanItsLimit) {
  struct Case {
    int width, height, shown_width, shown_height;
  };
  for (const auto& each : {Case{64, 32, 64, 32}, Case{2400, 1200, 1200, 600}, Case{600, 2400, 300, 1200},
                           Case{3000, 2, 1200, 1}}) {
    const auto preview = preview_of(jpeg(each.width, each.height));
    EXPECT_EQ(gdImageSX(preview), each.shown_width) << each.width;
    EXPECT_EQ(gdImageSY(preview), each.shown_height) << each.height;
  }
  for (const auto& bytes : {png(2400, 1200), webp(2400, 1200)}) EXPECT_EQ(gdImageSX(preview_of(bytes)), 1200);
}

TEST(AttachmentContent, IsShownUprightHoweverThePhoneWasHeld) {
  struct Case {
    char orientation;
    int width, height;  // of the preview
    int red_x, red_y;   // where the half is that the camera had on its left
  };
  for (const auto& each : {Case{1, 64, 32, 8, 16}, Case{2, 64, 32, 56, 16}, Case{3, 64, 32, 56, 16},
                           Case{4, 64, 32, 8, 16}, Case{5, 32, 64, 16, 8}, Case{6, 32, 64, 16, 8},
                           Case{7, 32, 64, 16, 56}, Case{8, 32, 64, 16, 56}, Case{9, 64, 32, 8, 16}}) {
    const auto preview = preview_of(held(jpeg(), each.orientation));
    EXPECT_EQ(gdImageSX(preview), each.width) << +each.orientation;
    EXPECT_EQ(gdImageSY(preview), each.height) << +each.orientation;
    EXPECT_TRUE(is_nearly(gdImageGetPixel(preview.get(), each.red_x, each.red_y), red)) << +each.orientation;
    EXPECT_TRUE(is_nearly(
        gdImageGetPixel(preview.get(), each.width - 1 - each.red_x, each.height - 1 - each.red_y), blue))
        << +each.orientation;
  }
}

TEST(AttachmentContent, HasAPreviewThatSaysNotWhereItWasTaken) {
  const auto photo = held(jpeg(), 6, "GPS 31.29 121.31");
  ASSERT_THAT(photo, HasSubstr("GPS"));
  const auto preview = check_content(photo).preview;
  EXPECT_THAT(preview, Not(HasSubstr("GPS")));
  EXPECT_THAT(preview, Not(HasSubstr("Exif")));
}

TEST(AttachmentContent, HasAPreviewOnWhiteWhereItCanBeSeenThrough) {
  const GdPicture clear{gdImageCreateTrueColor(20, 20), gdImageDestroy};
  gdImageAlphaBlending(clear.get(), 0);
  gdImageSaveAlpha(clear.get(), 1);
  gdImageFilledRectangle(clear.get(), 0, 0, 19, 19, gdTrueColorAlpha(0, 0, 0, gdAlphaTransparent));
  int size = 0;
  auto* made = gdImagePngPtr(clear.get(), &size);
  const auto preview = preview_of(testing::bytes_of(made, size));
  EXPECT_TRUE(is_nearly(gdImageGetPixel(preview.get(), 10, 10), 0xFFFFFF));
}

TEST(AttachmentContent, IsRefusedWhereItIsTooLargeOrBroken) {
  EXPECT_EQ(refusal(pdf(std::string(attachment_bytes_max, 'x'))), "body_too_large");
  const std::string heads[] = {"\xFF\xD8\xFF",       "\xFF\xD8\xFF\xE0 and no more of it",
                               "\x89PNG\r\n\x1A\n",  png().substr(0, 60),
                               webp().substr(0, 20), jpeg().substr(0, 100)};
  for (const auto& bytes : heads) EXPECT_EQ(refusal(bytes), "attachment_broken") << bytes.size();
}

TEST(AttachmentContent, IsNotUnpackedWhereItsHeadSaysThatItIsTooLarge) {
  auto large_png = png();
  large_png.replace(16, 8, "\0\0\xFF\xFF\0\0\xFF\xFF"sv);
  EXPECT_EQ(refusal(large_png), "attachment_too_many_pixels");
  auto large_jpeg = jpeg();
  const auto frame = large_jpeg.find("\xFF\xC0"sv);
  ASSERT_NE(frame, std::string::npos);
  large_jpeg.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF"sv);
  EXPECT_EQ(refusal(large_jpeg), "attachment_too_many_pixels");
  EXPECT_EQ(refusal(large_jpeg.insert(2, "\xFF\xD0"sv)), "attachment_broken")
      << "a decoder would read past this";
  const auto large_webp = "RIFF\x20\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\xFF\x3F\0\xFF\x3F\0"sv;
  EXPECT_EQ(refusal(large_webp), "attachment_too_many_pixels");
}

// Bytes that a stranger made up: refused or shown, and nothing else.
TEST(AttachmentContent, IsReadToItsEndWhateverItSays) {
  std::mt19937 random{20261201};
  const std::string whole[] = {held(jpeg(), 6), png(), webp()};
  for (int round = 0; round < 1'000; ++round) {
    auto bytes = whole[random() % std::size(whole)];
    for (auto changes = 1 + random() % 8; changes > 0; --changes)
      bytes[random() % std::min<std::size_t>(bytes.size(), 400)] = static_cast<char>(random());
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    const auto said = refusal(bytes);
    EXPECT_THAT(said, ::testing::AnyOf("", "attachment_broken", "attachment_kind_unknown",
                                       "attachment_too_many_pixels"));
  }
}

}  // namespace
}  // namespace doorstep::cases
