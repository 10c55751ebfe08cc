#include "app/serve.hpp"

#include <csignal>

#include <fmt/format.h>
#include <pthread.h>

#include "app/front.hpp"
#include "app/metrics.hpp"
#include "app/towns.hpp"
#include "base/log.hpp"
#include "base/time.hpp"
#include "hall/place.hpp"
#include "http/http.hpp"

namespace doorstep::app {

namespace {

// The signals that a server waits for, kept from all of its threads so that one place hears them.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }

  int wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_{};
};

http::Options http_options(const Config& config) {
  http::Options options;
  options.listen = config.listen;
  options.threads = config.threads;
  options.trusted_proxies = config.trusted_proxies;
  options.limits.requests_per_second_per_address = config.requests_per_second;
  options.limits.burst_per_address = 2 * config.requests_per_second;
  options.limits.connections = config.connections;
  if (!config.tls_certificate.empty()) options.tls = http::Tls{config.tls_certificate, config.tls_key};
  return options;
}

void log_request(const std::string& town, const api::Observed& observed) {
  log_info("request", {{"request_id", observed.request_id},
                       {"town", town},
                       {"method", observed.method},
                       {"route", observed.route == nullptr ? std::string_view{"none"} : observed.route->name},
                       {"status", observed.status},
                       {"problem", observed.problem},
                       {"took_us", observed.took.count()}});
}

void set_up_log(const Config& config) {
  constexpr std::size_t log_bytes_max = 50 * 1024 * 1024;
  constexpr std::size_t log_files = 5;
  if (!config.log_file.empty()) log_to_file(config.log_file, log_bytes_max, log_files);
  log_least(config.log_level);
}

std::string url(const Config& config, std::string_view host, std::uint16_t port) {
  // A plain host has no brackets, and in a URL an address of IPv6 needs them.
  const bool bare_address = host.contains(':') && !host.starts_with('[');
  return fmt::format("{}://{}{}{}:{}", config.tls_certificate.empty() ? "http" : "https",
                     bare_address ? "[" : "", host, bare_address ? "]" : "", port);
}

void print_town(const Config& config, const std::string& base) {
  fmt::print(
      "  {}/          for residents\n  {}/console/  for officers\n  {}/display/  for the hall's screen\n",
      base, base, base);
  if (config.demo_sign_ins) {
    fmt::print(
        "Demo town: everything is invented. Sign in as officer1, officer2 or manager with the password"
        " doorstep-demo.\n");
  }
}

// For the one who started it by hand; a service's log has the same as fields.
void print_addresses(const Config& config, const std::vector<TownSettings>& towns, std::uint16_t port) {
  const auto listen = config.listen.substr(0, config.listen.rfind(':'));
  const auto own = url(config, listen == "0.0.0.0" || listen == "[::]" ? "localhost" : listen, port);
  if (towns.front().config.hosts.empty()) {
    fmt::print("Doorstep serves at\n");
    print_town(config, own);
  } else {
    fmt::print("Doorstep listens at {} and serves\n", own);
    for (const auto& town : towns) print_town(town.config, url(config, town.name(), port));
  }
  std::fflush(stdout);
}

api::Observer observer_of(const std::string& town, Metrics& metrics, bool log_requests) {
  return [town, &metrics, log_requests](const api::Observed& observed) {
    metrics.observe(observed);
    if (log_requests) log_request(town, observed);
  };
}

// Before there are threads: a machine without a list of zones says so now, and not in somebody's request.
void read_zones() { const Zone any{"UTC"}; }

}  // namespace

int serve(const Config& config) {
  set_up_log(config);
  read_zones();
  const Signals signals;
  Metrics metrics;
  const auto settings = towns_to_serve(config);
  Towns towns{settings, [&metrics, &config](const std::string& town) {
                return api::ApiOptions{.strict = false,
                                       .work_threads = 2,
                                       .observer = observer_of(town, metrics, config.log_requests)};
              }};
  Front front{towns, metrics};
  auto options = http_options(config);
  // The same routes in every town.
  options.body_limit = [&towns](std::string_view path) {
    return towns.all().front().town->api().body_bytes_max(path);
  };
  http::Server server{
      std::move(options),
      [&front](const http::Request& request, http::Reply& reply) { return front.handle(request, reply); },
      Front::refusal};
  front.watch(server);
  towns.start();
  server.start();
  log_info("serving", {{"port", server.port()}, {"towns", towns.all().size()}});
  print_addresses(config, settings, server.port());

  for (int signal = signals.wait(); signal == SIGHUP; signal = signals.wait()) {
    try {
      server.reload_tls();
      log_info("certificate_read_anew");
    } catch (const std::exception& wrong) {
      log_error("certificate_kept", {{"why", wrong.what()}});
    }
  }
  log_info("stopping");
  server.stop(std::chrono::seconds{config.shutdown_seconds});
  towns.stop();
  log_info("stopped");
  return 0;
}

}  // namespace doorstep::app
