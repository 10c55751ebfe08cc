#include "app/town.hpp"

#include <filesystem>

#include "app/town_keys.hpp"
#include "app/wiring.hpp"

namespace doorstep::app {

namespace {

std::unique_ptr<Transport> phone_transport(const Config& config) {
  if (config.phone_gateway.empty())
    return config.phone_folder.empty() ? log_transport() : folder_transport(config.phone_folder);
  return webhook_transport({.url = config.phone_gateway,
                            .secret = config.phone_gateway_secret,
                            .inner_network = true,
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
    transports.emplace(
        Channel::hook,
        webhook_transport(
            {.url = {}, .secret = config.phone_gateway_secret, .inner_network = false, .ca_file = {}}));
  }
  return transports;
}

std::shared_ptr<identity::CityProvider> city_provider(const Config& config) {
  return std::make_shared<identity::CityProvider>(config.city_account, curl_web());
}

std::unique_ptr<FileStore> open_files(Journal& journal, const Config& config) {
  if (journal.store().engine() == storage::Engine::postgres) return FileStore::in_table(journal);
  return FileStore::in_folder(journal, config.data / "files");
}

void require_town(const Config& config) {
  const auto file = config.data / "town.db";
  if (config.database.empty() && !std::filesystem::exists(file)) {
    throw storage::StorageError(file.string() + ": there is no town here. Look at --data");
  }
  if (!has_key(config)) throw SealError(missing_key(config));
}

std::unique_ptr<storage::Store> open_books_store(const Config& config, Opening opening,
                                                 const Budgets& budgets) {
  if (opening == Opening::as_it_is) require_town(config);
  auto store = open_town_store(config, budgets);
  if (opening == Opening::brought_up_to_date) storage::migrate(*store, all_migrations());
  return store;
}

}  // namespace

std::unique_ptr<storage::Store> open_town_store(const Config& config, const Budgets& budgets) {
  std::filesystem::create_directories(config.data);
  storage::Options options;
  options.url = config.database_url();
  options.schema = config.schema;
  options.readers = config.readers;
  options.write_budget = budgets.write;
  options.read_budget = budgets.read;
  return storage::open_store(std::move(options));
}

Books::Books(const Config& config, Opening opening, const Budgets& budgets)
    : store_(open_books_store(config, opening, budgets)),
      keys_(opening == Opening::as_it_is ? open_ring_as_it_is(config, *store_, system_clock())
                                         : open_ring(config, *store_, system_clock())),
      journal_(*store_, keys_, system_entropy(), system_clock()),
      files_(open_files(journal_, config)) {
  add_all_timers(journal_);
}

Town::Town(const Config& config, api::ApiOptions options)
    : books_(config),
      feed_(books_.journal()),
      api_(books_.journal(), feed_, std::move(options)),
      timers_(books_.journal()),
      outbox_(books_.journal(), transports_of(config)),
      housekeeping_(books_.journal(), books_.files()),
      key_keeper_(config, books_.journal(), books_.keys()),
      calendar_watch_(books_.journal()) {
  add_all_routes(api_, books_.files(), password_cost, city_provider(config));
}

Town::~Town() { stop(); }

void Town::start() {
  timers_.start();
  outbox_.start();
  housekeeping_.start();
  key_keeper_.start();
  calendar_watch_.start();
}

void Town::stop() {
  calendar_watch_.stop();
  key_keeper_.stop();
  housekeeping_.stop();
  outbox_.stop();
  timers_.stop();
  feed_.stop();
}

}  // namespace doorstep::app
