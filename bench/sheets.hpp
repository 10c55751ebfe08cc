// Spreadsheets as large as may be uploaded: how long reading and writing one takes, and what it holds in
// memory.
#pragma once

#include <vector>

#include "bench/row.hpp"

namespace doorstep::bench {

std::vector<Row> large_sheets();

}  // namespace doorstep::bench
