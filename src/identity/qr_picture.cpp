#include "identity/qr_picture.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace doorstep::identity {

QrPicture qr_picture(const std::string& text) {
  const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  QrPicture picture{.size = code.getSize(), .path = {}};
  for (int y = 0; y < picture.size; ++y) {
    for (int x = 0; x < picture.size; ++x) {
      if (!code.getModule(x, y)) continue;
      const int from = x;
      while (x < picture.size && code.getModule(x, y)) ++x;
      const auto width = std::to_string(x - from);
      picture.path +=
          'M' + std::to_string(from) + ' ' + std::to_string(y) + 'h' + width + "v1h-" + width + 'z';
    }
  }
  return picture;
}

}  // namespace doorstep::identity
