// How often one address may ask: a token bucket per address, in a table of fixed size.
//
// A bucket is one instant, the time at which it will be full again, so that a forgotten bucket and a full one
// are the same thing. When a row of the table is crowded, the fullest bucket is forgotten: a flood of
// addresses can give a few of them a fresh burst, but never costs memory.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <vector>

namespace doorstep::http {

class RateLimiter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // `per_second` 0 (or less) lets everything pass. `addresses` is how many are remembered at most, roughly.
  RateLimiter(double per_second, double burst, std::size_t addresses = 65'536);

  // Takes one token of that key (never 0). Zero when it was there, otherwise the time until there is one.
  // From any thread.
  std::chrono::nanoseconds take(std::uint64_t key, TimePoint now);

 private:
  static constexpr std::size_t row_buckets = 8;
  static constexpr std::size_t locks = 64;
  struct Bucket {
    std::uint64_t key = 0;
    std::int64_t full_at = 0;  // nanoseconds of the steady clock
  };
  using Row = std::array<Bucket, row_buckets>;

  std::int64_t token_nanoseconds_ = 0;
  std::int64_t burst_nanoseconds_ = 0;
  std::uint64_t seed_ = 0;  // secret, so that nobody can aim many addresses at one row
  std::vector<Row> rows_;
  std::array<std::mutex, locks> mutexes_;
};

}  // namespace doorstep::http
