// A text as a QR code, drawn: a page puts the path into an SVG of that size and needs no library for it.
#pragma once

#include <string>

#include <boost/describe/class.hpp>

namespace doorstep::identity {

struct QrPicture {
  int size = 0;      // modules a side, without the quiet zone of four around it
  std::string path;  // the dark ones, as the `d` of a path
};
BOOST_DESCRIBE_STRUCT(QrPicture, (), (size, path))

QrPicture qr_picture(const std::string& text);

}  // namespace doorstep::identity
