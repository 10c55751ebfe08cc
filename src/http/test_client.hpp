// For the tests of this room: a blocking client that can send any bytes whatever, and a server with a handler
// that does the things the tests ask for by path.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/http.hpp"

namespace doorstep::http::testing {

using namespace std::chrono_literals;

struct Answer {
  int status = 0;                              // 0: the connection ended instead
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// Every wait ends after this, so that a broken server fails a test instead of hanging it.
constexpr int patience_seconds = 20;

class Client {
 public:
  // `from`: the address to come from; all of 127.0.0.0/8 is ours.
  explicit Client(std::uint16_t port, const char* from = nullptr, int receive_bytes = 0) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval timeout{patience_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    if (receive_bytes > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (from != nullptr) {
      ::inet_pton(AF_INET, from, &address.sin_addr);
      if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("bind");
    }
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connect");
  }
  ~Client() {
    if (tls_ != nullptr) ::SSL_free(tls_);
    ::close(socket_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool start_tls(SSL_CTX* context) {
    tls_ = ::SSL_new(context);
    ::SSL_set_fd(tls_, socket_);
    return ::SSL_connect(tls_) == 1;
  }
  SSL* tls() const { return tls_; }

  // False when the other side no longer takes it.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = tls_ != nullptr ? ::SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                         : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // Reads the head and the body of one answer. `head_only`: the answer to a HEAD, or a stream.
  Answer receive(bool head_only = false) {
    Answer answer;
    const auto end = wait_for("\r\n\r\n");
    if (end == std::string::npos) return answer;
    parse_head(received_.substr(0, end), answer);
    received_.erase(0, end + 4);
    const auto length = answer.headers.find("content-length");
    if (head_only || length == answer.headers.end()) return answer;
    const auto size = std::stoul(length->second);
    while (received_.size() < size && read_more()) {
    }
    answer.body = received_.substr(0, size);
    received_.erase(0, answer.body.size());
    return answer;
  }
  Answer ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  Answer get(std::string_view path, std::string_view headers = {}) {
    return ask("GET " + std::string{path} + " HTTP/1.1\r\nHost: t\r\n" + std::string{headers} + "\r\n");
  }

  // Everything up to and including `text`, or what came before the end.
  std::string receive_until(std::string_view text) {
    const auto at = wait_for(text);
    const auto size = at == std::string::npos ? received_.size() : at + text.size();
    auto result = received_.substr(0, size);
    received_.erase(0, size);
    return result;
  }
  std::string receive_all() {
    while (read_more()) {
    }
    return std::exchange(received_, {});
  }
  // Whether the other side ends the connection without another word.
  bool ends() { return received_.empty() && !read_more() && !timed_out_; }

 private:
  [[noreturn]] static void fail(const char* what) {
    throw std::runtime_error(std::string{what} + ": " + std::strerror(errno));
  }

  bool read_more() {
    char bytes[16 * 1024];
    const auto count =
        tls_ != nullptr ? ::SSL_read(tls_, bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) {
      timed_out_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
      return false;
    }
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }
  std::size_t wait_for(std::string_view text) {
    while (true) {
      const auto at = received_.find(text);
      if (at != std::string::npos) return at;
      if (!read_more()) return std::string::npos;
    }
  }
  static void parse_head(const std::string& head, Answer& answer) {
    answer.status = std::stoi(head.substr(9, 3));
    auto line = head.find("\r\n");
    while (line != std::string::npos) {
      const auto next = head.find("\r\n", line + 2);
      const auto text = head.substr(line + 2, next == std::string::npos ? next : next - line - 2);
      const auto colon = text.find(": ");
      auto name = text.substr(0, colon);
      for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      answer.headers[name] = text.substr(colon + 2);
      line = next;
    }
  }

  int socket_ = -1;
  SSL* tls_ = nullptr;
  bool timed_out_ = false;
  std::string received_;
};

// Waits until `done` holds; false when it never does.
template <class Condition>
bool eventually(Condition done) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{patience_seconds};
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

inline Response text(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

// The code of a refusal is its whole body here.
inline Response refusal(std::string_view code, int, const Request& request) {
  Response response;
  response.content_type = "application/problem+json";
  response.body = std::string{code};
  response.headers.push_back({"x-refused-path", std::string{request.path}});
  return response;
}

// Everything that happens to replies and streams, seen by the test's thread.
struct Desk {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Reply> kept;
  std::vector<std::shared_ptr<Stream>> streams;
  int streams_closed = 0;
  std::string last_event_id;

  template <class Condition>
  bool wait(Condition done) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds{patience_seconds}, [&] { return done(*this); });
  }
  Reply take_kept() {
    wait([](const Desk& desk) { return !desk.kept.empty(); });
    const std::scoped_lock lock(mutex);
    auto reply = std::move(kept.back());
    kept.pop_back();
    return reply;
  }
};

inline constexpr std::string_view fixed_page = "<!doctype html><title>fixed</title>";

inline Response open_stream(const std::shared_ptr<Desk>& desk, const Request& request) {
  {
    const std::scoped_lock lock(desk->mutex);
    desk->last_event_id = std::string{request.header("last-event-id")};
  }
  Response response;
  response.on_stream = [desk](std::shared_ptr<Stream> stream) {
    const std::scoped_lock lock(desk->mutex);
    desk->streams.push_back(std::move(stream));
    desk->changed.notify_all();
  };
  response.on_stream_closed = [desk] {
    const std::scoped_lock lock(desk->mutex);
    ++desk->streams_closed;
    desk->changed.notify_all();
  };
  return response;
}

inline std::optional<Response> handle(const std::shared_ptr<Desk>& desk, const Request& request,
                                      Reply& reply) {
  const auto path = request.path;
  if (path == "/hello") return text("hello");
  if (path == "/echo") return text(std::string{request.body});
  if (path == "/path") return text(std::string{request.path} + "?" + std::string{request.query});
  if (path == "/cookie") return text(std::string{request.cookie("session")});
  if (path == "/who") return text(std::string{request.remote} + (request.secure ? " secure" : " plain"));
  if (path == "/id") return text(request.id);
  if (path == "/big") return text(std::string(8 * 1024 * 1024, 'b'));
  if (path == "/fixed") {
    auto response = text({});
    response.fixed_body = fixed_page;
    return response;
  }
  if (path == "/empty") {
    auto response = text({});
    response.status = 204;
    return response;
  }
  if (path == "/split") {
    auto response = text("x");
    response.headers.push_back({"location", "/a\r\nset-cookie: stolen=1"});
    return response;
  }
  if (path == "/throw") throw std::runtime_error("a bug");
  if (path == "/ignore") return std::nullopt;
  if (path == "/at-once") {
    reply(text("at once"));
    return std::nullopt;
  }
  if (path == "/late") {
    std::thread([reply = std::move(reply), body = std::string{request.body}]() mutable {
      std::this_thread::sleep_for(5ms);
      reply(text("late " + body));
    }).detach();
    return std::nullopt;
  }
  if (path == "/keep") {
    const std::scoped_lock lock(desk->mutex);
    desk->kept.push_back(std::move(reply));
    desk->changed.notify_all();
    return std::nullopt;
  }
  if (path == "/stream") return open_stream(desk, request);
  auto response = text("nothing here");
  response.status = 404;
  return response;
}

// A server on a free port. Change `options` before start().
class TestServer {
 public:
  TestServer() {
    options.listen = "127.0.0.1:0";
    options.threads = 2;
    options.limits.requests_per_second_per_address = 0;
  }
  explicit TestServer(const Limits& limits) : TestServer() { options.limits = limits; }
  ~TestServer() {
    if (server) server->stop(0ms);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  TestServer& start() {
    const auto handler = [desk = desk](const Request& request, Reply& reply) {
      return handle(desk, request, reply);
    };
    server = std::make_unique<Server>(options, handler, refusal);
    server->start();
    return *this;
  }
  std::uint16_t port() const { return server->port(); }

  Options options;
  std::shared_ptr<Desk> desk = std::make_shared<Desk>();
  std::unique_ptr<Server> server;
};

}  // namespace doorstep::http::testing
