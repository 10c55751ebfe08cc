// Tiny servers for the transports' tests: plain sockets on this machine, one connection after another, that
// remember what they were told; with TLS where a test gives them a certificate.
#pragma once

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
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
      const auto sent = tls_ ? ::SSL_write(tls_.get(), text.data(), static_cast<int>(text.size()))
                             : ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // False when the client does not like what it is shown, or had already gone on in the clear.
  bool start_tls(SSL_CTX& context) {
    if (!buffer_.empty()) return false;
    tls_.reset(::SSL_new(&context));
    return tls_ && ::SSL_set_fd(tls_.get(), fd_) == 1 && ::SSL_accept(tls_.get()) == 1;
  }
  bool is_tls() const { return tls_ != nullptr; }

 private:
  struct Free {
    void operator()(SSL* tls) const { ::SSL_free(tls); }
  };

  bool receive() {
    char bytes[4096];
    const auto got = tls_ ? ::SSL_read(tls_.get(), bytes, sizeof bytes) : ::recv(fd_, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  int fd_;
  std::string buffer_;
  std::unique_ptr<SSL, Free> tls_;
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

  // Until all that the last client said has been read: what is not there then was never said.
  void wait_until_read() {
    std::unique_lock lock{mutex_};
    idle_.wait_for(lock, std::chrono::seconds{20}, [this] { return current_ < 0; });
  }

 private:
  void serve() {
    // OpenSSL writes without MSG_NOSIGNAL; a client that has gone would end the test's program.
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
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
      idle_.notify_all();
    }
  }

  std::function<void(Connection&)> talk_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable idle_;
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
  // Answers each request with the first of `answers` that is left, or the last one again. With a certificate
  // it speaks TLS only.
  explicit HttpServer(std::vector<std::string> answers, SSL_CTX* certificate = nullptr)
      : answers_(std::move(answers)),
        certificate_(certificate),
        server_([this](Connection& connection) { talk(connection); }) {}

  std::string url(const std::string& host = "127.0.0.1") const {
    return (certificate_ == nullptr ? "http://" : "https://") + host + ":" + server_.port() + "/hook";
  }
  std::vector<HttpRequest> requests() {
    server_.wait_until_read();
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
    if (certificate_ != nullptr && !connection.start_tls(*certificate_)) return;
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
  SSL_CTX* certificate_;
  std::vector<HttpRequest> requests_;
  Server server_;  // last: its thread uses all of the above
};

// A mail server that takes everything, but for what `replies` says of a command ("RCPT" → "550 no").
class SmtpServer {
 public:
  enum class Tls { by_starttls, from_the_start };

  explicit SmtpServer(std::map<std::string, std::string> replies = {})
      : replies_(std::move(replies)), server_([this](Connection& connection) { talk(connection); }) {}
  SmtpServer(SSL_CTX& certificate, Tls tls, std::map<std::string, std::string> replies = {})
      : replies_(std::move(replies)),
        certificate_(&certificate),
        tls_(tls),
        server_([this](Connection& connection) { talk(connection); }) {}

  std::string url(const std::string& host = "127.0.0.1") const {
    return (tls_at_once() ? "smtps://" : "smtp://") + host + ":" + server_.port();
  }
  // All lines but those of mails: a sign-in's second line, too.
  std::vector<std::string> commands() {
    server_.wait_until_read();
    const std::lock_guard lock{mutex_};
    return commands_;
  }
  // Those of them that anybody on the way could read.
  std::vector<std::string> commands_in_the_clear() {
    server_.wait_until_read();
    const std::lock_guard lock{mutex_};
    return commands_in_the_clear_;
  }
  std::vector<std::string> mails() {
    server_.wait_until_read();
    const std::lock_guard lock{mutex_};
    return mails_;
  }

 private:
  bool tls_at_once() const { return certificate_ != nullptr && tls_ == Tls::from_the_start; }

  bool reply(Connection& connection, const std::string& verb, const std::string& usual) {
    const auto special = replies_.find(verb);
    return connection.write((special == replies_.end() ? usual : special->second) + "\r\n");
  }

  bool read_command(Connection& connection, std::string& line) {
    if (!connection.read_line(line)) return false;
    const std::lock_guard lock{mutex_};
    commands_.push_back(line);
    if (!connection.is_tls()) commands_in_the_clear_.push_back(line);
    return true;
  }

  void talk(Connection& connection) {
    if (tls_at_once() && !connection.start_tls(*certificate_)) return;
    reply(connection, "greeting", "220 test");
    for (std::string line; read_command(connection, line);) {
      const auto verb = line.substr(0, 4);
      if (verb == "QUIT") {
        reply(connection, verb, "221 bye");
        return;
      }
      if (verb == "EHLO") {
        const bool can_start = certificate_ != nullptr && !connection.is_tls();
        reply(connection, verb,
              std::string{"250-test\r\n"} + (can_start ? "250-STARTTLS\r\n" : "") +
                  "250-AUTH PLAIN\r\n250 8BITMIME");
      } else if (verb == "STAR") {
        reply(connection, verb, "220 go on");
        if (!replies_.contains(verb) && !connection.start_tls(*certificate_)) return;
      } else if (verb == "DATA") {
        reply(connection, verb, "354 go on");
        if (!replies_.contains(verb)) read_mail(connection);
      } else if (verb == "AUTH") {
        connection.write("334 \r\n");
        read_command(connection, line);
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
  SSL_CTX* certificate_ = nullptr;
  Tls tls_ = Tls::by_starttls;
  std::mutex mutex_;
  std::vector<std::string> commands_;
  std::vector<std::string> commands_in_the_clear_;
  std::vector<std::string> mails_;
  Server server_;  // last: its thread uses all of the above
};

}  // namespace doorstep::testing
