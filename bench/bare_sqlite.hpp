// The limit for our commands: the same statements in SQLite alone, with nothing around them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/statement.hpp"

namespace doorstep::bench {

struct BareStatement {
  std::string_view sql;  // with `?1`, `?2`, …; lives as long as the run
  std::vector<Value> values;
};

struct BareRun {
  std::string path;  // a database that is there, with its tables
  // The statements of the `n`th command (0, 1, …), and of each batch before and after its commands; made
  // while the clock stands. The same texts must come again, for they are prepared once.
  std::function<std::vector<BareStatement>(std::int64_t n)> command;
  std::vector<BareStatement> opening, closing;
  int batch = 64;  // commands a commit (WAL, synchronous = FULL)
  std::chrono::milliseconds time{3'000};
};

// Commands a second. Throws std::runtime_error when SQLite complains.
double bare_sqlite(const BareRun& run);

}  // namespace doorstep::bench
