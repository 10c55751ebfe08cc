// A conversation's first half: receiving a request, byte by byte, and refusing what must not be taken.
#include "http/conversation.hpp"

#include <algorithm>

#include "http/head_writer.hpp"

namespace doorstep::http {

namespace {

constexpr std::chrono::milliseconds spare_time{2'000};  // for a connection that has no proper place
constexpr std::size_t body_step = 64 * 1024;  // memory is taken as a body arrives, not as it is promised
constexpr std::size_t read_least = 1024;
constexpr std::size_t chunked_least = 16 * 1024;
constexpr int retry_seconds = 5;

bool is_token_char(char c) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || marks.contains(c);
}

bool is_request_id(std::string_view text) {
  constexpr std::size_t longest = 64;
  constexpr std::string_view marks = "._-";
  if (text.empty() || text.size() > longest) return false;
  for (const char c : text) {
    if (!is_token_char(c)) return false;
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!alphanumeric && !marks.contains(c)) return false;
  }
  return true;
}

}  // namespace

Conversation::Conversation(std::shared_ptr<Worker> worker, Edge& edge, Admission::Place place,
                           const Address& peer, bool secure)
    : worker_(std::move(worker)),
      edge_(edge),
      limits_(edge.options.limits),
      event_(worker_->context),
      place_(std::move(place)),
      exchange_(std::make_shared<Exchange>(worker_)),
      peer_(unmapped(peer)),
      peer_text_(peer_.to_string()),
      peer_key_(address_key(peer_)),
      peer_trusted_(edge.proxies.trusts(peer_)),
      secure_(secure) {
  worker_->enter(*this);
}

Conversation::~Conversation() {
  // Nothing may be told to this connection any more, whatever way it ended.
  exchange_->settle(turn_);
  exchange_->event = nullptr;
  end_request();
  worker_->leave(*this);
  worker_->assigned.fetch_sub(1);
}

std::chrono::milliseconds Conversation::time_for(std::size_t bytes) const {
  if (limits_.slow_bytes_per_second == 0) return std::chrono::milliseconds{0};
  return std::chrono::milliseconds{bytes * 1000 / limits_.slow_bytes_per_second};
}

asio::mutable_buffer Conversation::head_space() {
  const auto [data, size] = exchange_->buffer.space(read_least);
  return {data, size};
}

Step Conversation::refuse_and_part(std::string_view code, int status, std::int64_t retry_after) {
  keep_alive_ = false;
  unread_ = true;
  return refuse(code, status, retry_after);
}

void Conversation::begin_request() {
  auto& exchange = *exchange_;
  exchange.buffer.shrink();
  exchange.fields.clear();
  exchange.remote = peer_text_;
  auto& request = exchange.request;
  request.method = Method::other;
  request.method_text = {};
  request.path = "/";
  request.query = {};
  request.body = {};
  request.remote = exchange.remote;
  request.id.clear();
  request.secure = secure_;
  head_ = Head{};
  key_ = peer_key_;
  scanned_ = 0;
  message_bytes_ = 0;
  keep_alive_ = true;
  const bool waiting = exchange.buffer.empty() && !first_;
  auto time = waiting ? limits_.idle_time : limits_.header_time;
  if (place_.spare()) time = std::min(time, spare_time);
  deadline_in(time);
}

Step Conversation::head_received(std::size_t count) {
  auto& buffer = exchange_->buffer;
  if (aborted_) return Step::gone;
  if (expired_) {
    if (buffer.empty()) return Step::gone;
    error_ = {};
    return refuse_and_part("request_timeout", 408);
  }
  if (error_) return Step::gone;
  const bool begins = buffer.empty() && !first_;
  buffer.received(count);
  if (begins) deadline_in(limits_.header_time);
  return read_head();
}

