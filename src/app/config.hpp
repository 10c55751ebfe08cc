// What an operator may set, and how: a TOML file, then the environment, then flags, each over the one before.
//
// One table (config_settings) says every key with its help and usual value; the file, DOORSTEP_ variables,
// flags and docs/configuration.md are all made from it. A key that is not in it is refused by name, with the
// nearest one that is.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/secret.hpp"
#include "identity/city_provider.hpp"

namespace doorstep::app {

struct Config {
  std::string listen;
  std::vector<std::string> towns;  // settings files; empty: these settings are the one town's
  std::vector<std::string> hosts;  // as plain_host writes them; empty: any
  std::filesystem::path data;
  std::string database;  // empty: SQLite in `data`
  std::string schema;
  unsigned readers = 0;
  unsigned threads = 0;
  std::string tls_certificate;
  std::string tls_key;
  std::vector<std::string> trusted_proxies;
  double requests_per_second = 0;
  unsigned connections = 0;
  unsigned shutdown_seconds = 0;
  LogLevel log_level{};
  std::filesystem::path log_file;  // empty: standard error
  bool log_requests = false;
  std::string phone_gateway;  // empty: the log only
  Secret phone_gateway_secret;
  std::filesystem::path phone_folder;  // empty: none
  std::string smtp_url;                // empty: the log only
  std::string smtp_user;
  Secret smtp_password;
  std::string smtp_from;
  identity::CitySettings city_account;
  bool demo_sign_ins = false;

  // What somebody said, by key, and where: the file, the variable or the flag.
  std::map<std::string, std::string> said;

  // The URL that storage opens.
  std::string database_url() const;
};

// A setting that is unknown, or has a value that cannot be; its text says which, where, and what would do.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A process that serves several towns takes what belongs to a town from that town's own file alone.
enum class Belongs { to_process, to_town };

struct Setting {
  std::string_view key;  // "tls.certificate"
  Belongs belongs;
  std::string_view usual;  // its value when nobody says otherwise
  std::string_view help;
  void (*set)(Config& config,
              const std::string& value);  // throws std::invalid_argument, saying what would do
};

std::span<const Setting> config_settings();

// "tls.certificate" → "DOORSTEP_TLS_CERTIFICATE" and "--tls-certificate"
std::string environment_name(std::string_view key);
std::string flag_name(std::string_view key);

using Values = std::map<std::string, std::string>;

// All values over the usual ones, in the order file,
// environment, flags. `environment` holds variables by name.
Config make_config(const std::string& file, const Values& environment, const Values& flags);
// The file's values by their whole key; throws ConfigError with the line.
Values read_toml(const std::string& file);
// The DOORSTEP_ variables of this process.
Values environment_values();

// The closest of the known words, or empty when none is close.
std::string nearest(std::string_view word, std::span<const std::string> known);

// docs/configuration.md, from the table.
std::string configuration_page();

}  // namespace doorstep::app
