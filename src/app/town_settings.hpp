// The settings of the towns that one process serves: one town's stand among the process's own; those of
// several stand in a file for each, which `towns` names.
//
// What the process takes from a town's file is only what belongs to a town. What stands in the wrong place is
// refused by name rather than passed over, and so are towns that would get in each other's way: the same
// host, the same data folder, the same schema of one database as written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/config.hpp"

namespace doorstep::app {

struct TownSettings {
  std::filesystem::path file;  // empty: the process's own settings
  Config config;

  // What the town is called in the log and the metrics: its first host, or nothing.
  std::string name() const;
};

// The towns that `serve` opens: those of `towns`, else the one of these settings. Throws ConfigError.
std::vector<TownSettings> towns_to_serve(const Config& config);

}  // namespace doorstep::app
