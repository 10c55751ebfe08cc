// A closed-loop HTTP load: every connection sends its next request when the last one is answered. One thread
// with epoll, small enough that the server, not this, is what is measured.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace doorstep::bench {

struct LoadResult {
  std::uint64_t requests = 0;  // answered
  std::uint64_t not_ok = 0;    // of them, with a status other than 2xx
  std::uint64_t broken = 0;    // connections that ended or sent what is no answer
  double seconds = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  double per_second() const { return seconds > 0 ? static_cast<double>(requests) / seconds : 0; }
};

// The whole request, head and body, for the n-th request on a connection (both from 0).
using MakeRequest = std::function<std::string(std::size_t connection, std::size_t n)>;

// Against 127.0.0.1. Throws std::system_error when it cannot
// connect. `connections` at most what the process may open.
LoadResult run_load(std::uint16_t port, std::size_t connections, std::chrono::milliseconds duration,
                    const MakeRequest& make_request);

}  // namespace doorstep::bench
