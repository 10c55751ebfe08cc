// The limit that our HTTP edge is measured against: Beast and nothing else, on as many threads, with answers
// of the same size. No limits, no timeouts, no ids, no order to end. Never for anything but measuring.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace doorstep::bench {

class BareHello {
 public:
  // Starts at once on a free port of 127.0.0.1.
  BareHello(unsigned threads, std::string body);
  ~BareHello();
  BareHello(const BareHello&) = delete;
  BareHello& operator=(const BareHello&) = delete;

  std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace doorstep::bench
