// What stands behind each path: the API, the pages, health, metrics and the API's document.
#pragma once

#include <optional>
#include <string>

#include "app/metrics.hpp"
#include "app/pages.hpp"
#include "app/town.hpp"
#include "http/http.hpp"

namespace doorstep::app {

class Front {
 public:
  Front(Town& town, Metrics& metrics);

  std::optional<http::Response> handle(const http::Request& request, http::Reply& reply);

  // What the server refuses by itself bears the same headers as all else.
  static http::Response refusal(std::string_view code, int status, const http::Request& request);

  void watch(const http::Server& server) { server_ = &server; }

 private:
  std::optional<http::Response> route(const http::Request& request, http::Reply& reply);
  std::optional<http::Response> ready(const http::Request& request, http::Reply& reply);
  http::Response readiness(const http::Request& request, const std::exception_ptr& failure) const;

  Town& town_;
  Metrics& metrics_;
  Pages pages_;
  std::string document_;
  const http::Server* server_ = nullptr;
};

}  // namespace doorstep::app
