// What the program counts, for Prometheus. Labels are few and
// bounded: routes by name, never paths, never people. Requests are summed over all towns, for routes times
// towns would be many; what each town's store counts bears the label `town`, where there is more than one.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "api/api.hpp"
#include "http/http.hpp"

namespace doorstep::app {

// What a town counts by itself.
struct TownCounts {
  std::string town;  // empty: the only one, without a label
  storage::Counts store;
  Microseconds clock_behind{};
  bool calendar_missing = false;
};

class Metrics {
 public:
  Metrics();

  void observe(const api::Observed& observed);
  // The text for /metrics, with what the server and the towns count by themselves.
  std::string text(const http::Counts& server, const std::vector<TownCounts>& towns);

 private:
  // What is counted of one route; made once and found without a lookup of labels.
  struct RouteCounts {
    prometheus::Histogram* seconds = nullptr;
    std::array<prometheus::Counter*, 6> by_class{};  // 1xx … 5xx
  };
  RouteCounts& counts_of(const std::string& route);
  void set(const std::string& name, const std::string& help, double value, const prometheus::Labels& of = {});
  void count_up(const std::string& name, const std::string& help, double total,
                const prometheus::Labels& of = {});
  void add_town(const TownCounts& counts);

  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  std::mutex mutex_;
  std::map<std::string, RouteCounts, std::less<>> routes_;
};

}  // namespace doorstep::app
