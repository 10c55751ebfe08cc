// From what a cell stores to what a person would type.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sheets/sheet.hpp"

namespace doorstep::sheets {

// How a number is shown, as far as it matters: a day is stored as a number, too.
struct NumberFormat {
  bool day = false;
  bool time = false;
  int zeros = 0;  // "00000": a number of at least so many digits
};

// By the format's code, "yyyy\"年\"m\"月\"d\"日\"", or by its number where the standard gives it a meaning
// (the ones of Chinese programs included).
NumberFormat number_format(std::string_view code);
NumberFormat built_in_format(int number);

struct CellText {
  std::string text;
  std::optional<Doubt> doubt = {};
};

// `stored` is the number as the file has it. Days are ISO, of either of the two systems; a time follows its
// day, to the minute. Numbers have at most 15 digits, as the programs that write them keep.
CellText number_text(std::string_view stored, const NumberFormat& format, bool from_1904);

// "3.10114E+17" stands in a text where a long number was copied through a program that rounded it.
bool is_rounded_number(std::string_view text);

// What the file writes as _x000D_; what a text may not have is left out.
std::string unescaped(std::string_view text);

// "BC12" → 54, from 0; nothing where there are no letters or too many.
std::optional<std::size_t> column_of(std::string_view reference);
std::string column_name(std::size_t column);

}  // namespace doorstep::sheets
