#include "bench/streams.hpp"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace doorstep::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{20};

// Both ends of all of them are in this process.
void allow_descriptors(std::size_t count) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= count) return;
  limit.rlim_cur = std::min<rlim_t>(count, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int open_line(std::uint16_t port, const std::string& request) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    throw std::system_error(errno, std::generic_category(), "a stream");
  }
  return socket;
}

}  // namespace

Streams::Streams(std::uint16_t port, std::size_t count, const std::string& path)
    : poll_(::epoll_create1(EPOLL_CLOEXEC)), lines_(count) {
  constexpr std::size_t others = 200;
  allow_descriptors(2 * count + others);
  const auto request = "GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n";
  for (std::size_t i = 0; i < count; ++i) {
    lines_[i].socket = open_line(port, request);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, lines_[i].socket, &event);
  }
  hear("event: reset", Clock::now());
}

Streams::~Streams() {
  for (const auto& line : lines_) ::close(line.socket);
  ::close(poll_);
}

bool Streams::receive(Line& line) {
  std::array<char, 4'096> bytes;
  const auto count = ::recv(line.socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (count <= 0) throw std::runtime_error("a stream ended: " + line.heard);
  line.heard.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::vector<std::size_t> Streams::wait(std::chrono::milliseconds longest) {
  std::array<epoll_event, 256> events{};
  const int count =
      ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), static_cast<int>(longest.count()));
  std::vector<std::size_t> ready;
  for (int i = 0; i < count; ++i) ready.push_back(events.at(static_cast<std::size_t>(i)).data.u64);
  return ready;
}

void Streams::quiet() {
  constexpr std::chrono::milliseconds a_while{60};
  for (auto ready = wait(a_while); !ready.empty(); ready = wait(a_while)) {
    for (const auto i : ready) receive(lines_[i]);
  }
  for (auto& line : lines_) line.heard.clear();
}

std::vector<double> Streams::hear(const std::string& text, Clock::time_point began) {
  std::vector<double> took;
  while (took.size() < lines_.size()) {
    constexpr std::chrono::milliseconds look{100};
    for (const auto i : wait(look)) {
      auto& line = lines_[i];
      const bool before = line.heard.find(text) != std::string::npos;
      receive(line);
      const bool now = line.heard.find(text) != std::string::npos;
      if (now && !before)
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    }
    if (Clock::now() - began > patience) {
      throw std::runtime_error(std::to_string(took.size()) + " of " + std::to_string(lines_.size()) +
                               " streams heard it");
    }
  }
  return took;
}

}  // namespace doorstep::bench
