// What tests of any room may ask of storage: the plan of a query, and failures on purpose.
//
//   const auto plan = testing::plan(sql, "select id, number from tickets where hall = :hall", {{"hall",
//   hall}}); EXPECT_FALSE(plan.scans("tickets")) << plan.text;
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "storage/fault.hpp"
#include "storage/store.hpp"

namespace doorstep::storage::testing {

struct Plan {
  std::string text;       // as the engine tells it
  std::string statement;  // as it was asked
  Engine engine = Engine::sqlite;
  std::set<std::string> partial_indexes;

  // Whether the query looks at every row of the table. Walking along an index counts
  // too, unless it is a partial index or the statement has a limit: those end where the
  // page ends. On PostgreSQL the planner is told to shun scans, for on a test's small
  // tables it would prefer them; what is left then has no index to use.
  bool scans(std::string_view table) const;
};

Plan plan(Sql& sql, std::string_view statement, Binds binds = {});
// The same, for whoever passes a statement on.
Plan plan_of(Sql& sql, std::string_view statement, std::span<const Bind> binds);

// The `nth` call that the writer makes of the engine from now on fails; 0 calls that off.
void fail_at(Store& store, int nth, Fault fault);
// The failure has not happened yet.
bool failure_waits(Store& store);

// SQLite: the file may not grow past so many pages of 4 KiB, as if the disk were full; 0 makes room again.
void limit_pages(Store& store, std::int64_t pages);

}  // namespace doorstep::storage::testing
