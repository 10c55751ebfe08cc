// The limit for our commands: the same statements in SQLite alone, with nothing around them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace doorstep::bench {

struct BareStatement {
  std::string sql;  // with `?1`, `?2`, …
  std::vector<std::variant<std::int64_t, double, std::string>> values;
};

struct BareRun {
  std::string path;                 // a new file
  std::vector<std::string> schema;  // run once, before the clock starts
  // The statements of the `n`th command (0, 1, …). The same texts must come again, for they are prepared once.
  std::function<std::vector<BareStatement>(std::int64_t n)> command;
  int batch = 64;  // commands a commit (WAL, synchronous = FULL)
  std::chrono::milliseconds time{3'000};
};

// Commands a second. Throws std::runtime_error when SQLite complains.
double bare_sqlite(const BareRun& run);

}  // namespace doorstep::bench
