// What officers look at all day, in a town of 10,000 cases and in a city of 1,000,000 with 10,000,000 entries
// in their histories: what is in hand, a case by its number, by its applicant, with its history, and the
// board of deadlines.
#pragma once

#include <vector>

#include "bench/row.hpp"

namespace doorstep::bench {

// Each against the same in the town. Filling the city takes minutes.
std::vector<Row> case_reads_on_sqlite();
std::vector<Row> case_reads_on_postgres();

}  // namespace doorstep::bench