Step Conversation::read_head() {
  auto& buffer = exchange_->buffer;
  // Empty lines before a request are to be passed over (RFC 9112 section 2.2).
  while (scanned_ == 0 && buffer.bytes().starts_with("\r\n")) buffer.consume(2);
  auto bytes = buffer.bytes();
  if (bytes.empty() || bytes == "\r") return Step::partial;
  if (!is_token_char(bytes.front())) return refuse_and_part("malformed_request", 400);

  const auto from = scanned_ < 3 ? 0 : scanned_ - 3;
  const auto end = bytes.find("\r\n\r\n", from);
  if (end == std::string_view::npos) {
    // Nothing is parsed before the head is whole; what can never become one need not be waited for.
    for (auto i = scanned_; i < bytes.size(); ++i) {
      const bool bare_line_feed = bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r');
      if (bytes[i] == '\0' || bare_line_feed) return refuse_and_part("malformed_request", 400);
    }
    scanned_ = bytes.size();
    if (bytes.size() >= limits_.header_bytes) return refuse_and_part("header_too_large", 431);
    return Step::partial;
  }
  head_bytes_ = end + 4;
  if (head_bytes_ > limits_.header_bytes) return refuse_and_part("header_too_large", 431);

  auto& exchange = *exchange_;
  bool good = parse_head(bytes.substr(0, head_bytes_), exchange.request, exchange.fields, head_);
  if (good && head_.chunked) {
    // Chunks are received behind the head, which must not move from now on.
    static_cast<void>(buffer.space(chunked_least));
    bytes = buffer.bytes();
    good = parse_head(bytes.substr(0, head_bytes_), exchange.request, exchange.fields, head_);
  }
  if (!good) {
    // What was understood of it may be wrong.
    exchange.fields.clear();
    exchange.request.path = "/";
    exchange.request.query = {};
    return refuse_and_part("malformed_request", 400);
  }
  first_ = false;
  message_bytes_ = head_bytes_;
  keep_alive_ = head_.keep_alive;
  describe_request();
  return Step::ready;
}

void Conversation::describe_request() {
  auto& request = exchange_->request;
  const auto id = request.header("x-request-id");
  if (is_request_id(id)) {
    request.id.assign(id);
  } else {
    worker_->make_request_id(request.id);
  }
  if (peer_trusted_) read_forwarded();
}

void Conversation::read_forwarded() {
  auto& request = exchange_->request;
  std::string forwarded;
  std::string_view proto;
  for (const auto& field : exchange_->fields.all()) {
    if (same_name(field.name, "x-forwarded-for")) {
      if (!forwarded.empty()) forwarded.push_back(',');
      forwarded.append(field.value);
    } else if (same_name(field.name, "x-forwarded-proto")) {
      proto = field.value;
    }
  }
  if (const auto client = edge_.proxies.client_of(forwarded)) {
    exchange_->remote = client->to_string();
    request.remote = exchange_->remote;
    key_ = address_key(*client);
  }
  if (!proto.empty()) {
    const auto comma = proto.rfind(',');
    if (comma != std::string_view::npos) proto.remove_prefix(comma + 1);
    while (proto.starts_with(' ')) proto.remove_prefix(1);
    request.secure = same_name(proto, "https");
  }
}

// Whether this request is taken at all.
Step Conversation::admit() {
  const auto behind_head = exchange_->buffer.bytes().size() - head_bytes_;
  const bool body_here = !head_.chunked && head_.content_length <= behind_head;
  const auto turn_away = [&](std::string_view code, int status, std::int64_t retry_after) {
    if (body_here) {
      message_bytes_ = head_bytes_ + static_cast<std::size_t>(head_.content_length);
    } else {
      keep_alive_ = false;
      unread_ = true;
    }
    return refuse(code, status, retry_after);
  };
  if (place_.spare()) {
    keep_alive_ = false;
    return turn_away("too_many_connections", 503, retry_seconds);
  }
  // Counted before looking, and stop() looks at the count after
  // it has set the flag: one of the two sees the other.
  in_flight_ = true;
  worker_->in_flight.add(1);
  if (edge_.shutting_down.load()) {
    end_request();
    return turn_away("shutting_down", 503, retry_seconds);
  }
  const auto wait = edge_.rate.take(key_, SteadyClock::now());
  if (wait.count() > 0) {
    constexpr std::int64_t second = 1'000'000'000;
    return turn_away("too_many_requests", 429, (wait.count() + second - 1) / second);
  }
  return Step::ready;
}

