#include "bench/bench_town.hpp"

#include <cstdlib>
#include <stdexcept>

#include <unistd.h>

#include "app/front.hpp"
#include "app/import.hpp"
#include "app/metrics.hpp"
#include "app/towns.hpp"
#include "hall/hall_file.hpp"

namespace doorstep::bench {

namespace {

struct AskNothing {};
BOOST_DESCRIBE_STRUCT(AskNothing, (), ())

struct SayOk {
  bool ok = true;
};
BOOST_DESCRIBE_STRUCT(SayOk, (), (ok))

struct VenueRow {
  VenueId id;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (id))

hall::HallFile hall_file(std::size_t number) {
  hall::HallFile file{.key = "bench" + std::to_string(number),
                      .venue = "centre",
                      .groups = {},
                      .services = {},
                      .windows = {}};
  for (const auto group : groups) {
    const std::string name{group};
    file.groups.push_back({name, {name, name}});
    file.services.push_back({"service" + name, name, std::nullopt, {name, name}, {name, name}, std::nullopt});
  }
  return file;
}

http::Options http_options(unsigned threads) {
  http::Options options;
  options.listen = "127.0.0.1:0";
  options.threads = threads;
  options.limits.requests_per_second_per_address = 0;
  options.limits.connections_per_address = options.limits.connections;
  return options;
}

}  // namespace

app::Config config_on(storage::Engine engine, const Folder& folder) {
  app::Values flags{{"data", (folder.path() / "var").string()}, {"limits.requests_per_second", "0"}};
  if (engine == storage::Engine::postgres) {
    const char* server = std::getenv("DOORSTEP_TEST_PG");
    if (server == nullptr) throw std::runtime_error("DOORSTEP_TEST_PG names no PostgreSQL");
    flags["database"] = server;
    flags["schema"] = "bench_" + std::to_string(::getpid());
  }
  return app::make_config("", {}, flags);
}

void drop_town(const app::Config& config) {
  if (config.database.empty()) return;
  try {
    app::open_town_store(config)->write_now(
        [&](storage::Sql& sql) { sql.run("drop schema " + config.schema + " cascade"); });
  } catch (const std::exception&) {
    // The server goes away with the benchmark.
  }
}

struct BenchTown::Serving {
  Serving(const app::Config& config, unsigned threads)
      : towns({{{}, config}}, [this](const std::string&) { return api_options(); }) {
    town().api().read<AskNothing, SayOk>(std::string{empty_path},
                                         [](Snapshot&, const Caller&, const AskNothing&) { return SayOk{}; },
                                         {.who = api::anyone, .summary = "Only for benchmarks"});
    front = std::make_unique<app::Front>(towns, metrics);
    auto options = http_options(threads);
    options.body_limit = [this](std::string_view path) { return town().api().body_bytes_max(path); };
    server = std::make_unique<http::Server>(
        std::move(options),
        [this](const http::Request& request, http::Reply& reply) { return front->handle(request, reply); },
        app::Front::refusal);
    front->watch(*server);
  }
  ~Serving() {
    server->stop(std::chrono::milliseconds{0});
    towns.stop();
  }

  app::Town& town() const { return *towns.all().front().town; }
  api::ApiOptions api_options() {
    return {.strict = false, .work_threads = 2, .observer = [this](const api::Observed& observed) {
              metrics.observe(observed);
            }};
  }

  app::Metrics metrics;
  app::Towns towns;
  std::unique_ptr<app::Front> front;
  std::unique_ptr<http::Server> server;
};

BenchTown::BenchTown(storage::Engine engine, unsigned threads) : config_(config_on(engine, folder_)) {
  {
    app::Books books{config_};
    app::import_network(books.journal(), DOORSTEP_DEMO_TOWN);
  }
  serving_ = std::make_unique<Serving>(config_, threads);
  add_halls();
  serving_->towns.start();
  serving_->server->start();
}

BenchTown::~BenchTown() {
  serving_.reset();
  drop_town(config_);
}

void BenchTown::add_halls() {
  serving_->town().journal().write_now([&](Transaction& tx, Instant) {
    const auto venue = tx.one<VenueRow>("select id from venues where key = 'centre'").id;
    hall_ids_.clear();
    for (std::size_t i = 0; i < halls; ++i)
      hall_ids_.push_back(to_string(hall::put_hall(tx, hall_file(i), venue)));
  });
}

std::uint16_t BenchTown::port() const { return serving_->server->port(); }

storage::Counts BenchTown::counts() const { return serving_->town().journal().store().counts(); }

std::string BenchTown::ticket_request(std::size_t line, std::string_view key) const {
  const auto body = R"({"service":"service)" + std::string{groups[line % std::size(groups)]} + "\"}";
  auto text =
      "POST /api/halls/" + hall_ids_.at(line / std::size(groups)) + "/tickets HTTP/1.1\r\nHost: bench\r\n";
  if (!key.empty()) text += "Idempotency-Key: " + std::string{key} + "\r\n";
  text +=
      "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  return text;
}

}  // namespace doorstep::bench
