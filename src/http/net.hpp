// Short names for the parts of Asio that this room uses, bound to io_context's own executor: the type-erased
// one that Asio takes by default costs an allocation here and an indirect call there on every operation.
#pragma once

#include <chrono>
#include <ctime>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace doorstep::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

template <class T>
using Task = asio::awaitable<T, Executor>;

// The steady clock to a few milliseconds, for the price of
// reading memory: enough for every limit of this room.
inline TimePoint coarse_now() {
  timespec at{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &at);
  return TimePoint{std::chrono::seconds{at.tv_sec} + std::chrono::nanoseconds{at.tv_nsec}};
}

}  // namespace doorstep::http
