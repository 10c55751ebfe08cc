// Writing: a ticket over HTTP, acknowledged when it is durable, beside the same statements alone.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "app/town.hpp"
#include "bench/bare_sqlite.hpp"
#include "bench/bench_town.hpp"
#include "bench/edges.hpp"
#include "bench/load.hpp"
#include "bench/pgbench.hpp"
#include "bench/recorded.hpp"

namespace doorstep::bench {

namespace {

constexpr int turns = 5;
constexpr std::size_t connections = 128;
static_assert(connections == lines, "each connection has a line of its own");

double tickets_a_second(const BenchTown& town) {
  const auto before = town.counts();
  const auto result =
      run_load(town.port(), connections, std::chrono::milliseconds{3'000},
               [&](std::size_t connection, std::size_t) { return town.ticket_request(connection); });
  if (result.not_ok + result.broken > 0) throw std::runtime_error("a ticket was refused");
  const auto after = town.counts();
  std::fprintf(stderr, "   %.0f tickets/s, p50 %.1f ms, p99 %.1f ms, %.1f commands a commit\n",
               result.per_second(), result.p50_ms, result.p99_ms,
               static_cast<double>(after.commands - before.commands) /
                   static_cast<double>(after.batches - before.batches));
  return result.per_second();
}

Row ticket_row(const std::string& engine) {
  return {.name = "a durable ticket over HTTP, " + engine + ", 128 connections",
          .value = 0,
          .unit = "tickets/s",
          .limit = {},
          .ratio = {},
          .goal = ">=0.5"};
}

TicketStatements record(const BenchTown& town) {
  return record_ticket(town.config(), town.ticket_request(0), town.ticket_request(0));
}

std::vector<BareStatement> bare(const std::vector<Statement>& statements, std::int64_t n,
                                const std::vector<std::string>& hall_ids) {
  const auto line = static_cast<std::size_t>(n) % lines;
  std::vector<BareStatement> made;
  for (const auto& statement : statements) {
    made.push_back({statement.text, values_for(statement, n, hall_ids.at(line / std::size(groups)))});
  }
  return made;
}

}  // namespace

Row ticket_on_sqlite() {
  const BenchTown town{storage::Engine::sqlite, 0};
  const auto statements = record(town);
  const Folder folder;
  int copies = 0;
  const auto limit = [&] {
    // On a copy of the town as it is by now, so that both work on as many rows.
    const auto path = (folder.path() / std::to_string(++copies)).string();
    storage::back_up(*app::open_town_store(town.config()), path);
    BareRun run{.path = path,
                .command = [&](std::int64_t n) { return bare(statements.ticket, n, town.hall_ids()); },
                .opening = bare(statements.opening, 0, town.hall_ids()),
                .closing = bare(statements.closing, 1'000'000'000, town.hall_ids())};
    return bare_sqlite(run);
  };
  return against_limit(ticket_row("SQLite"), turns, [&] { return tickets_a_second(town); }, limit);
}

Row ticket_on_postgres() {
  const BenchTown town{storage::Engine::postgres, 0};
  const auto statements = record(town);
  std::int64_t first = 2'000'000'000;
  const auto limit = [&] {
    first += 10'000'000;
    return pgbench(
        {.server = std::getenv("DOORSTEP_TEST_PG"), .schema = town.config().schema, .first = first},
        statements, town.hall_ids());
  };
  return against_limit(ticket_row("PostgreSQL"), turns, [&] { return tickets_a_second(town); }, limit);
}

}  // namespace doorstep::bench
