#include "http/edge.hpp"

namespace doorstep::http {

std::optional<Admission::Place> Admission::admit(std::uint64_t key) {
  const std::scoped_lock lock(mutex_);
  bool full = proper_ >= most_;
  if (!full && key != 0) {
    const auto found = by_address_.find(key);
    full = found != by_address_.end() && found->second >= most_per_address_;
  }
  if (full) {
    if (spare_ >= spare_places) return std::nullopt;
    ++spare_;
    return Place(this, 0, true);
  }
  if (key != 0) ++by_address_[key];
  ++proper_;
  return Place(this, key, false);
}

std::size_t Admission::open() const {
  const std::scoped_lock lock(mutex_);
  return proper_ + spare_;
}

void Admission::release(const Place& place) {
  const std::scoped_lock lock(mutex_);
  if (place.spare_) {
    --spare_;
    return;
  }
  --proper_;
  if (place.key_ == 0) return;
  const auto found = by_address_.find(place.key_);
  if (--found->second == 0) by_address_.erase(found);
}

Edge::Edge(Options its_options, Handler its_handler, Refusal its_refusal)
    : options(std::move(its_options)),
      handler(std::move(its_handler)),
      refusal(std::move(its_refusal)),
      proxies(options.trusted_proxies),
      rate(options.limits.requests_per_second_per_address, options.limits.burst_per_address),
      admission(options.limits.connections, options.limits.connections_per_address) {}

}  // namespace doorstep::http
