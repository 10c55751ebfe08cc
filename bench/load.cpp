#include "bench/load.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace doorstep::bench {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() { close(); }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  int get() const { return number_; }

 private:
  int number_;
};

struct Line {
  explicit Line(int number) : socket(number) {}
  Descriptor socket;
  std::string request;
  std::size_t sent = 0;
  std::string answer;
  std::size_t count = 0;
  Clock::time_point began;
};

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    fail("connect");
  }
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(socket, F_SETFL, O_NONBLOCK);
  return socket;
}

// The size of the whole answer, 0 while that is not known, or npos when it is no answer.
std::size_t answer_size(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  const auto head = bytes.substr(0, end + 2);
  if (!head.starts_with("HTTP/1.1 ")) return std::string_view::npos;
  for (const std::string_view name : {"\r\nContent-Length: ", "\r\ncontent-length: "}) {
    const auto at = head.find(name);
    if (at == std::string_view::npos) continue;
    std::size_t length = 0;
    const auto digits = head.substr(at + name.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
    return end + 4 + length;
  }
  const bool bodiless = head.substr(9, 3) == "204" || head.substr(9, 3) == "304";
  return bodiless ? end + 4 : std::string_view::npos;
}

class Load {
 public:
  Load(std::uint16_t port, std::size_t connections, const MakeRequest& make_request)
      : make_request_(make_request), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (poll_.get() < 0) fail("epoll_create1");
    lines_.reserve(connections);
    for (std::size_t i = 0; i < connections; ++i) lines_.emplace_back(connect_to(port));
    constexpr std::size_t expected = 1U << 20U;
    micros_.reserve(expected);
  }

  LoadResult run(std::chrono::milliseconds duration) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      if (::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, lines_[i].socket.get(), &event) != 0) fail("epoll_ctl");
      ask(i);
    }
    const auto end = start + duration;
    std::array<epoll_event, 256> events{};
    while (Clock::now() < end && result_.broken < lines_.size()) {
      constexpr int wait_ms = 50;
      const int count = ::epoll_wait(poll_.get(), events.data(), static_cast<int>(events.size()), wait_ms);
      for (int i = 0; i < count; ++i) react(events.at(static_cast<std::size_t>(i)).data.u64);
    }
    result_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    result_.requests = micros_.size();
    result_.p50_ms = quantile(0.50);
    result_.p99_ms = quantile(0.99);
    return result_;
  }

 private:
  void ask(std::size_t index) {
    auto& line = lines_[index];
    line.request = make_request_(index, line.count++);
    line.sent = 0;
    line.began = Clock::now();
    send_more(index);
  }

  void send_more(std::size_t index) {
    auto& line = lines_[index];
    while (line.sent < line.request.size()) {
      const auto count = ::send(line.socket.get(), line.request.data() + line.sent,
                                line.request.size() - line.sent, MSG_NOSIGNAL);
      if (count < 0 && errno == EAGAIN) return watch(index, EPOLLIN | EPOLLOUT);
      if (count < 0) return give_up(index);
      line.sent += static_cast<std::size_t>(count);
    }
  }

  void watch(std::size_t index, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.u64 = index;
    ::epoll_ctl(poll_.get(), EPOLL_CTL_MOD, lines_[index].socket.get(), &event);
  }

  void react(std::size_t index) {
    auto& line = lines_[index];
    if (line.socket.get() < 0) return;
    if (line.sent < line.request.size()) {
      send_more(index);
      if (line.socket.get() >= 0 && line.sent == line.request.size()) watch(index, EPOLLIN);
    }
    std::array<char, 16 * 1024> bytes;
    const auto count = ::recv(line.socket.get(), bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return give_up(index);
    line.answer.append(bytes.data(), static_cast<std::size_t>(count));
    const auto size = answer_size(line.answer);
    if (size == std::string_view::npos || (size > 0 && line.answer.size() > size)) return give_up(index);
    if (size == 0 || line.answer.size() < size) return;
    constexpr std::size_t status_at = 9;
    if (line.answer[status_at] != '2') ++result_.not_ok;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - line.began);
    micros_.push_back(static_cast<std::uint32_t>(took.count()));
    line.answer.clear();
    ask(index);
  }

  void give_up(std::size_t index) {
    ++result_.broken;
    lines_[index].socket.close();
  }

  double quantile(double part) {
    if (micros_.empty()) return 0;
    const auto at = static_cast<std::ptrdiff_t>(part * static_cast<double>(micros_.size() - 1));
    std::nth_element(micros_.begin(), micros_.begin() + at, micros_.end());
    return micros_[static_cast<std::size_t>(at)] / 1000.0;
  }

  const MakeRequest& make_request_;
  Descriptor poll_;
  std::vector<Line> lines_;
  std::vector<std::uint32_t> micros_;
  LoadResult result_;
};

}  // namespace

LoadResult run_load(std::uint16_t port, std::size_t connections, std::chrono::milliseconds duration,
                    const MakeRequest& make_request) {
  Load load(port, connections, make_request);
  return load.run(duration);
}

}  // namespace doorstep::bench
