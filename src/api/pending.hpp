// A request on its way through the table. Owns all that outlives the request's own bytes.
#pragma once

#include <any>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "api/api.hpp"
#include "journal/answers.hpp"

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
  std::string file;  // a body that is no JSON
  std::string key;   // the idempotency key
  std::string body_hash;
  std::string if_none_match;
  std::optional<std::int64_t> last_event;
  std::string paired_token;  // of a device that listens
  std::optional<Cookie> new_device;
  Answered answered;

  // Under what the answer is kept: by the session, or else the device.
  answers::Key kept_under(std::string scope) const;
  answers::Key kept_under() const;
  // Whether the answer was given before under that key; then it is given again.
  bool answered_before(Snapshot& snapshot, const answers::Key& as, Instant at);

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
