// How long finding people by two letters of their name takes in a small town and in a city.
#pragma once

#include "bench/row.hpp"

namespace doorstep::bench {

// Among 1,000,000 people, against 10,000 of them. Filling the town takes minutes.
Row name_search_on_sqlite();
Row name_search_on_postgres();

}  // namespace doorstep::bench
