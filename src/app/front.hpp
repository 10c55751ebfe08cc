// What stands behind each path: the API, the pages, health, metrics and the API's document.
#pragma once

#include <atomic>
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

  void watch(const http::Server& server) { server_ = &server; }
  void begin_stop() { stopping_ = true; }

 private:
  std::optional<http::Response> route(const http::Request& request, http::Reply& reply);
  http::Response ready(const http::Request& request);

  Town& town_;
  Metrics& metrics_;
  Pages pages_;
  std::string document_;
  const http::Server* server_ = nullptr;
  std::atomic<bool> stopping_ = false;
};

}  // namespace doorstep::app
