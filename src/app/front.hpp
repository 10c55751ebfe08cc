// What stands behind each path: the API, the pages and the API's document of the town that the request's host
// names; health and metrics, of all towns and under any host.
#pragma once

#include <optional>
#include <string>

#include "app/metrics.hpp"
#include "app/pages.hpp"
#include "app/towns.hpp"
#include "http/http.hpp"

namespace doorstep::app {

class Front {
 public:
  Front(const Towns& towns, Metrics& metrics);

  std::optional<http::Response> handle(const http::Request& request, http::Reply& reply);

  // What the server refuses by itself bears the same headers as all else.
  static http::Response refusal(std::string_view code, int status, const http::Request& request);

  void watch(const http::Server& server) { server_ = &server; }

 private:
  std::optional<http::Response> route(const http::Request& request, http::Reply& reply);
  std::optional<http::Response> watched(const http::Request& request, http::Reply& reply);
  std::optional<http::Response> ready(const http::Request& request, http::Reply& reply);

  const Towns& towns_;
  Metrics& metrics_;
  Pages pages_;
  std::string document_;
  const http::Server* server_ = nullptr;
};

}  // namespace doorstep::app
