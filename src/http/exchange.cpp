#include "http/exchange.hpp"

#include <boost/asio/post.hpp>

namespace doorstep::http {

std::uint64_t Exchange::open() {
  arrived = false;
  answer.reset();
  const auto turn = turn_.load(std::memory_order_relaxed) + 1;
  turn_.store(turn, std::memory_order_release);
  return turn;
}

bool Exchange::settle(std::uint64_t turn) {
  if (turn_.load(std::memory_order_relaxed) != turn) return false;
  auto expected = turn;
  return turn_.compare_exchange_strong(expected, turn + 1, std::memory_order_acq_rel);
}

void Exchange::give(std::shared_ptr<Exchange> exchange, std::uint64_t turn, Response* answer) {
  if (!exchange->settle(turn)) return;
  if (answer != nullptr) exchange->answer = std::move(*answer);
  // The worker must outlive the call to post, which returns after
  // the connection, and with it the server, may be gone.
  const auto worker = exchange->worker;
  asio::post(worker->context, [exchange = std::move(exchange)] {
    exchange->arrived = true;
    if (exchange->event != nullptr) exchange->event->signal();
  });
}

}  // namespace doorstep::http
