// What stands around the cells of an .xlsx: which sheets there are, the texts they share, and how numbers
// look.
#pragma once

#include <string>
#include <vector>

#include "sheets/archive.hpp"
#include "sheets/cells.hpp"

namespace doorstep::sheets {

struct Book {
  struct Page {
    std::string name;
    std::string part;  // its place in the archive
    bool hidden = false;
  };
  std::vector<Page> pages;
  bool from_1904 = false;
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;  // by the style's number
};

// Throws Problem not_a_sheet, sheet_broken, sheet_encrypted, sheet_too_large.
Book read_book(Archive& archive, const Limits& limits);

}  // namespace doorstep::sheets
