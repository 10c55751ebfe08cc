// A sheet of 50,000 people, from the upload to the last row in the town, as the console's page brings it in:
// how long it takes, and what it holds in memory.
#pragma once

#include <vector>

#include "bench/row.hpp"

namespace doorstep::bench {

std::vector<Row> sheet_import_on_sqlite();
std::vector<Row> sheet_import_on_postgres();

}  // namespace doorstep::bench
