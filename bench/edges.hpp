// The group "edges": what stands between a person and the data, each beside the least it could cost.
#pragma once

#include <vector>

#include "bench/row.hpp"

namespace doorstep::bench {

Row empty_answer();
Row queue_state();
Row ticket_on_sqlite();
Row ticket_on_postgres();  // at DOORSTEP_TEST_PG
Row call_to_streams();
Row first_answer();
Row idle_memory();
// Minutes each; only when asked for.
std::vector<Row> rebuilds();

}  // namespace doorstep::bench
