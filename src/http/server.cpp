#include <algorithm>
#include <future>
#include <system_error>
#include <thread>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include "http/address.hpp"
#include "http/edge.hpp"
#include "http/http.hpp"
#include "http/session.hpp"
#include "http/worker.hpp"

namespace doorstep::http {

namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

void require(const boost::system::error_code& error, const std::string& what) {
  if (error) throw std::system_error(static_cast<std::error_code>(error), what);
}

// Often enough that a deadline is met to a quarter of the shortest limit, seldom enough to cost nothing.
std::chrono::milliseconds look_every(const Limits& limits) {
  const auto shortest = std::min({limits.header_time, limits.body_time, limits.answer_time, limits.write_time,
                                  limits.idle_time, limits.stream_beat});
  return std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{250});
}

}  // namespace

struct Server::Impl {
  Impl(Options options, Handler handler, Refusal refusal)
      : edge(std::move(options), std::move(handler), std::move(refusal)) {}

  void bind();
  void accept_next();
  void accepted(const std::shared_ptr<Worker>& worker, const boost::system::error_code& error,
                TcpSocket socket);
  std::shared_ptr<Worker> least_loaded();
  std::uint64_t in_flight() const;
  void close_acceptor();

  Edge edge;
  std::vector<std::shared_ptr<Worker>> workers;
  std::optional<Acceptor> acceptor;  // lives on the first worker
  std::optional<Timer> pause;
  std::size_t next_worker = 0;
  std::uint16_t port = 0;
  std::atomic<std::uint64_t> connections_total{0};
  std::atomic<std::uint64_t> turned_away{0};
  std::mutex stopping;
};

void Server::Impl::bind() {
  const auto& listen = edge.options.listen;
  const auto [host, number] = parse_listen(listen);
  boost::system::error_code error;
  asio::ip::tcp::resolver resolver(workers.front()->context);
  const auto found = resolver.resolve(host, std::to_string(number), asio::ip::tcp::resolver::passive, error);
  require(error, "cannot find the address " + listen);
  const auto endpoint = found.begin()->endpoint();
  acceptor.emplace(workers.front()->context.get_executor());
  acceptor->open(endpoint.protocol(), error);
  require(error, "cannot listen on " + listen);
  acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (endpoint.address().is_v6()) acceptor->set_option(asio::ip::v6_only(false), error);
  acceptor->bind(endpoint, error);
  require(error, "cannot listen on " + listen);
  acceptor->listen(asio::socket_base::max_listen_connections, error);
  require(error, "cannot listen on " + listen);
  port = acceptor->local_endpoint().port();
}

// One acceptor hands connections out. With SO_REUSEPORT the kernel would deal them by hash, and a few busy
// connections often end up on the same thread.
std::shared_ptr<Worker> Server::Impl::least_loaded() {
  const auto count = workers.size();
  auto best = workers[next_worker % count];
  for (std::size_t i = 1; i < count; ++i) {
    const auto& other = workers[(next_worker + i) % count];
    if (other->assigned.load() < best->assigned.load()) best = other;
  }
  ++next_worker;
  return best;
}

void Server::Impl::accept_next() {
  auto worker = least_loaded();
  const auto executor = worker->context.get_executor();
  acceptor->async_accept(executor, [this, worker = std::move(worker)](const auto& error, TcpSocket socket) {
    accepted(worker, error, std::move(socket));
  });
}

void Server::Impl::accepted(const std::shared_ptr<Worker>& worker, const boost::system::error_code& error,
                            TcpSocket socket) {
  if (!acceptor->is_open()) return;
  if (error) {
    // Most likely no file descriptor is left: trying again at once would only burn the core.
    constexpr std::chrono::milliseconds breath{50};
    pause->expires_after(breath);
    pause->async_wait([this](const boost::system::error_code&) {
      if (acceptor->is_open()) accept_next();
    });
    return;
  }
  boost::system::error_code gone;
  const auto peer = socket.remote_endpoint(gone);
  if (!gone) {
    connections_total.fetch_add(1, std::memory_order_relaxed);
    const auto address = unmapped(peer.address());
    auto place = edge.admission.admit(edge.proxies.trusts(address) ? 0 : address_key(address));
    if (place) {
      worker->assigned.fetch_add(1);
      asio::post(worker->context,
                 [this, worker, place = std::move(*place), socket = std::move(socket)]() mutable {
                   serve_connection(worker, edge, std::move(place), std::move(socket));
                 });
    } else {
      turned_away.fetch_add(1, std::memory_order_relaxed);
    }
  }
  accept_next();
}

std::uint64_t Server::Impl::in_flight() const {
  std::uint64_t result = 0;
  for (const auto& worker : workers) result += worker->in_flight.get();
  return result;
}

void Server::Impl::close_acceptor() {
  std::promise<void> closed;
  asio::post(workers.front()->context, [this, &closed] {
    boost::system::error_code ignored;
    acceptor->close(ignored);
    pause->cancel();
    closed.set_value();
  });
  closed.get_future().wait();
}

Server::Server(Options options, Handler handler, Refusal refusal)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler), std::move(refusal))) {}

Server::~Server() { stop(std::chrono::milliseconds{0}); }

void Server::start() {
  auto& impl = *impl_;
  const auto& options = impl.edge.options;
  if (options.tls) impl.edge.tls.emplace(load_tls(*options.tls));
  const auto threads =
      options.threads != 0 ? options.threads : std::max(std::thread::hardware_concurrency(), 1U);
  std::vector<std::shared_ptr<Worker>> workers;
  for (unsigned i = 0; i < threads; ++i)
    workers.push_back(std::make_shared<Worker>(look_every(options.limits)));
  impl.workers = workers;
  try {
    impl.bind();
  } catch (...) {
    impl.acceptor.reset();
    impl.workers.clear();
    throw;
  }
  impl.pause.emplace(workers.front()->context);
  impl.accept_next();
  for (const auto& worker : workers) worker->start();
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::stop(std::chrono::milliseconds patience) {
  auto& impl = *impl_;
  const std::scoped_lock lock(impl.stopping);
  if (!impl.acceptor) return;
  const auto end = SteadyClock::now() + patience;
  impl.edge.shutting_down.store(true);
  for (const auto& worker : impl.workers) worker->shut_down_connections();
  constexpr std::chrono::milliseconds nap{2};
  while (impl.in_flight() > 0 && SteadyClock::now() < end) std::this_thread::sleep_for(nap);

  impl.close_acceptor();
  for (const auto& worker : impl.workers) worker->abort_connections();
  for (const auto& worker : impl.workers) worker->join();
  impl.acceptor.reset();
  impl.pause.reset();
}

void Server::reload_tls() {
  auto& edge = impl_->edge;
  if (edge.options.tls && edge.tls) edge.tls->replace(load_tls(*edge.options.tls));
}

Counts Server::counts() const {
  Counts counts;
  counts.connections_open = impl_->edge.admission.open();
  counts.connections_total = impl_->connections_total.load();
  counts.refused_total = impl_->turned_away.load();
  for (const auto& worker : impl_->workers) {
    counts.streams_open += worker->streams.get();
    counts.requests_in_flight += worker->in_flight.get();
    counts.refused_total += worker->refused.get();
  }
  return counts;
}

}  // namespace doorstep::http
