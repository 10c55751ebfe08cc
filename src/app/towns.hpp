// The towns that this process serves, open, and found by the host name that a request bears.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/hosts.hpp"
#include "app/metrics.hpp"
#include "app/town.hpp"
#include "app/town_settings.hpp"

namespace doorstep::app {

struct ServedTown {
  std::string name;  // for log and metrics; empty: the only one
  std::unique_ptr<Town> town;
};

class Towns {
 public:
  // What a town's API is opened with; the town's name tells whose it is.
  using OptionsFor = std::function<api::ApiOptions(const std::string& name)>;

  // Serves them all, or none: a town that cannot be opened is named by its file.
  Towns(const std::vector<TownSettings>& settings, const OptionsFor& options_for);

  // The town that answers to a Host header, or null. The only town answers to all, unless it names its hosts.
  Town* find(std::string_view host_header) const;
  std::span<const ServedTown> all() const { return towns_; }
  std::vector<TownCounts> counts() const;

  void start();
  void stop();

 private:
  std::vector<ServedTown> towns_;
  Hosts hosts_;
  bool any_host_;
};

}  // namespace doorstep::app
