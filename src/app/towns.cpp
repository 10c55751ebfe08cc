#include "app/towns.hpp"

#include <stdexcept>
#include <thread>

namespace doorstep::app {

namespace {

std::unique_ptr<Town> open_town(const TownSettings& settings, api::ApiOptions options) {
  try {
    return std::make_unique<Town>(settings.config, std::move(options));
  } catch (const std::exception& why) {
    if (settings.file.empty()) throw;
    throw std::runtime_error(settings.file.string() + ": the town cannot be opened: " + why.what());
  }
}

std::vector<ServedTown> open_all(const std::vector<TownSettings>& settings,
                                 const Towns::OptionsFor& options_for) {
  std::vector<ServedTown> towns;
  for (const auto& each : settings) {
    const auto name = settings.size() > 1 ? each.name() : std::string{};
    towns.push_back({name, open_town(each, options_for(name))});
  }
  return towns;
}

Hosts hosts_of(const std::vector<TownSettings>& settings) {
  std::vector<std::pair<std::string, std::size_t>> hosts;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    for (const auto& host : settings[i].config.hosts) hosts.emplace_back(host, i);
  }
  return Hosts{std::move(hosts)};
}

}  // namespace

Towns::Towns(const std::vector<TownSettings>& settings, const OptionsFor& options_for)
    : towns_(open_all(settings, options_for)),
      hosts_(hosts_of(settings)),
      any_host_(settings.size() == 1 && settings.front().config.hosts.empty()) {}

Town* Towns::find(std::string_view host_header) const {
  if (any_host_) return towns_.front().town.get();
  const auto found = hosts_.find(host_header);
  return found ? towns_[*found].town.get() : nullptr;
}

std::vector<TownCounts> Towns::counts() const {
  std::vector<TownCounts> counts;
  for (const auto& [name, town] : towns_) {
    auto& journal = town->journal();
    counts.push_back({name, journal.store().counts(), journal.clock_behind(), town->calendar_is_missing()});
  }
  return counts;
}

void Towns::start() {
  for (const auto& each : towns_) each.town->start();
}

// Each waits for its runners, which may be in the middle of something; together they take as long as one.
void Towns::stop() {
  std::vector<std::jthread> stopping;
  for (const auto& each : towns_) stopping.emplace_back([&each] { each.town->stop(); });
}

}  // namespace doorstep::app
