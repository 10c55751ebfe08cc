// An officer at the demo hall's first window, for benchmarks that call.
#pragma once

#include <cstdint>
#include <string>

#include "bench/colleague.hpp"

namespace doorstep::bench {

class Desk {
 public:
  explicit Desk(std::uint16_t port);

  const std::string& hall() const { return hall_; }
  void take_ticket();
  // "call-next", "start", "finish"; throws std::runtime_error unless it is done.
  void act(const std::string& action);
  // The same in two steps.
  void send(const std::string& action);
  void receive() { officer_.receive(); }

 private:
  Colleague officer_;
  std::string hall_, window_;
};

}  // namespace doorstep::bench
