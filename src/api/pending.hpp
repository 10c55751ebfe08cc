// A request on its way through the table. Owns all that outlives the request's own bytes.
#pragma once

#include <any>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "api/api.hpp"

namespace doorstep::api {

struct Api::Pending {
  explicit Pending(std::shared_ptr<Underway> underway) : token(std::move(underway)) {}

  Underway::Token token;  // first: all else goes before it
  const Endpoint* endpoint = nullptr;
  std::string method;
  Caller caller;
  Credentials credentials;
  std::any wish;
  std::any prepared;
  std::string key;  // the idempotency key
  std::string body_hash;
  std::string if_none_match;
  std::optional<std::int64_t> last_event;
  std::string paired_token;  // of a device that listens
  std::optional<Cookie> new_device;
  Answered answered;
  int statements = 0;   // that the command or query ran
  bool secure = false;  // cookies are marked Secure
  Microseconds started{};

  // An answer found while the handler still runs is returned; a
  // later one, from another thread, goes by `reply`.
  std::thread::id home = std::this_thread::get_id();
  bool inside = true;                   // only read and written on the home thread
  std::optional<http::Response> ready;  // likewise
  http::Reply reply;
};

}  // namespace doorstep::api
