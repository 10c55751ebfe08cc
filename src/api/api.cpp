#include "api/api.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json/serialize.hpp>

#include "api/attempts.hpp"
#include "api/input.hpp"
#include "api/pending.hpp"
#include "base/ascii.hpp"
#include "base/crypto.hpp"
#include "base/function_ref.hpp"
#include "base/key_ring.hpp"
#include "base/limits.hpp"
#include "base/log.hpp"
#include "base/monotonic.hpp"
#include "base/problem.hpp"

namespace doorstep::api {

namespace {

constexpr std::string_view session_cookie = "doorstep_session";
// Another one: a member of staff may be a resident, too, in the same browser.
constexpr std::string_view resident_cookie = "doorstep_resident";
// And one more: a colleague signs in on a tablet that is paired.
constexpr std::string_view paired_cookie = "doorstep_paired";
constexpr std::string_view device_cookie = "doorstep_device";
constexpr long long device_cookie_seconds = 400LL * 24 * 3600;  // the longest that browsers keep
constexpr std::size_t work_queue_max = 256;
constexpr std::size_t waiting_queue_max = 64;  // more would be answered after their browsers have given up

std::string hashed(const KeyRing& keys, std::string_view purpose, std::string_view text) {
  return text.empty() ? std::string{} : keys.keyed_hash(purpose, text);
}

// A browser's name, given with its first write and made from that write's key: sent again, because the answer
// was lost or came too late, it is the same browser's, with the cookie or still without.
std::string first_device(const KeyRing& keys, const std::string& idempotency_key, const std::string& remote) {
  return keys.keyed_hash("first device", idempotency_key + ' ' + remote).substr(0, token_chars);
}

std::string in_small_letters(std::string_view host) {
  std::string text{host};
  for (auto& c : text) c = lower(c);
  return text;
}

std::string_view cookie_of(const Who& who) {
  if (who.is_resident || who.knows_resident) return resident_cookie;
  return who.is_device ? paired_cookie : session_cookie;
}

// What anyone may do does not fail for a session that has ended meanwhile: then nobody is known.
void if_it_holds(FunctionRef<void()> sign_in_as) {
  try {
    sign_in_as();
  } catch (const Problem&) {
    return;
  }
}

bool is_idempotency_key(std::string_view key) {
  return key.size() >= idempotency_key_min && key.size() <= idempotency_key_max &&
         std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Api::Api(Journal& journal, Feed& feed, ApiOptions options)
    : journal_(journal),
      feed_(feed),
      options_(std::move(options)),
      attempts_(std::make_unique<Attempts>()),
      underway_(std::make_shared<Underway>()),
      pool_(options_.work_threads, work_queue_max),
      waiting_pool_(options_.waiting_threads, waiting_queue_max) {}

// The store may still be at work with what the last requests wanted.
Api::~Api() { underway_->wait_until_none(); }

void Api::topic(std::string kind, std::vector<std::string> problems, TopicResolver resolver) {
  topics_.emplace(std::move(kind), TopicKind{std::move(problems), std::move(resolver)});
}

std::vector<std::string> Api::topics() const {
  std::vector<std::string> kinds;
  for (const auto& [kind, topic] : topics_) kinds.push_back(kind);
  return kinds;
}

void Api::authenticate_with(Authenticator staff, ResidentAuthenticator residents,
                            DeviceAuthenticator devices) {
  authenticator_ = std::move(staff);
  resident_authenticator_ = std::move(residents);
  device_authenticator_ = std::move(devices);
}
void Api::reach_with(ReachSource reach) { reach_ = std::move(reach); }
void Api::zone_with(ZoneSource zone) { zone_ = std::move(zone); }

Staff Api::authenticate(Snapshot& snapshot, const Credentials& credentials, Instant at) const {
  auto staff = authenticator_(snapshot, credentials, at);
  if (reach_) staff.reach = reach_(snapshot);
  return staff;
}

std::size_t Api::body_bytes_max(std::string_view path) const {
  const auto* route = route_for("POST", path);
  return route == nullptr || route->rules.takes.empty() ? doorstep::body_bytes_max
                                                        : route->rules.body_bytes_max;
}

const Route* Api::route_for(std::string_view method, std::string_view path) const {
  const auto found = router_.find(method, path);
  return found.method_known ? endpoints_[found.target]->route : nullptr;
}

std::optional<http::Response> Api::handle(const http::Request& request, http::Reply& reply) {
  const auto started = monotonic_now();
  const auto found = router_.find(request.method_text, request.path);
  if (!found.method_known) {
    auto response = refusal(found.path_known ? "method_not_allowed" : "not_found", 0, request);
    if (found.path_known) response.headers.push_back({"allow", found.allow});
    if (options_.observer) {
      options_.observer(
          {nullptr, request.method_text, request.id, response.status, "", monotonic_now() - started});
    }
    return response;
  }
  const auto& endpoint = *endpoints_[found.target];
  try {
    auto pending = begin(endpoint, found.values, request);
    pending->started = started;
    return serve(pending, reply);
  } catch (const Problem& problem) {
    auto response = refusal(problem.code, 0, request);
    response.body =
        problem_json(problem, language_from_header(request.header("accept-language")), request.id);
    if (options_.observer) {
      options_.observer({endpoint.route, request.method_text, request.id, response.status, problem.code,
                         monotonic_now() - started});
    }
    return response;
  }
}

std::shared_ptr<Api::Pending> Api::begin(const Endpoint& endpoint,
                                         const std::vector<std::string_view>& values,
                                         const http::Request& request) {
  const auto& route = *endpoint.route;
  auto pending = std::make_shared<Pending>(underway_);
  pending->endpoint = &endpoint;
  pending->method = request.method_text;
  auto& caller = pending->caller;
  caller.language = language_from_header(request.header("accept-language"));
  caller.remote = request.remote;
  caller.request_id = request.id;
  caller.host = in_small_letters(request.header("host"));
  pending->secure = request.secure;

  if (!attempts_->allow(route, caller.remote, monotonic_now())) throw Problem{"too_many_requests"};
  const auto input = gather_input(route, endpoint.properties, values, request);
  pending->wish = endpoint.read_wish(input);

  const bool changes = route.kind == Kind::write || route.kind == Kind::look;
  pending->credentials = {std::string{request.cookie(cookie_of(route.rules.who))},
                          std::string{request.header("x-doorstep-csrf")}, changes};
  pending->if_none_match = request.header("if-none-match");
  if (route.kind == Kind::stream) {
    pending->last_event = last_event_id(request);
    pending->paired_token = request.cookie(paired_cookie);
  }
  if (!changes) return pending;

  pending->key = request.header("idempotency-key");
  if (pending->key.empty()) pending->key = new_token(system_entropy());
  if (!is_idempotency_key(pending->key)) throw Problem{"bad_idempotency_key"};
  std::string device{request.cookie(device_cookie)};
  if (device.empty() && route.rules.who.anyone) {
    device = first_device(journal_.keys(), pending->key, caller.remote);
    pending->new_device = Cookie{std::string{device_cookie}, device, device_cookie_seconds, false};
  }
  caller.device = hashed(journal_.keys(), "device", device);
  auto sent = boost::json::serialize(input);
  if (!route.rules.takes.empty()) {
    pending->file = request.body;
    sent += sha256(pending->file);  // some milliseconds a megabyte, and only files may have so many
  }
  pending->body_hash = journal_.keys().keyed_hash("answer", sent);
  return pending;
}

std::optional<http::Response> Api::serve(const std::shared_ptr<Pending>& pending, http::Reply& reply) {
  pending->reply = std::move(reply);
  switch (pending->endpoint->route->kind) {
    case Kind::read: serve_read(pending); break;
    case Kind::write:
    case Kind::look: pending->endpoint->prepare ? serve_prepared(pending) : serve_write(pending); break;
    case Kind::stream: serve_stream(pending); break;
  }
  pending->inside = false;
  if (!pending->ready) return std::nullopt;
  reply = std::move(pending->reply);
  return std::move(pending->ready);
}

void Api::sign_in(Snapshot& snapshot, Pending& pending, Instant at) const {
  auto& caller = pending.caller;
  const auto& who = pending.endpoint->route->rules.who;
  caller.at = at;
  caller.staff.reset();
  caller.resident.reset();
  caller.paired.reset();
  if (who.anyone) {
    // Only some topics need somebody, and only some wishes are remembered for whoever is signed in.
    if (pending.endpoint->route->kind == Kind::stream) sign_in_to_listen(snapshot, pending, at);
    if (who.knows_resident && !pending.credentials.session_token.empty())
      if_it_holds([&] { caller.resident = resident_authenticator_(snapshot, pending.credentials, at); });
    return;
  }
  if (pending.credentials.session_token.empty()) throw Problem{"not_signed_in"};
  if (who.is_resident) {
    caller.resident = resident_authenticator_(snapshot, pending.credentials, at);
    return;
  }
  if (who.is_device) {
    caller.paired = device_authenticator_(snapshot, pending.credentials, at);
    return;
  }
  caller.staff = authenticate(snapshot, pending.credentials, at);
  if (who.roles.empty()) return;
  for (const auto role : who.roles) {
    if (caller.has_anywhere({role, Role::administrator})) return;
  }
  throw Problem{"not_allowed"};
}

void Api::sign_in_to_listen(Snapshot& snapshot, Pending& pending, Instant at) const {
  auto& caller = pending.caller;
  if (!pending.credentials.session_token.empty())
    if_it_holds([&] { caller.staff = authenticate(snapshot, pending.credentials, at); });
  if (!pending.paired_token.empty())
    if_it_holds(
        [&] { caller.paired = device_authenticator_(snapshot, {pending.paired_token, "", false}, at); });
}

void Api::hold_cost(Pending& pending, int before, int after) const {
  const auto& route = *pending.endpoint->route;
  pending.statements = after - before;
  if (after - before <= route.rules.queries) return;
  log_warning("cost_overdrawn", {{"route", route.name},
                                 {"stated", std::to_string(route.rules.queries)},
                                 {"measured", std::to_string(after - before)}});
  if (options_.strict) throw std::logic_error("cost overdrawn: " + route.name);
}

void Api::serve_read(const std::shared_ptr<Pending>& pending) {
  journal_.read(
      [this, pending](Snapshot& snapshot, Instant at) {
        sign_in(snapshot, *pending, at);
        const int before = snapshot.statements();
        pending->answered = pending->endpoint->query(snapshot, pending->caller, pending->wish);
        hold_cost(*pending, before, snapshot.statements());
      },
      [this, pending](std::exception_ptr error) { finish(pending, std::move(error)); });
}

void Api::finish(const std::shared_ptr<Pending>& pending, std::exception_ptr error) {
  if (!error && pending->answered.rest) {
    const bool taken = pool_.post([this, pending] {
      try {
        pending->answered.body = std::exchange(pending->answered.rest, {})();
      } catch (...) {
        return finish(pending, std::current_exception());
      }
      finish(pending, {});
    });
    if (taken) return;
    error = std::make_exception_ptr(Problem{"overloaded"});
  }
  std::string problem;
  auto response = error ? failure_of(*pending, std::move(error), problem)
                        : response_of(*pending, std::move(pending->answered));
  answer(*pending, std::move(response), problem);
}

void Api::answer(Pending& pending, http::Response&& response, std::string_view problem) {
  observe(pending, response.status, problem);
  if (std::this_thread::get_id() == pending.home && pending.inside) {
    pending.ready = std::move(response);
  } else {
    pending.reply(std::move(response));
  }
}

void Api::observe(const Pending& pending, int status, std::string_view problem) const {
  if (!options_.observer) return;
  options_.observer({pending.endpoint->route, pending.method, pending.caller.request_id, status, problem,
                     monotonic_now() - pending.started, pending.statements});
}

}  // namespace doorstep::api
