#include "http/rate_limit.hpp"

#include <algorithm>
#include <bit>
#include <random>

namespace doorstep::http {

namespace {

std::uint64_t mixed(std::uint64_t value) {  // the finisher of splitmix64
  value ^= value >> 30U;
  value *= 0xbf58'476d'1ce4'e5b9U;
  value ^= value >> 27U;
  value *= 0x94d0'49bb'1331'11ebU;
  return value ^ value >> 31U;
}

}  // namespace

RateLimiter::RateLimiter(double per_second, double burst, std::size_t addresses) {
  if (per_second <= 0) return;
  constexpr double second = 1e9;
  constexpr double year = 3600.0 * 24 * 365 * second;
  token_nanoseconds_ = static_cast<std::int64_t>(std::clamp(second / per_second, 1.0, year));
  const auto depth = std::clamp(std::max(burst, 1.0) * static_cast<double>(token_nanoseconds_), 1.0, year);
  burst_nanoseconds_ = std::max(static_cast<std::int64_t>(depth), token_nanoseconds_);
  std::random_device random;
  seed_ = std::uint64_t{random()} << 32U | random();
  rows_.resize(std::bit_ceil(std::max<std::size_t>(addresses / row_buckets, 1)));
}

std::chrono::nanoseconds RateLimiter::take(std::uint64_t key, TimePoint now) {
  if (rows_.empty()) return std::chrono::nanoseconds{0};
  const auto at = std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
  const auto place = mixed(key ^ seed_) & (rows_.size() - 1);
  auto& row = rows_[place];
  const std::scoped_lock lock(mutexes_[place % locks]);

  auto bucket = std::ranges::find(row, key, &Bucket::key);
  if (bucket == row.end()) {
    bucket = std::ranges::min_element(row, {}, &Bucket::full_at);
    bucket->key = key;
    bucket->full_at = at;
  }
  const auto full_at = std::max(bucket->full_at, at) + token_nanoseconds_;
  const auto missing = full_at - at - burst_nanoseconds_;
  if (missing > 0) return std::chrono::nanoseconds{missing};
  bucket->full_at = full_at;
  return std::chrono::nanoseconds{0};
}

}  // namespace doorstep::http
