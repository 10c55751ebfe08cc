// Lists that are looked through for what no statement asks: words, or whether a venue is open. More of such a
// list is read than a page shows, and then it is cut. A page of it may be short, and yet not the last one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "api/sheet_file.hpp"

namespace doorstep::network {

// So many are looked through at once.
inline constexpr int looked_through_max = sheet_file_rows_max;

// Keeps the first of them. Where there were more, `more_after` is the id of the last that is kept: what a
// cursor goes on from.
template <class Row, class IdOf>
void cut(std::vector<Row>& rows, int most, std::optional<std::int64_t>& more_after, IdOf id_of) {
  if (std::ssize(rows) <= most) return;
  rows.erase(rows.begin() + most, rows.end());
  more_after = id_of(rows.back());
}

}  // namespace doorstep::network
