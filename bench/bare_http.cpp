#include "bench/bare_http.hpp"

#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace doorstep::bench {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, const std::string& body) : socket_(std::move(socket)), body_(body) {}

  void read() {
    request_ = {};
    beast::http::async_read(socket_, buffer_, request_,
                            [self = shared_from_this()](const beast::error_code& error, std::size_t) {
                              if (!error) self->write();
                            });
  }

 private:
  void write() {
    // The headers of our own answers, so that both write the same number of bytes.
    response_ = {};
    response_.result(beast::http::status::ok);
    response_.set(beast::http::field::date, "Tue, 24 Nov 2026 05:29:40 GMT");
    response_.set("X-Request-Id", "0123456789abcdef");
    response_.set(beast::http::field::content_type, "text/plain");
    response_.body() = body_;
    response_.keep_alive(request_.keep_alive());
    response_.prepare_payload();
    beast::http::async_write(socket_, response_,
                             [self = shared_from_this()](const beast::error_code& error, std::size_t) {
                               if (!error && self->response_.keep_alive()) self->read();
                             });
  }

  Socket socket_;
  const std::string& body_;
  beast::flat_buffer buffer_;
  beast::http::request<beast::http::string_body> request_;
  beast::http::response<beast::http::string_body> response_;
};

}  // namespace

struct BareHello::Impl {
  Impl(unsigned count, std::string its_body) : body(std::move(its_body)) {
    for (unsigned i = 0; i < count; ++i) contexts.push_back(std::make_unique<asio::io_context>(1));
    acceptor.emplace(contexts.front()->get_executor(),
                     asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    accept();
    for (const auto& context : contexts) {
      guards.emplace_back(context->get_executor());
      threads.emplace_back([&context = *context] { context.run(); });
    }
  }
  ~Impl() {
    for (const auto& context : contexts) context->stop();
    threads.clear();
    acceptor.reset();
    guards.clear();
  }

  void accept() {
    auto& context = *contexts[next++ % contexts.size()];
    acceptor->async_accept(context.get_executor(),
                           [this, &context](const beast::error_code& error, Socket socket) {
                             if (error) return;
                             socket.set_option(asio::ip::tcp::no_delay(true));
                             asio::post(context, [this, socket = std::move(socket)]() mutable {
                               std::make_shared<Session>(std::move(socket), body)->read();
                             });
                             accept();
                           });
  }

  std::string body;
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::optional<Acceptor> acceptor;
  std::vector<asio::executor_work_guard<Executor>> guards;
  std::size_t next = 0;
  std::vector<std::jthread> threads;
};

BareHello::BareHello(unsigned threads, std::string body)
    : impl_(std::make_unique<Impl>(threads, std::move(body))) {}

BareHello::~BareHello() = default;

std::uint16_t BareHello::port() const { return impl_->acceptor->local_endpoint().port(); }

}  // namespace doorstep::bench
