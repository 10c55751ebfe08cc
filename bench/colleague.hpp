// Somebody of the demo town who is signed in, for benchmarks that work through the API.
#pragma once

#include <cstdint>
#include <string>

#include "http/test_client.hpp"

namespace doorstep::bench {

class Colleague {
 public:
  Colleague(std::uint16_t port, const std::string& username);

  // Throws std::runtime_error unless it is done. `headers` end each line with "\r\n".
  http::testing::Answer ask(const std::string& method, const std::string& path, const std::string& body = "",
                            const std::string& headers = "");
  // The same in two steps.
  void send(const std::string& method, const std::string& path, const std::string& body = "",
            const std::string& headers = "");
  http::testing::Answer receive();

 private:
  http::testing::Client client_;
  std::string headers_;
};

}  // namespace doorstep::bench
