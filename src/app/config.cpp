#include "app/config.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "app/hosts.hpp"
#include "base/utf8.hpp"
#include "journal/web.hpp"

namespace doorstep::app {

namespace {

unsigned whole_number(const std::string& value, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number > most) {
    throw std::invalid_argument(fmt::format("a whole number from 0 to {}", most));
  }
  return number;
}

bool yes_or_no(const std::string& value) {
  if (value == "true" || value == "yes" || value == "1") return true;
  if (value == "false" || value == "no" || value == "0") return false;
  throw std::invalid_argument("true or false");
}

std::vector<std::string> words(const std::string& value) {
  std::vector<std::string> list;
  std::istringstream in{value};
  for (std::string word; std::getline(in, word, ',');) {
    const auto plain = trimmed(word);
    if (!plain.empty()) list.emplace_back(plain);
  }
  return list;
}

std::vector<std::string> hosts_in(const std::string& value) {
  std::vector<std::string> list;
  for (const auto& word : words(value)) {
    auto host = plain_host(word);
    if (std::ranges::find(list, host) == list.end()) list.push_back(std::move(host));
  }
  return list;
}

LogLevel level_named(const std::string& value) {
  for (const auto& [name, level] :
       {std::pair{"debug", LogLevel::debug}, std::pair{"info", LogLevel::info},
        std::pair{"warning", LogLevel::warning}, std::pair{"error", LogLevel::error}}) {
    if (value == name) return level;
  }
  throw std::invalid_argument("debug, info, warning or error");
}

Secret secret_in(const std::string& file) {
  if (file.empty()) return Secret{};
  std::ifstream in{file};
  std::string line;
  if (!in || !std::getline(in, line) || line.empty())
    throw std::invalid_argument("a file whose first line is the secret");
  return Secret{std::move(line)};
}

std::string issuer_in(const std::string& value) {
  if (!value.empty() && (!is_web_address(value) || value.find_first_of("?#") != std::string::npos))
    throw std::invalid_argument("an address that begins with https://, without ? and #");
  return value;
}

std::string scopes_in(const std::string& value) {
  if ((" " + value + " ").find(" openid ") == std::string::npos)
    throw std::invalid_argument("a list that has openid in it");
  return value;
}

constexpr auto process = Belongs::to_process;
constexpr auto town = Belongs::to_town;

constexpr Setting settings[] = {
    {"listen", process, "127.0.0.1:8080", "Address and port to serve on; port 0 takes a free one.",
     [](Config& c, const std::string& v) { c.listen = v; }},
    {"towns", process, "",
     "Settings files, with commas between them, of the towns that this process serves; each is the file that"
     " the other commands take as --config. A relative path begins at the working directory.",
     [](Config& c, const std::string& v) { c.towns = words(v); }},
    {"hosts", town, "",
     "Host names that the town answers to, with commas between them; empty: any, where it is the only one.",
     [](Config& c, const std::string& v) { c.hosts = hosts_in(v); }},
    {"data", town, "var", "The folder of the town's data: database, key, files.",
     [](Config& c, const std::string& v) { c.data = v; }},
    {"database", town, "",
     "A PostgreSQL connection (postgres://… or key=value); empty: one SQLite file in the data folder.",
     [](Config& c, const std::string& v) { c.database = v; }},
    {"schema", town, "doorstep", "The town's schema on PostgreSQL.",
     [](Config& c, const std::string& v) { c.schema = v; }},
    {"readers", town, "4", "PostgreSQL connections for reading.",
     [](Config& c, const std::string& v) { c.readers = whole_number(v, 64); }},
    {"threads", process, "0", "Threads that serve HTTP; 0: one a core.",
     [](Config& c, const std::string& v) { c.threads = whole_number(v, 256); }},
    {"tls.certificate", process, "",
     "PEM file of the certificate chain; with tls.key it serves HTTPS. SIGHUP reads both anew.",
     [](Config& c, const std::string& v) { c.tls_certificate = v; }},
    {"tls.key", process, "", "PEM file of the certificate's key.",
     [](Config& c, const std::string& v) { c.tls_key = v; }},
    {"trusted_proxies", process, "",
     "Addresses, with commas between them, whose X-Forwarded-For is believed.",
     [](Config& c, const std::string& v) { c.trusted_proxies = words(v); }},
    {"limits.requests_per_second", process, "200", "Requests a second from one address; 0: no limit.",
     [](Config& c, const std::string& v) { c.requests_per_second = whole_number(v, 1'000'000); }},
    {"limits.connections", process, "8192", "Open connections at most.",
     [](Config& c, const std::string& v) { c.connections = whole_number(v, 1'000'000); }},
    {"shutdown_seconds", process, "10",
     "How long requests in flight may take to finish when the program is asked to stop.",
     [](Config& c, const std::string& v) { c.shutdown_seconds = whole_number(v, 600); }},
    {"log.level", process, "info", "debug, info, warning or error.",
     [](Config& c, const std::string& v) { c.log_level = level_named(v); }},
    {"log.file", process, "", "A file for the log; it is kept small and turned over. Empty: standard error.",
     [](Config& c, const std::string& v) { c.log_file = v; }},
    {"log.requests", process, "false", "A line for each request.",
     [](Config& c, const std::string& v) { c.log_requests = yes_or_no(v); }},
    {"phone.gateway", town, "",
     "URL of a webhook that sends texts to phones; empty: texts are only noted in the log.",
     [](Config& c, const std::string& v) { c.phone_gateway = v; }},
    {"phone.folder", town, "",
     "Folder that texts to phones are written into when there is no gateway: for trying out, never for real people.",
     [](Config& c, const std::string& v) { c.phone_folder = v; }},
    {"phone.secret_file", town, "", "File with the secret that signs what goes to the gateway.",
     [](Config& c, const std::string& v) { c.phone_gateway_secret = secret_in(v); }},
    {"smtp.url", town, "", "smtp://HOST:PORT or smtps://HOST; empty: mails are only noted in the log.",
     [](Config& c, const std::string& v) { c.smtp_url = v; }},
    {"smtp.user", town, "", "User at the mail server.",
     [](Config& c, const std::string& v) { c.smtp_user = v; }},
    {"smtp.password_file", town, "", "File with the password at the mail server.",
     [](Config& c, const std::string& v) { c.smtp_password = secret_in(v); }},
    {"smtp.from", town, "", "The address that mails come from.",
     [](Config& c, const std::string& v) { c.smtp_from = v; }},
    {"city_account.issuer", town, "",
     "Issuer of the provider of OpenID Connect whose accounts residents may sign in by, exactly as it writes it;"
     " empty: by phone alone.",
     [](Config& c, const std::string& v) { c.city_account.issuer = issuer_in(v); }},
    {"city_account.client_id", town, "", "What the town is called at that provider.",
     [](Config& c, const std::string& v) { c.city_account.client_id = v; }},
    {"city_account.secret_file", town, "",
     "File with the town's secret at that provider; empty: it gave none, and PKCE alone protects the sign-in.",
     [](Config& c, const std::string& v) { c.city_account.client_secret = secret_in(v); }},
    {"city_account.scopes", town, "openid",
     "Scopes to ask for, with spaces between them; openid is one of them.",
     [](Config& c, const std::string& v) { c.city_account.scopes = scopes_in(v); }},
    {"city_account.name_zh", town, "市民账号", "What the account is called on the Chinese page.",
     [](Config& c, const std::string& v) { c.city_account.name.zh = v; }},
    {"city_account.name_en", town, "city account", "What the account is called on the English page.",
     [](Config& c, const std::string& v) { c.city_account.name.en = v; }},
    {"demo_sign_ins", town, "false", "Print the demo town's sign-ins at the start. Never for a real town.",
     [](Config& c, const std::string& v) { c.demo_sign_ins = yes_or_no(v); }},
};

const Setting* find_setting(std::string_view key) {
  const auto found = std::ranges::find(settings, key, &Setting::key);
  return found == std::end(settings) ? nullptr : found;
}

void apply(Config& config, const Setting& setting, const std::string& value, std::string_view where) {
  try {
    setting.set(config, value);
    config.said[std::string{setting.key}] = where;
  } catch (const std::invalid_argument& wrong) {
    throw ConfigError(fmt::format("{}: {} takes {}, not \"{}\"", where, setting.key, wrong.what(), value));
  }
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

template <class NameOf>
std::string known_as(NameOf name_of, const std::string& wrong) {
  std::vector<std::string> known;
  for (const auto& setting : settings) known.push_back(name_of(setting.key));
  const auto close = nearest(wrong, known);
  return close.empty() ? std::string{} : fmt::format("; did you mean {}?", close);
}

}  // namespace

std::span<const Setting> config_settings() { return settings; }

std::string nearest(std::string_view word, std::span<const std::string> known) {
  const auto best = std::ranges::min_element(
      known, {}, [&](const std::string& candidate) { return edit_distance(word, candidate); });
  if (best == known.end() || edit_distance(word, *best) > std::max<std::size_t>(2, word.size() / 2))
    return {};
  return *best;
}

std::string environment_name(std::string_view key) {
  std::string name = "DOORSTEP_";
  for (const char c : key)
    name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::string flag_name(std::string_view key) {
  std::string name = "--";
  for (const char c : key) name += c == '.' || c == '_' ? '-' : c;
  return name;
}

std::string Config::database_url() const {
  // Both of libpq's forms; storage tells engines apart by what stands before the first colon.
  if (database.find("://") != std::string::npos) return database;
  if (!database.empty()) return "postgres:" + database;
  return "sqlite:" + (data / "town.db").string();
}

Values environment_values() {
  Values values;
  for (const auto& setting : settings) {
    const auto name = environment_name(setting.key);
    if (const char* value = std::getenv(name.c_str())) values[name] = value;
  }
  return values;
}

Config make_config(const std::string& file, const Values& environment, const Values& flags) {
  Config config;
  for (const auto& setting : settings) apply(config, setting, std::string{setting.usual}, "usual value");
  config.said.clear();
  if (!file.empty()) {
    for (const auto& [key, value] : read_toml(file)) {
      const auto* setting = find_setting(key);
      if (setting == nullptr) {
        throw ConfigError(fmt::format("{}: there is no setting \"{}\"{}", file, key,
                                      known_as([](std::string_view k) { return std::string{k}; }, key)));
      }
      apply(config, *setting, value, file);
    }
  }
  for (const auto& setting : settings) {
    const auto name = environment_name(setting.key);
    if (const auto found = environment.find(name); found != environment.end()) {
      apply(config, setting, found->second, "environment variable " + name);
    }
  }
  for (const auto& setting : settings) {
    if (const auto found = flags.find(std::string{setting.key}); found != flags.end()) {
      apply(config, setting, found->second, "flag " + flag_name(setting.key));
    }
  }
  if (config.tls_certificate.empty() != config.tls_key.empty()) {
    throw ConfigError("tls.certificate and tls.key go together: one is set and the other is not");
  }
  if (!config.city_account.issuer.empty() && config.city_account.client_id.empty()) {
    throw ConfigError(
        "city_account.issuer and city_account.client_id go together: one is set and the other is not");
  }
  return config;
}

std::string configuration_page() {
  std::string page =
      "# Configuration\n\n"
      "Each key may stand in a TOML file (`--config FILE`), in the environment, and as a flag; what comes later in this\n"
      "list wins. An unknown key in the file or an unknown flag is refused by name. Made by `doorstep config`.\n\n"
      "Where `towns` is set, what belongs to a town stands in that town's own file and nowhere else, and what belongs to\n"
      "the program does not stand there; see [operations.md](operations.md). Otherwise all of it may stand together.\n\n"
      "| key | environment | flag | belongs to | usual | what it is |\n|---|---|---|---|---|---|\n";
  for (const auto& setting : settings) {
    page += fmt::format("| `{}` | `{}` | `{}` | {} | {} | {} |\n", setting.key, environment_name(setting.key),
                        flag_name(setting.key), setting.belongs == town ? "a town" : "the program",
                        setting.usual.empty() ? "" : fmt::format("`{}`", setting.usual), setting.help);
  }
  return page;
}

}  // namespace doorstep::app
