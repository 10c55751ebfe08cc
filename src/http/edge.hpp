// What all connections of a server share.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "http/address.hpp"
#include "http/http.hpp"
#include "http/rate_limit.hpp"
#include "http/tls.hpp"

namespace doorstep::http {

// How many connections are open, in all and per address.
class Admission {
 public:
  Admission(std::size_t most, std::size_t most_per_address)
      : most_(most), most_per_address_(most_per_address) {}

  // A place for a connection, given back by its destruction.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), key_(other.key_), spare_(other.spare_) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (admission_ != nullptr) admission_->release(*this);
    }
    // There is no proper place: the connection lives just long enough to be told 503.
    bool spare() const { return spare_; }

   private:
    friend class Admission;
    Place(Admission* admission, std::uint64_t key, bool spare)
        : admission_(admission), key_(key), spare_(spare) {}
    Admission* admission_ = nullptr;
    std::uint64_t key_ = 0;  // 0: not counted per address
    bool spare_ = false;
  };

  // Nothing when even the spare places are taken: then the connection is closed without a word.
  // `key` 0 counts only in all (a trusted proxy brings many people from one address).
  std::optional<Place> admit(std::uint64_t key);

  std::size_t open() const;

 private:
  static constexpr std::size_t spare_places = 64;

  void release(const Place& place);

  const std::size_t most_;
  const std::size_t most_per_address_;
  mutable std::mutex mutex_;
  std::size_t proper_ = 0;
  std::size_t spare_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> by_address_;
};

struct Edge {
  Edge(Options its_options, Handler its_handler, Refusal its_refusal);

  const Options options;
  const Handler handler;
  const Refusal refusal;
  const ProxyList proxies;
  RateLimiter rate;
  Admission admission;
  std::optional<TlsStore> tls;  // filled by start
  std::atomic<bool> shutting_down{false};
  std::atomic<std::size_t> body_bytes{0};  // bodies held at the moment, in all
};

}  // namespace doorstep::http
