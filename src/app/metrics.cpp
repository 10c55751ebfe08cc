#include "app/metrics.hpp"

#include <algorithm>

#include <prometheus/text_serializer.h>

namespace doorstep::app {

namespace {

const prometheus::Histogram::BucketBoundaries seconds_buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                              0.05,   0.1,   0.25,   0.5,   1,    5};

double number(std::uint64_t count) { return static_cast<double>(count); }

}  // namespace

Metrics::Metrics()
    : requests_(prometheus::BuildCounter()
                    .Name("doorstep_http_requests_total")
                    .Help("Requests answered, by route and class of status.")
                    .Register(registry_)),
      seconds_(prometheus::BuildHistogram()
                   .Name("doorstep_http_request_seconds")
                   .Help("Time from a request's last byte to its answer, by route.")
                   .Register(registry_)) {}

Metrics::RouteCounts& Metrics::counts_of(const std::string& route) {
  const std::lock_guard lock{mutex_};
  auto [entry, fresh] = routes_.try_emplace(route);
  if (fresh) {
    entry->second.seconds = &seconds_.Add({{"route", route}}, seconds_buckets);
    for (std::size_t i = 1; i < entry->second.by_class.size(); ++i) {
      entry->second.by_class[i] = &requests_.Add({{"route", route}, {"class", std::to_string(i) + "xx"}});
    }
  }
  return entry->second;
}

void Metrics::observe(const api::Observed& observed) {
  auto& counts = counts_of(observed.route == nullptr ? "none" : observed.route->name);
  counts.seconds->Observe(std::chrono::duration<double>(observed.took).count());
  const auto status_class = static_cast<std::size_t>(std::clamp(observed.status / 100, 1, 5));
  counts.by_class[status_class]->Increment();
}

void Metrics::set(const std::string& name, const std::string& help, double value,
                  const prometheus::Labels& of) {
  prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add(of).Set(value);
}

void Metrics::count_up(const std::string& name, const std::string& help, double total,
                       const prometheus::Labels& of) {
  auto& counter = prometheus::BuildCounter().Name(name).Help(help).Register(registry_).Add(of);
  counter.Increment(total - counter.Value());
}

void Metrics::add_town(const TownCounts& counts) {
  const auto& store = counts.store;
  prometheus::Labels of;
  if (!counts.town.empty()) of.emplace("town", counts.town);
  count_up("doorstep_store_commands_total", "Commands the writer has run.", number(store.commands), of);
  count_up("doorstep_store_commands_refused_total", "Commands that were rolled back.", number(store.refused),
           of);
  count_up("doorstep_store_batches_total", "Commits.", number(store.batches), of);
  count_up("doorstep_store_poisoned_total", "Batches lost and run again one by one.", number(store.poisoned),
           of);
  count_up("doorstep_store_reads_total", "Queries on a snapshot.", number(store.reads), of);
  count_up("doorstep_store_over_budget_total", "Commands that took longer than their soft budget.",
           number(store.over_soft_budget), of);
  set("doorstep_store_queued", "Commands waiting for the writer.", number(store.queued), of);
  set("doorstep_clock_behind_seconds", "How far the machine's clock lies behind what was already recorded.",
      std::chrono::duration<double>(counts.clock_behind).count(), of);
  set("doorstep_calendar_year_missing",
      "Whether a year that deadlines may reach into is not in the calendar and has to be imported.",
      counts.calendar_missing ? 1 : 0, of);
}

std::string Metrics::text(const http::Counts& server, const std::vector<TownCounts>& towns) {
  set("doorstep_http_connections", "Open connections.", number(server.connections_open));
  set("doorstep_http_streams", "Open event streams.", number(server.streams_open));
  count_up("doorstep_http_connections_total", "Connections accepted.", number(server.connections_total));
  count_up("doorstep_http_refused_total", "Requests refused before they reached a route.",
           number(server.refused_total));
  for (const auto& town : towns) add_town(town);
  return prometheus::TextSerializer{}.Serialize(registry_.Collect());
}

}  // namespace doorstep::app
