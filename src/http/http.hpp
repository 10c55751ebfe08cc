// The HTTP edge: a server that turns bytes into requests and
// answers into bytes, and knows nothing of what they mean.
//
// Boost.Beast lives behind this header. One io_context and one thread a core; a connection stays on its
// thread. A handler is called on that thread and must not block: it either returns its answer at once or
// keeps the Reply and answers later from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::http {

enum class Method { get, head, post, put, patch, del, options, other };

struct Header {
  std::string name;  // lower case
  std::string value;
};

struct Request {
  Method method = Method::get;
  std::string_view method_text;
  std::string_view path;   // percent-encoded as received, without the query; always begins with '/'
  std::string_view query;  // without '?'
  std::string_view body;
  std::string_view remote;  // address of the client, behind a trusted proxy the forwarded one
  std::string id;       // the request id: the client's X-Request-Id where it is well formed, else made here
  bool secure = false;  // came over TLS, or a trusted proxy says so

  // The first header of that (lower case) name, or empty.
  std::string_view header(std::string_view lower_case_name) const;
  // The value of a cookie, or empty.
  std::string_view cookie(std::string_view name) const;

  const void* fields = nullptr;  // the parsed header, owned by the connection while the request is handled
};

// A live stream of server-sent events on one connection. All members may be called from any thread.
class Stream {
 public:
  virtual ~Stream() = default;
  // Queues a chunk, already framed. False when the stream is closed, or was closed now because the client is
  // too slow (more than limits.stream_queue_bytes waiting): it will come back and resume.
  virtual bool send(std::shared_ptr<const std::string> chunk) = 0;
  virtual void close() = 0;
  // Whether it has ended; what is told to a closed stream is dropped.
  virtual bool closed() const = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<Header> headers;
  std::string body;
  // A body kept elsewhere for as long as the program runs (a page inside the binary); used instead of `body`.
  std::string_view fixed_body;
  // Set: the answer is text/event-stream; the server sends the header, then calls this once with the open
  // stream, and `on_closed` of it when it ends. Both are called on the connection's thread, `on_closed` only
  // after `on_stream` was. A HEAD gets the header alone.
  std::function<void(std::shared_ptr<Stream>)> on_stream;
  std::function<void()> on_stream_closed;
};

// Answers one request, once, from any thread. Dropping it unanswered answers 500.
using Reply = std::move_only_function<void(Response&&)>;

// Returns the answer, or nothing when it took (moved from) `reply` and will answer later. What `request`
// views is alive until the answer is given.
using Handler = std::function<std::optional<Response>(const Request& request, Reply& reply)>;

struct Limits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  std::size_t bodies_bytes =
      256 * 1024 * 1024;  // all bodies held at one time; beyond that 503 too_many_connections
  std::size_t stream_queue_bytes = 256 * 1024;
  std::size_t connections = 8'192;
  std::size_t connections_per_address = 2'048;
  std::chrono::milliseconds header_time{10'000};  // from the first byte to the end of the header
  // Bodies and answers may take these times and as long again as they need at this rate, so that a large
  // photograph gets through a poor network and a client that sends a byte now and then does not.
  std::size_t slow_bytes_per_second = 16 * 1024;
  std::chrono::milliseconds body_time{30'000};
  std::chrono::milliseconds answer_time{30'000};  // a handler that keeps its Reply longer: 503 answer_late
  std::chrono::milliseconds write_time{30'000};
  std::chrono::milliseconds idle_time{75'000};    // between requests on a kept connection
  std::chrono::milliseconds stream_beat{20'000};  // a comment line that keeps a stream alive
  double requests_per_second_per_address = 200;   // token bucket; 0 switches it off
  double burst_per_address = 400;
};

struct Tls {
  std::string certificate_file;  // PEM chain
  std::string key_file;          // PEM
};

struct Options {
  std::string listen = "127.0.0.1:8080";  // HOST:PORT, [V6]:PORT; port 0 takes a free one
  unsigned threads = 0;                   // 0: one a core
  Limits limits;
  std::optional<Tls> tls;
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For and -Proto are believed
  // Body limit for a path, where a route takes more or less than limits.body_bytes. May be empty.
  std::function<std::size_t(std::string_view path)> body_limit;
};

// What the server refuses by itself (before or instead of the handler) and the status it answers; the body
// and texts come from `refusal`, so that this room needs no catalogue: malformed_request 400,
// header_too_large 431, body_too_large 413, too_many_requests 429, too_many_connections 503, shutting_down
// 503 (Retry-After), answer_late 503, request_timeout 408, internal_error 500.
using Refusal = std::function<Response(std::string_view code, int status, const Request& request)>;

struct Counts {
  std::uint64_t connections_open = 0;
  std::uint64_t streams_open = 0;
  std::uint64_t requests_in_flight = 0;
  std::uint64_t connections_total = 0;
  std::uint64_t refused_total = 0;
};

class Server {
 public:
  Server(Options options, Handler handler, Refusal refusal);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and starts the threads. Throws std::system_error when the address cannot be had.
  void start();
  std::uint16_t port() const;  // the bound port

  // Graceful end: requests in flight finish (up to `patience`), streams are closed, new requests, on old
  // connections and new ones, are answered 503 with Retry-After while that lasts. Returns when all threads
  // have ended. Idempotent.
  void stop(std::chrono::milliseconds patience);

  // Reads certificate and key anew; connections made from now on
  // use them. On a fault throws and keeps the old ones.
  void reload_tls();

  Counts counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// %41 and the like decoded; nothing when it is malformed or decodes to U+0000 or invalid UTF-8. '+' is left
// alone in a path and is a space in a query.
std::optional<std::string> decode_path_part(std::string_view text);
std::optional<std::string> decode_query_part(std::string_view text);

// The parameters of a query, decoded, in order; nothing when malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

}  // namespace doorstep::http
