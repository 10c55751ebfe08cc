// A limit per address for one route: tries a minute, as a bucket that refills. Memory is bounded: when it is
// full the oldest half is forgotten.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "api/api.hpp"

namespace doorstep::api {

class Api::Attempts {
 public:
  // True when this try is within the limit.
  bool allow(const Route& route, const std::string& address, Microseconds now);

 private:
  struct Bucket {
    double left = 0;
    Microseconds at{};
  };
  static constexpr std::size_t buckets_max = 50'000;

  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace doorstep::api
