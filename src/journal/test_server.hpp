// Tiny servers for the transports' tests: plain sockets on this machine, one connection after another, that
// remember what they were told.
#pragma once

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace doorstep::testing {

class Connection {
 public:
  explicit Connection(int fd) : fd_(fd) {}

  // Without its line end; false at the end of the connection.
  bool read_line(std::string& line) {
    auto end = buffer_.find('\n');
    while (end == std::string::npos) {
      if (!receive()) return false;
      end = buffer_.find('\n');
    }
    line = buffer_.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    buffer_.erase(0, end + 1);
    return true;
  }

  std::string read(std::size_t length) {
    while (buffer_.size() < length && receive()) {
    }
    auto text = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return text;
  }

  bool write(std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

 private:
  bool receive() {
    char bytes[4096];
    const auto got = ::recv(fd_, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  int fd_;
  std::string buffer_;
};

class Server {
 public:
  explicit Server(std::function<void(Connection&)> talk) : talk_(std::move(talk)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    socklen_t size = sizeof address;
    if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
      throw std::runtime_error{"the test's server does not listen"};
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    {
      const std::lock_guard lock{mutex_};
      if (current_ >= 0) ::shutdown(current_, SHUT_RDWR);
    }
    thread_.join();
    ::close(listener_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string port() const { return std::to_string(port_); }
  bool stopping() const { return stopping_; }

 private:
  void serve() {
    while (!stopping_) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) {
        if (errno == EINTR || errno == ECONNABORTED) continue;
        return;
      }
      {
        const std::lock_guard lock{mutex_};
        current_ = fd;
      }
      Connection connection{fd};
      talk_(connection);
      const std::lock_guard lock{mutex_};
      current_ = -1;
      ::close(fd);
    }
  }

  std::function<void(Connection&)> talk_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  int current_ = -1;
  std::thread thread_;
};

struct HttpRequest {
  std::string start;  // "POST /hook HTTP/1.1"
  std::map<std::string, std::string> headers;
  std::string body;
};

class HttpServer {
 public:
  // Answers each request with the first of `answers` that is left, or the last one again.
  explicit HttpServer(std::vector<std::string> answers)
      : answers_(std::move(answers)), server_([this](Connection& connection) { talk(connection); }) {}

  std::string url() const { return "http://127.0.0.1:" + server_.port() + "/hook"; }
  std::vector<HttpRequest> requests() {
    const std::lock_guard lock{mutex_};
    return requests_;
  }

  static std::string answer(const std::string& status, const std::string& headers = {},
                            const std::string& body = {}) {
    return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + headers + "\r\n" + body;
  }

 private:
  void talk(Connection& connection) {
    HttpRequest request;
    if (!connection.read_line(request.start)) return;
    for (std::string line; connection.read_line(line) && !line.empty();) {
      const auto colon = line.find(": ");
      if (colon != std::string::npos) request.headers[line.substr(0, colon)] = line.substr(colon + 2);
    }
    request.body = connection.read(std::stoul("0" + request.headers["Content-Length"]));
    std::string answer;
    {
      const std::lock_guard lock{mutex_};
      requests_.push_back(std::move(request));
      answer = answers_.front();
      if (answers_.size() > 1) answers_.erase(answers_.begin());
    }
    connection.write(answer);
  }

  std::mutex mutex_;
  std::vector<std::string> answers_;
  std::vector<HttpRequest> requests_;
  Server server_;  // last: its thread uses all of the above
};

// A mail server that takes everything, but for what `replies` says of a command ("RCPT" → "550 no").
class SmtpServer {
 public:
  explicit SmtpServer(std::map<std::string, std::string> replies = {})
      : replies_(std::move(replies)), server_([this](Connection& connection) { talk(connection); }) {}

  std::string url() const { return "smtp://127.0.0.1:" + server_.port(); }
  std::vector<std::string> commands() {
    const std::lock_guard lock{mutex_};
    return commands_;
  }
  std::vector<std::string> mails() {
    const std::lock_guard lock{mutex_};
    return mails_;
  }

 private:
  bool reply(Connection& connection, const std::string& verb, const std::string& usual) {
    const auto special = replies_.find(verb);
    return connection.write((special == replies_.end() ? usual : special->second) + "\r\n");
  }

  void talk(Connection& connection) {
    reply(connection, "greeting", "220 test");
    for (std::string line; connection.read_line(line);) {
      const auto verb = line.substr(0, 4);
      {
        const std::lock_guard lock{mutex_};
        commands_.push_back(line);
      }
      if (verb == "QUIT") {
        reply(connection, verb, "221 bye");
        return;
      }
      if (verb == "EHLO") {
        reply(connection, verb, "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME");
      } else if (verb == "DATA") {
        reply(connection, verb, "354 go on");
        if (!replies_.contains(verb)) read_mail(connection);
      } else if (verb == "AUTH") {
        connection.write("334 \r\n");
        connection.read_line(line);
        reply(connection, verb, "235 welcome");
      } else {
        reply(connection, verb, "250 fine");
      }
    }
  }

  void read_mail(Connection& connection) {
    std::string mail;
    for (std::string line; connection.read_line(line) && line != ".";) mail += line + "\r\n";
    {
      const std::lock_guard lock{mutex_};
      mails_.push_back(std::move(mail));
    }
    reply(connection, "mail", "250 queued");
  }

  std::map<std::string, std::string> replies_;
  std::mutex mutex_;
  std::vector<std::string> commands_;
  std::vector<std::string> mails_;
  Server server_;  // last: its thread uses all of the above
};

}  // namespace doorstep::testing
