#include "app/front.hpp"

#include <atomic>
#include <memory>

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

// Those who watch the process ask it by whatever name they have for it.
bool is_watched(std::string_view path) { return path.starts_with("/health/") || path == "/metrics"; }

// What one question to every town comes to: the answer is given when the last of them has spoken.
class AllReady {
 public:
  AllReady(std::size_t towns, http::Response unready, http::Reply reply)
      : left_(towns), unready_(std::move(unready)), reply_(std::move(reply)) {}

  void heard_of(const ServedTown& served, const std::exception_ptr& failure) {
    note(served, failure);
    if (--left_ > 0) return;
    if (failed_) return reply_(std::move(unready_));
    reply_(text(
        200, clock_behind_ ? "ready; the machine's clock is behind what was already recorded\n" : "ready\n"));
  }

 private:
  void note(const ServedTown& served, const std::exception_ptr& failure) {
    try {
      if (failure) std::rethrow_exception(failure);
      if (served.town->journal().clock_behind() > clock_behind_most) clock_behind_ = true;
    } catch (const std::exception& why) {
      log_error("not_ready", {{"town", served.name}, {"why", why.what()}});
      failed_ = true;
    }
  }

  std::atomic<std::size_t> left_;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> clock_behind_ = false;
  http::Response unready_;
  http::Reply reply_;
};

bool is_read(const http::Request& request) {
  return request.method == http::Method::get || request.method == http::Method::head;
}

}  // namespace

Front::Front(const Towns& towns, Metrics& metrics)
    : towns_(towns),
      metrics_(metrics),
      pages_(built_pages()),
      document_(towns.all().front().town->api().document()) {}

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
  if (is_watched(path)) return watched(request, reply);
  auto* town = towns_.find(request.header("host"));
  if (town == nullptr) return api::Api::refusal("no_such_town", 0, request);
  if (path.starts_with("/api/") && path != "/api/openapi.json") return town->api().handle(request, reply);
  if (!is_read(request)) return api::Api::refusal("method_not_allowed", 0, request);
  if (path == "/api/openapi.json") return text(200, document_, "application/json");
  if (auto page = pages_.find(request)) return page;
  return api::Api::refusal("not_found", 0, request);
}

std::optional<http::Response> Front::watched(const http::Request& request, http::Reply& reply) {
  if (!is_read(request)) return api::Api::refusal("method_not_allowed", 0, request);
  if (request.path == "/health/live") return text(200, "live\n");
  if (request.path == "/health/ready") return ready(request, reply);
  if (request.path == "/metrics") {
    return text(200, metrics_.text(server_->counts(), towns_.counts()),
                "text/plain; version=0.0.4; charset=utf-8");
  }
  return api::Api::refusal("not_found", 0, request);
}

// On PostgreSQL the answers may be long in coming, and this thread has others to serve.
std::optional<http::Response> Front::ready(const http::Request& request, http::Reply& reply) {
  const auto towns = towns_.all();
  const auto all = std::make_shared<AllReady>(
      towns.size(), api::Api::refusal("storage_unavailable", 0, request), std::move(reply));
  for (const auto& served : towns) {
    served.town->journal().read(
        [](Snapshot& snapshot, Instant) {
          snapshot.value<std::int64_t>("select seq from journal_head where one = 1");
        },
        [all, &served](const std::exception_ptr& failure) { all->heard_of(served, failure); });
  }
  return std::nullopt;
}

http::Response Front::refusal(std::string_view code, int status, const http::Request& request) {
  auto response = api::Api::refusal(code, status, request);
  add_security_headers(response, request.secure);
  return response;
}

}  // namespace doorstep::app
