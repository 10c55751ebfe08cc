// What a benchmark measured, and how it is told: one row a figure.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/describe/class.hpp>

namespace doorstep::bench {

struct Row {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> limit;  // measured in the same run
  std::optional<double> ratio;  // of the two
  std::string goal;             // of the ratio where there is one, else of the value
};
BOOST_DESCRIBE_STRUCT(Row, (), (name, value, unit, limit, ratio, goal))

struct Rows {
  std::vector<Row> rows;
};
BOOST_DESCRIBE_STRUCT(Rows, (), (rows))

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Measures ours and the limit in turn, so that what else the machine does burdens both; the medians, and the
// median of the ratios of each turn.
inline Row against_limit(Row row, int turns, const std::function<double()>& ours,
                         const std::function<double()>& limit) {
  std::vector<double> values, limits, ratios;
  for (int turn = 0; turn < turns; ++turn) {
    // Each goes first as often as the other.
    const bool ours_first = turn % 2 == 0;
    if (ours_first) values.push_back(ours());
    limits.push_back(limit());
    if (!ours_first) values.push_back(ours());
    ratios.push_back(values.back() / limits.back());
  }
  row.value = median(values);
  row.limit = median(limits);
  row.ratio = median(ratios);
  return row;
}

}  // namespace doorstep::bench
