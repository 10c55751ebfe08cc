// The limit on PostgreSQL: pgbench, which comes with the server, running the same statements.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/recorded.hpp"

namespace doorstep::bench {

struct PgbenchRun {
  std::string server;  // as libpq wants it
  std::string schema;
  std::int64_t first = 0;  // the number of the first ticket; each run needs numbers of its own
  int batch = 32;          // tickets a transaction
  std::chrono::seconds time{4};
};

// Tickets a second by one client, for a town has one writer: statements prepared, one round trip each, a
// commit a batch. Throws std::runtime_error when pgbench fails.
double pgbench(const PgbenchRun& run, const TicketStatements& statements,
               const std::vector<std::string>& hall_ids);

}  // namespace doorstep::bench
