// An officer at the demo hall's first window, for benchmarks that call.
#pragma once

#include <cstdint>
#include <string>

#include "http/test_client.hpp"

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
  void receive();

 private:
  http::testing::Answer ask(const std::string& method, const std::string& path, const std::string& body = "");
  std::string request(const std::string& method, const std::string& path, const std::string& body) const;

  http::testing::Client client_;
  std::string hall_, window_, headers_;
};

}  // namespace doorstep::bench
