// A town to measure on: the demo town and enough halls beside it that no line
// grows long, served by the program's own parts in this process, without the
// limits that keep a single address from doing what a benchmark does.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "bench/folder.hpp"
#include "storage/store.hpp"

namespace doorstep::bench {

inline constexpr std::size_t halls = 32;
inline constexpr std::string_view groups[] = {"A", "B", "C", "D"};
inline constexpr std::size_t lines = halls * std::size(groups);

// The body of the answer to /api/bench/empty, a route that only benchmarks have.
inline constexpr std::string_view empty_path = "/api/bench/empty";
inline constexpr std::string_view empty_body = R"({"ok":true})";

// A town of this process alone. PostgreSQL: at DOORSTEP_TEST_PG, in a schema that `drop_town` takes away.
app::Config config_on(storage::Engine engine, const Folder& folder);
void drop_town(const app::Config& config);

class BenchTown {
 public:
  // `threads` serve HTTP.
  BenchTown(storage::Engine engine, unsigned threads);
  ~BenchTown();
  BenchTown(const BenchTown&) = delete;
  BenchTown& operator=(const BenchTown&) = delete;

  std::uint16_t port() const;
  storage::Counts counts() const;
  const app::Config& config() const { return config_; }
  std::string database_url() const { return config_.database_url(); }

  // "hl_…", in the order of their lines: line n is of hall n / 4 and group n % 4.
  const std::vector<std::string>& hall_ids() const { return hall_ids_; }
  // The whole request for a ticket in a line, each time from a browser of its own.
  std::string ticket_request(std::size_t line, std::string_view key = {}) const;

 private:
  struct Serving;

  void add_halls();

  Folder folder_;
  app::Config config_;
  std::vector<std::string> hall_ids_;
  std::unique_ptr<Serving> serving_;
};

}  // namespace doorstep::bench
