// The coroutines of the whole program. g++ 12 miscompiles co_await next to a braced aggregate, a capturing
// lambda or ?:, so there is one co_await a statement here and only names stand in it; everything that thinks
// is a plain function.
//
// An answer that is ready at once costs no trip through the scheduler: the handler is called in place and the
// answer is written with one non-blocking gather write. Only what the kernel does not take is awaited.
#include "http/session.hpp"

#include <array>
#include <type_traits>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "http/conversation.hpp"

namespace doorstep::http {

namespace {

using TlsSocket = asio::ssl::stream<TcpSocket>;
using Error = boost::system::error_code;

constexpr asio::use_awaitable_t<Executor> use_task{};

// A connection that we end while the client may still be sending is read for a while and thrown away: closing
// at once would make the client's system forget the answer before the client has read it.
constexpr std::chrono::milliseconds linger_time{2'000};
constexpr std::size_t linger_bytes = 1024 * 1024;
constexpr std::size_t stream_chatter_bytes = 64 * 1024;  // a client of a stream has nothing to say

template <class Socket>
class Session final : public Conversation, public std::enable_shared_from_this<Session<Socket>> {
 public:
  template <class... SocketArguments>
  Session(std::shared_ptr<Worker> worker, Edge& edge, Admission::Place place, const Address& peer,
          std::shared_ptr<asio::ssl::context> tls, SocketArguments&&... socket)
      : Conversation(std::move(worker), edge, std::move(place), peer, secure),
        tls_(std::move(tls)),
        socket_(std::forward<SocketArguments>(socket)...) {}

  static Task<void> run(std::shared_ptr<Session> self);

 private:
  static constexpr bool secure = std::is_same_v<Socket, TlsSocket>;

  static Task<void> watch_client(std::shared_ptr<Session> self);
  Task<void> stream_events();
  Task<void> part();
  bool send_at_once();

  TcpSocket& tcp() override {
    if constexpr (secure) {
      return socket_.next_layer();
    } else {
      return socket_;
    }
  }

  const std::shared_ptr<asio::ssl::context> tls_;  // outlives the socket's use of it
  Socket socket_;
};

template <class Socket>
Task<void> Session<Socket>::run(std::shared_ptr<Session> self) {
  auto& me = *self;
  auto& socket = me.socket_;
  auto token = asio::redirect_error(use_task, me.error_);
  if constexpr (secure) {
    const auto side = asio::ssl::stream_base::server;
    me.deadline_in(me.limits_.header_time);
    co_await socket.async_handshake(side, token);
    if (me.error_ || me.expired_) co_return;
  }
  bool open = true;
  while (open) {
    me.begin_request();
    Step step = me.read_head();
    while (step == Step::partial) {
      const auto space = me.head_space();
      const auto count = co_await socket.async_read_some(space, token);
      step = me.head_received(count);
    }
    if (step == Step::ready) step = me.admit();
    if (step == Step::ready) step = me.begin_body();
    if (step == Step::partial && me.head_.expects_continue) {
      const auto go_on = asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25);
      co_await asio::async_write(socket, go_on, token);
    }
    while (step == Step::partial) {
      const auto space = me.body_space();
      const auto count = co_await socket.async_read_some(space, token);
      step = me.body_received(count);
    }
    if (step == Step::ready) step = me.dispatch();
    while (step == Step::partial) {
      Error woken;
      auto wake_token = asio::redirect_error(use_task, woken);
      if (!me.event_.signalled) co_await me.event_.timer.async_wait(wake_token);
      step = me.answer_or_wait();
    }
    if (step == Step::gone) co_return;
    me.compose_answer();
    const bool sent = me.send_at_once();
    if (!sent) me.await_send();
    if (!sent) co_await asio::async_write(socket, me.out_, token);
    if (me.error_ || me.aborted_) co_return;
    if (me.answer_->on_stream) {
      auto streaming = me.stream_events();
      co_await std::move(streaming);
      co_return;
    }
    open = me.end_turn();
  }
  auto parting = me.part();
  co_await std::move(parting);
}

template <class Socket>
Task<void> Session<Socket>::stream_events() {
  auto& socket = socket_;
  auto token = asio::redirect_error(use_task, error_);
  auto self = this->shared_from_this();
  auto watching = watch_client(self);
  const auto executor = worker_->context.get_executor();
  asio::co_spawn(executor, std::move(watching), asio::detached);
  open_stream();
  while (!error_ && !client_left_ && !aborted_) {
    if (next_batch()) {
      co_await asio::async_write(socket, batch_out_, token);
      stream_->written(batch_);
      continue;
    }
    if (stream_->finished()) break;
    Error woken;
    auto wake_token = asio::redirect_error(use_task, woken);
    if (!event_.signalled) co_await event_.timer.async_wait(wake_token);
    event_.signalled = false;
  }
  close_stream();
}

// Reads what a client of a stream sends, which is nothing, to learn at once that it has left.
template <class Socket>
Task<void> Session<Socket>::watch_client(std::shared_ptr<Session> self) {
  auto& me = *self;
  auto& socket = me.socket_;
  Error error;
  auto token = asio::redirect_error(use_task, error);
  std::array<char, 256> bytes{};
  const auto space = asio::buffer(bytes);
  std::size_t heard = 0;
  while (!error && heard < stream_chatter_bytes) {
    const auto count = co_await socket.async_read_some(space, token);
    heard += count;
  }
  me.client_left_ = true;
  me.event_.signal();
}

// The end of a connection that we end.
template <class Socket>
Task<void> Session<Socket>::part() {
  auto& socket = tcp();
  Error error;
  auto token = asio::redirect_error(use_task, error);
  deadline_in(linger_time);
  if constexpr (secure) {
    co_await socket_.async_shutdown(token);
  }
  socket.shutdown(asio::socket_base::shutdown_send, error);
  std::array<char, 4096> bytes{};
  const auto space = asio::buffer(bytes);
  std::size_t dropped = 0;
  while (unread_ && !error && !expired_ && dropped < linger_bytes) {
    const auto count = co_await socket.async_read_some(space, token);
    dropped += count;
  }
}

// True when everything is sent or nothing can be (error_). A TLS stream cannot write without waiting.
template <class Socket>
bool Session<Socket>::send_at_once() {
  if constexpr (!secure) {
    while (true) {
      const auto count = socket_.write_some(out_, error_);
      if (error_ == asio::error::would_block) return false;
      if (error_ || sent(count)) return true;
    }
  }
  return false;
}

}  // namespace

void serve_connection(std::shared_ptr<Worker> worker, Edge& edge, Admission::Place place, TcpSocket socket) {
  Error error;
  const auto peer = socket.remote_endpoint(error).address();
  if (!error) socket.non_blocking(true, error);
  if (error || worker->aborting()) {
    worker->assigned.fetch_sub(1);
    return;
  }
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  const auto executor = worker->context.get_executor();
  if (edge.tls) {
    const auto tls = edge.tls->current();
    auto session = std::make_shared<Session<TlsSocket>>(std::move(worker), edge, std::move(place), peer, tls,
                                                        std::move(socket), *tls);
    asio::co_spawn(executor, Session<TlsSocket>::run(std::move(session)), asio::detached);
  } else {
    auto session = std::make_shared<Session<TcpSocket>>(std::move(worker), edge, std::move(place), peer,
                                                        nullptr, std::move(socket));
    asio::co_spawn(executor, Session<TcpSocket>::run(std::move(session)), asio::detached);
  }
}

}  // namespace doorstep::http
