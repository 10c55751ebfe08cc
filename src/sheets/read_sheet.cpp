#include "sheets/csv.hpp"
#include "sheets/xlsx.hpp"

namespace doorstep::sheets {

Sheet read_sheet(std::string_view bytes, const ReadOptions& options) {
  constexpr std::string_view zip{"PK\x03\x04", 4}, old_box{"\xD0\xCF\x11\xE0", 4};
  const bool book = bytes.starts_with(zip) || bytes.starts_with(old_box);
  return book ? read_xlsx(bytes, options) : read_csv(bytes, options);
}

}  // namespace doorstep::sheets
