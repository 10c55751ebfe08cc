#include "api/attempts.hpp"

#include <algorithm>
#include <vector>

namespace doorstep::api {

bool Api::Attempts::allow(const Route& route, const std::string& address, Microseconds now) {
  const double most = route.rules.attempts_per_minute;
  if (most <= 0) return true;
  const std::lock_guard lock{mutex_};
  if (buckets_.size() >= buckets_max) {
    std::vector<Microseconds> ages;
    ages.reserve(buckets_.size());
    for (const auto& [unused, bucket] : buckets_) ages.push_back(bucket.at);
    std::ranges::nth_element(ages, ages.begin() + std::ssize(ages) / 2);
    const auto middle = ages[ages.size() / 2];
    std::erase_if(buckets_, [&](const auto& entry) { return entry.second.at <= middle; });
  }
  auto [entry, fresh] = buckets_.try_emplace(route.name + ' ' + address, Bucket{most, now});
  auto& bucket = entry->second;
  if (!fresh) {
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.at).count();
    bucket.left = std::min(most, bucket.left + minutes * most);
    bucket.at = now;
  }
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

}  // namespace doorstep::api
