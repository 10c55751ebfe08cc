#include "bench/sheets.hpp"

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sheets/xlsx.hpp"

namespace doorstep::bench {

namespace {

constexpr int rows = 50'000;
constexpr int columns = 12;

sheets::NewSheet large_sheet() {
  sheets::NewSheet sheet{.name = "名单", .columns = {}, .rows = {}};
  for (int column = 0; column < columns; ++column) sheet.columns.push_back({fmt::format("第 {} 列", column)});
  for (int row = 0; row < rows; ++row) {
    std::vector<std::string> cells;
    for (int column = 0; column < columns; ++column) cells.push_back(fmt::format("示例{}-{}", row, column));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// In a process of its own, so that the most it ever held is its own, too.
double megabytes_of(const std::function<void()>& work) {
  malloc_trim(0);  // what was freed before is no room to work in
  const auto child = fork();
  if (child < 0) throw std::runtime_error("no process to measure in");
  if (child == 0) {
    try {
      work();
      _exit(0);
    } catch (...) {
      _exit(1);
    }
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) != child || status != 0)
    throw std::runtime_error("the measured work failed");
  return static_cast<double>(used.ru_maxrss) / 1024;
}

Row row(std::string name, double value, std::string unit, std::string goal) {
  return {.name = std::move(name),
          .value = value,
          .unit = std::move(unit),
          .limit = {},
          .ratio = {},
          .goal = std::move(goal)};
}

}  // namespace

std::vector<Row> large_sheets() {
  std::string bytes;
  const auto written = seconds_of([&] { bytes = sheets::write_xlsx(large_sheet()); });
  const auto read = [&] {
    if (sheets::read_xlsx(bytes, {.limits = {.bytes_max = bytes.size()}}).rows.size() != rows)
      throw std::runtime_error("rows are missing");
  };
  const auto before = megabytes_of([] {});
  return {row("xlsx read 50,000 rows of 12 columns", seconds_of(read), "s", "<4"),
          row("memory of reading it, beside the file", megabytes_of(read) - before, "MB", "<150"),
          row("xlsx write 50,000 rows of 12 columns", written, "s", "<4")};
}

}  // namespace doorstep::bench
