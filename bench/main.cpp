// doorstep_bench [NAME] [--json FILE] [--rebuild]: measures, beside a limit that is measured in the same run.
// NAME is a group or one benchmark; --rebuild also times the build, which takes minutes. The JSON is what
// ./dev bench reads.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "base/json.hpp"
#include "bench/case_reads.hpp"
#include "bench/edges.hpp"
#include "bench/name_search.hpp"
#include "bench/people.hpp"
#include "bench/sheet_import.hpp"
#include "bench/sheets.hpp"

namespace {

using namespace doorstep::bench;

struct Benchmark {
  std::string_view group, name;
  std::function<std::vector<Row>()> run;
  bool needs_postgres = false;
};

std::vector<Benchmark> all_benchmarks(bool rebuild) {
  const auto one = [](Row (*measure)()) { return [measure] { return std::vector<Row>{measure()}; }; };
  std::vector<Benchmark> all{
      {"edges", "empty", one(empty_answer)},
      {"edges", "queue", one(queue_state)},
      {"edges", "tickets", one(ticket_on_sqlite)},
      {"edges", "tickets-postgres", one(ticket_on_postgres), true},
      {"edges", "streams", one(call_to_streams)},
      {"edges", "start", one(first_answer)},
      {"edges", "memory", one(idle_memory)},
      {"people", "permission", one(permission_check)},
      {"people", "sheets", large_sheets},
      {"people", "import", sheet_import_on_sqlite},
      {"people", "import-postgres", sheet_import_on_postgres, true},
      {"people", "names", one(name_search_on_sqlite)},
      {"people", "names-postgres", one(name_search_on_postgres), true},
      {"cases", "case-reads", case_reads_on_sqlite},
      {"cases", "case-reads-postgres", case_reads_on_postgres, true},
  };
  if (rebuild) all.push_back({"edges", "rebuild", rebuilds});
  return all;
}

void print(const Row& row) {
  fmt::print("{}: {:.4g} {}", row.name, row.value, row.unit);
  if (row.limit) fmt::print(", limit {:.4g}, ratio {:.3f}", *row.limit, *row.ratio);
  if (!row.goal.empty()) fmt::print(", goal {}", row.goal);
  fmt::print("\n");
  std::fflush(stdout);
}

int run(std::span<char*> words) {
  std::string name, json;
  bool rebuild = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word{words[i]};
    if (word == "--json" && i + 1 < words.size()) {
      json = words[++i];
    } else if (word == "--rebuild") {
      rebuild = true;
    } else if (word.starts_with("-") || !name.empty()) {
      fmt::print(stderr, "doorstep_bench [NAME] [--json FILE] [--rebuild]\n");
      return 2;
    } else {
      name = word;
    }
  }
  Rows all;
  for (const auto& benchmark : all_benchmarks(rebuild)) {
    if (!name.empty() && name != benchmark.group && name != benchmark.name) continue;
    if (benchmark.needs_postgres && std::getenv("DOORSTEP_TEST_PG") == nullptr) {
      fmt::print(stderr, "{} is not measured: DOORSTEP_TEST_PG names no PostgreSQL\n", benchmark.name);
      continue;
    }
    for (auto& row : benchmark.run()) {
      print(row);
      all.rows.push_back(std::move(row));
    }
  }
  if (!json.empty()) std::ofstream{json} << doorstep::write_json(all) << '\n';
  return all.rows.empty() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::span{argv, static_cast<std::size_t>(argc)}.subspan(1));
  } catch (const std::exception& wrong) {
    fmt::print(stderr, "doorstep_bench: {}\n", wrong.what());
    return 1;
  }
}