// Takes what has come of the body together with the head. The common small body is used where it lies.
Step Conversation::begin_body() {
  if (!head_.chunked && head_.content_length == 0) return Step::ready;
  auto& exchange = *exchange_;
  const auto behind_head = exchange.buffer.bytes().substr(head_bytes_);
  body_limit_ =
      edge_.options.body_limit ? edge_.options.body_limit(exchange.request.path) : limits_.body_bytes;
  exchange.body.clear();
  body_have_ = 0;
  deadline_in(limits_.body_time);
  if (!behind_head.empty()) head_.expects_continue = false;
  if (head_.chunked) {
    chunks_.emplace(body_limit_);
    return feed_chunks(behind_head);
  }
  if (head_.content_length > body_limit_) return refuse_body("body_too_large", 413);
  const auto length = static_cast<std::size_t>(head_.content_length);
  if (behind_head.size() >= length) {
    exchange.request.body = behind_head.substr(0, length);
    message_bytes_ = head_bytes_ + length;
    return Step::ready;
  }
  if (!hold(behind_head.size())) return refuse_body("too_many_connections", 503);
  exchange.body.assign(behind_head);
  body_have_ = behind_head.size();
  message_bytes_ = head_bytes_ + behind_head.size();
  return Step::partial;
}

asio::mutable_buffer Conversation::body_space() {
  auto& exchange = *exchange_;
  if (head_.chunked) {
    const auto [data, size] = exchange.buffer.space_behind(head_bytes_);
    return {data, size};
  }
  const auto wanted = static_cast<std::size_t>(head_.content_length) - body_have_;
  const auto step = std::min(wanted, body_step);
  exchange.body.resize(body_have_ + step);
  return {exchange.body.data() + body_have_, step};
}

Step Conversation::body_received(std::size_t count) {
  if (aborted_) return Step::gone;
  if (expired_) {
    error_ = {};
    return refuse_body("request_timeout", 408);
  }
  if (error_) return Step::gone;
  deadline += time_for(count);
  auto& exchange = *exchange_;
  if (head_.chunked) {
    exchange.buffer.received(count);
    return feed_chunks(exchange.buffer.bytes().substr(head_bytes_));
  }
  if (!hold(count)) return refuse_body("too_many_connections", 503);
  body_have_ += count;
  if (body_have_ < head_.content_length) return Step::partial;
  exchange.request.body = exchange.body;
  return Step::ready;
}

Step Conversation::feed_chunks(std::string_view bytes) {
  auto& body = exchange_->body;
  const auto before = body.size();
  std::size_t used = 0;
  const auto state = chunks_->feed(bytes, body, used);
  message_bytes_ = head_bytes_ + used;
  if (!hold(body.size() - before)) return refuse_body("too_many_connections", 503);
  switch (state) {
    case ChunkDecoder::State::more: return Step::partial;
    case ChunkDecoder::State::malformed: return refuse_body("malformed_request", 400);
    case ChunkDecoder::State::too_large: return refuse_body("body_too_large", 413);
    case ChunkDecoder::State::done: break;
  }
  exchange_->request.body = body;
  return Step::ready;
}

Step Conversation::refuse_body(std::string_view code, int status) {
  exchange_->request.body = {};
  return refuse_and_part(code, status, status == 503 ? retry_seconds : 0);
}

bool Conversation::hold(std::size_t bytes) {
  held_ += bytes;
  return edge_.body_bytes.fetch_add(bytes, std::memory_order_relaxed) + bytes <= limits_.bodies_bytes;
}

}  // namespace doorstep::http
