#include "app/town_settings.hpp"

#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "app/town.hpp"
#include "app/town_keys.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

void refuse_what_belongs_to_a_town(const Config& config) {
  if (std::getenv(key_variable) != nullptr) {
    throw ConfigError(fmt::format(
        "environment variable {}: it holds one town's key, and with towns each has its own. Unset it, "
        "and keep each key in the file town.key of the town's data folder",
        key_variable));
  }
  for (const auto& setting : config_settings()) {
    const auto said = config.said.find(std::string{setting.key});
    if (setting.belongs == Belongs::to_process || said == config.said.end()) continue;
    throw ConfigError(fmt::format("{}: {} belongs to a town; with towns it stands in the town's own file",
                                  said->second, setting.key));
  }
}

TownSettings read_town(const fs::path& file) {
  if (!fs::is_regular_file(file)) {
    throw ConfigError(fmt::format("{}: there is no such file, and towns names it", file.string()));
  }
  TownSettings town{file, make_config(file.string(), {}, {})};
  for (const auto& setting : config_settings()) {
    if (setting.belongs == Belongs::to_town || !town.config.said.contains(std::string{setting.key})) continue;
    throw ConfigError(fmt::format(
        "{}: {} belongs to the program, not to a town; move it to the settings that serve is given",
        file.string(), setting.key));
  }
  if (town.config.hosts.empty()) {
    throw ConfigError(
        fmt::format("{}: hosts is missing; it says which host names the town answers to", file.string()));
  }
  return town;
}

// What no two towns may share: the first to use it keeps it.
class Taken {
 public:
  // `what` is how a person calls it; `id` tells it from others of its kind and may hold a secret.
  void take(const std::string& what, const std::string& id, const TownSettings& town) {
    const auto [before, fresh] = files_.emplace(what + '\n' + id, town.file.string());
    if (fresh) return;
    throw ConfigError(fmt::format("{} and {} have the same {}; each town needs its own", before->second,
                                  town.file.string(), what));
  }

 private:
  std::map<std::string, std::string> files_;
};

// However it is spelled; `x/` and `x` are one folder.
std::string folder_of(const Config& config) {
  const auto folder = fs::weakly_canonical(fs::absolute(config.data));
  return (folder.has_filename() ? folder : folder.parent_path()).string();
}

void refuse_shared(const std::vector<TownSettings>& towns) {
  Taken taken;
  for (const auto& town : towns) {
    for (const auto& host : town.config.hosts) taken.take("host " + host, "", town);
    taken.take("data folder " + folder_of(town.config), "", town);
    if (town.config.database.empty()) continue;
    taken.take(fmt::format("database and schema {}", town.config.schema), town.config.database, town);
  }
}

}  // namespace

std::string TownSettings::name() const { return config.hosts.empty() ? std::string{} : config.hosts.front(); }

std::vector<TownSettings> towns_to_serve(const Config& config) {
  if (config.towns.empty()) return {{{}, config}};
  refuse_what_belongs_to_a_town(config);
  std::vector<TownSettings> towns;
  for (const auto& file : config.towns) towns.push_back(read_town(file));
  refuse_shared(towns);
  return towns;
}

}  // namespace doorstep::app
