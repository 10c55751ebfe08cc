#include "app/town.hpp"

#include <cstdlib>
#include <filesystem>

#include "app/wiring.hpp"

namespace doorstep::app {

namespace {

constexpr const char* key_variable = "DOORSTEP_TOWN_KEY";

std::unique_ptr<Transport> phone_transport(const Config& config) {
  if (config.phone_gateway.empty()) return log_transport();
  return webhook_transport({.url = config.phone_gateway, .secret = config.phone_gateway_secret, .inner_network = true,
                            .ca_file = {}});
}

std::unique_ptr<Transport> mail_transport(const Config& config) {
  if (config.smtp_url.empty()) return log_transport();
  return smtp_transport({.url = config.smtp_url,
                         .require_starttls = true,
                         .user = config.smtp_user,
                         .password = config.smtp_password,
                         .from = config.smtp_from,
                         .from_name = {},
                         .ca_file = {}});
}

OutboxRunner::Transports transports_of(const Config& config) {
  OutboxRunner::Transports transports;
  transports.emplace(Channel::phone, phone_transport(config));
  transports.emplace(Channel::email, mail_transport(config));
  if (!config.phone_gateway_secret.empty()) {
    transports.emplace(Channel::hook, webhook_transport({.url = {}, .secret = config.phone_gateway_secret,
                                                         .inner_network = false, .ca_file = {}}));
  }
  return transports;
}

std::unique_ptr<FileStore> open_files(Journal& journal, const Config& config) {
  if (journal.store().engine() == storage::Engine::postgres) return FileStore::in_table(journal);
  return FileStore::in_folder(journal, config.data / "files");
}

}  // namespace

TownKey open_key(const Config& config) {
  if (std::getenv(key_variable) != nullptr) return TownKey::from_environment(key_variable);
  std::filesystem::create_directories(config.data);
  const auto file = config.data / "town.key";
  if (std::filesystem::exists(file)) return TownKey::load(file);
  // A new key beside old data would leave all that is sealed unreadable, and nobody would notice for a while.
  if (std::filesystem::exists(config.data / "town.db")) {
    throw SealError(file.string() + ": the town's key is missing. Put it back from where it is kept apart");
  }
  return TownKey::create(file);
}

std::unique_ptr<storage::Store> open_town_store(const Config& config) {
  std::filesystem::create_directories(config.data);
  storage::Options options;
  options.url = config.database_url();
  options.schema = config.schema;
  options.readers = config.readers;
  return storage::open_store(std::move(options));
}

Books::Books(const Config& config)
    : key_(open_key(config)),
      store_([&] {
        auto store = open_town_store(config);
        const auto migrations = all_migrations();
        storage::migrate(*store, migrations);
        return store;
      }()),
      journal_(*store_, key_, system_entropy(), system_clock()),
      files_(open_files(journal_, config)) {
  add_all_timers(journal_);
}

Town::Town(const Config& config, api::ApiOptions options)
    : books_(config),
      feed_(books_.journal()),
      api_(books_.journal(), feed_, std::move(options)),
      timers_(books_.journal()),
      outbox_(books_.journal(), transports_of(config)) {
  add_all_routes(api_);
}

Town::~Town() { stop(); }

void Town::start() {
  timers_.start();
  outbox_.start();
}

void Town::stop() {
  outbox_.stop();
  timers_.stop();
  feed_.stop();
}

}  // namespace doorstep::app
