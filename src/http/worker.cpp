#include "http/worker.hpp"

#include <array>
#include <csignal>
#include <random>

#include <boost/asio/post.hpp>

namespace doorstep::http {

Worker::Worker(std::chrono::milliseconds look_every)
    : look_every_(look_every), look_timer_(context), stay_(context.get_executor()) {
  std::random_device random;
  id_state_ = std::uint64_t{random()} << 32U | random();
}

void Worker::start() {
  look_later();
  // Signals are the business of the thread that started the server.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Worker::run() {
  while (true) {
    try {
      context.run();
      return;
    } catch (...) {
      // Memory ran out outside of any connection. The others go on.
    }
  }
}

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::shut_down_connections() {
  asio::post(context, [this] {
    for (auto* connection : connections_) connection->on_shutting_down();
  });
}

void Worker::abort_connections() {
  asio::post(context, [this] {
    aborting_ = true;
    for (auto* connection : connections_) connection->abort();
    look_timer_.cancel();
    stay_.reset();
  });
}

void Worker::enter(Connection& connection) {
  connection.place_ = connections_.size();
  connections_.push_back(&connection);
}

void Worker::leave(Connection& connection) {
  auto* last = connections_.back();
  connections_[connection.place_] = last;
  last->place_ = connection.place_;
  connections_.pop_back();
}

void Worker::make_request_id(std::string& out) {
  id_state_ += 0x9e37'79b9'7f4a'7c15U;  // splitmix64
  auto value = id_state_;
  value = (value ^ value >> 30U) * 0xbf58'476d'1ce4'e5b9U;
  value = (value ^ value >> 27U) * 0x94d0'49bb'1331'11ebU;
  value ^= value >> 31U;
  constexpr std::size_t digits = 16;
  out.resize(digits);
  for (auto& digit : out) {
    digit = "0123456789abcdef"[value & 15U];
    value >>= 4U;
  }
}

void Worker::look_later() {
  look_timer_.expires_after(look_every_);
  look_timer_.async_wait([this](const boost::system::error_code&) {
    if (aborting_) return;
    look();
    look_later();
  });
}

void Worker::look() {
  const auto now = coarse_now();
  for (auto* connection : connections_) {
    if (connection->deadline > now) continue;
    connection->deadline = TimePoint::max();
    connection->on_deadline();
  }
}

}  // namespace doorstep::http
