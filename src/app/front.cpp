#include "app/front.hpp"

#include "base/log.hpp"

namespace doorstep::app {

namespace {

http::Response text(int status, std::string body, std::string type = "text/plain; charset=utf-8") {
  http::Response response;
  response.status = status;
  response.content_type = std::move(type);
  response.body = std::move(body);
  response.headers.push_back({"cache-control", "no-store"});
  return response;
}

// More than this behind what was recorded, and somebody has set the machine's clock back.
constexpr Microseconds clock_behind_most = std::chrono::seconds{60};

bool is_read(const http::Request& request) {
  return request.method == http::Method::get || request.method == http::Method::head;
}

}  // namespace

Front::Front(Town& town, Metrics& metrics)
    : town_(town), metrics_(metrics), pages_(built_pages()), document_(town.api().document()) {}

std::optional<http::Response> Front::handle(const http::Request& request, http::Reply& reply) {
  const bool secure = request.secure;
  // An answer that comes later passes here, too.
  reply = [later = std::move(reply), secure](http::Response&& response) mutable {
    add_security_headers(response, secure);
    later(std::move(response));
  };
  auto response = route(request, reply);
  if (response) add_security_headers(*response, secure);
  return response;
}

std::optional<http::Response> Front::route(const http::Request& request, http::Reply& reply) {
  const auto path = request.path;
  if (path.starts_with("/api/") && path != "/api/openapi.json") return town_.api().handle(request, reply);
  if (!is_read(request)) return api::Api::refusal("method_not_allowed", 0, request);
  if (path == "/health/live") return text(200, "live\n");
  if (path == "/health/ready") return ready(request, reply);
  if (path == "/metrics") {
    return text(200, metrics_.text(server_->counts(), town_.journal().store().counts(), town_.journal()),
                "text/plain; version=0.0.4; charset=utf-8");
  }
  if (path == "/api/openapi.json") return text(200, document_, "application/json");
  if (auto page = pages_.find(request)) return page;
  return api::Api::refusal("not_found", 0, request);
}

// On PostgreSQL the answer may be long in coming, and this thread has others to serve.
std::optional<http::Response> Front::ready(const http::Request& request, http::Reply& reply) {
  town_.journal().read(
      [](Snapshot& snapshot, Instant) {
        snapshot.value<std::int64_t>("select seq from journal_head where one = 1");
      },
      [this, &request, answer = std::move(reply)](const std::exception_ptr& failure) mutable {
        answer(readiness(request, failure));
      });
  return std::nullopt;
}

http::Response Front::readiness(const http::Request& request, const std::exception_ptr& failure) const {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& why) {
    log_error("not_ready", {{"why", why.what()}});
    return api::Api::refusal("storage_unavailable", 0, request);
  }
  const auto behind = town_.journal().clock_behind();
  if (behind > clock_behind_most) {
    return text(200, "ready; the machine's clock is behind what was already recorded\n");
  }
  return text(200, "ready\n");
}

http::Response Front::refusal(std::string_view code, int status, const http::Request& request) {
  auto response = api::Api::refusal(code, status, request);
  add_security_headers(response, request.secure);
  return response;
}

}  // namespace doorstep::app
