// Citizens' identity numbers, as GB 11643-1999 has them: six digits of a place, eight of the birth date,
// three of an order, and a check character (ISO 7064, MOD 11-2).
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace doorstep::identity {

// Eighteen characters in their stored form, a birth date that there is, and the right check character. The
// place is not looked up: places come and go.
bool is_identity_number(std::string_view number);

// The birth date in a number that is one.
std::optional<Day> birth_date_in(std::string_view number);

}  // namespace doorstep::identity
