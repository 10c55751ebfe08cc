// The statements that a ticket really costs, taken down while one is taken through the API: so the limit that
// a benchmark compares with cannot fall behind the code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "bench/statement.hpp"

namespace doorstep::bench {

struct TicketStatements {
  std::vector<Statement> opening;  // of a batch
  std::vector<Statement> ticket;   // one, with its idempotency key, answer and event
  std::vector<Statement> closing;  // of a batch, before the commit
};

// Takes tickets in the town through a store of its own. `request` makes the whole request for the n-th.
TicketStatements record_ticket(const app::Config& config, const std::string& first_request,
                               const std::string& request);

// The statement's values for the `n`th ticket of a run, one after another in lines of their own: the ids,
// keys and tokens that must differ from those of any other.
std::vector<Value> values_for(const Statement& statement, std::int64_t n, const std::string& hall_id);

}  // namespace doorstep::bench
