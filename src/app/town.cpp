#include "app/town.hpp"

#include <cstdlib>
#include <filesystem>

#include "app/wiring.hpp"

namespace doorstep::app {

namespace {

std::unique_ptr<Transport> phone_transport(const Config& config) {
  if (config.phone_gateway.empty()) return log_transport();
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

std::unique_ptr<FileStore> open_files(Journal& journal, const Config& config) {
  if (journal.store().engine() == storage::Engine::postgres) return FileStore::in_table(journal);
  return FileStore::in_folder(journal, config.data / "files");
}

std::string missing_key(const Config& config) {
  return (config.data / "town.key").string() +
         ": the town's key is missing. Put it back from where it is kept apart";
}

// Whether anything was ever recorded here; the head's instant is that of the newest command.
bool is_in_use(storage::Store& store) {
  std::int64_t at = 0;
  store.read_now(
      [&](storage::Sql& sql) { at = sql.value<std::int64_t>("select at from journal_head where one = 1"); });
  return at != 0;
}

void require_town(const Config& config) {
  const auto file = config.data / "town.db";
  if (config.database.empty() && !std::filesystem::exists(file)) {
    throw storage::StorageError(file.string() + ": there is no town here. Look at --data");
  }
  if (!has_key(config)) throw SealError(missing_key(config));
}

std::unique_ptr<storage::Store> open_books_store(const Config& config, Opening opening) {
  if (opening == Opening::as_it_is) require_town(config);
  auto store = open_town_store(config);
  if (opening == Opening::brought_up_to_date) storage::migrate(*store, all_migrations());
  return store;
}

}  // namespace

bool has_key(const Config& config) {
  return std::getenv(key_variable) != nullptr || std::filesystem::exists(config.data / "town.key");
}

TownKey open_key(const Config& config, storage::Store& store) {
  if (std::getenv(key_variable) != nullptr) return TownKey::from_environment(key_variable);
  const auto file = config.data / "town.key";
  if (has_key(config)) return TownKey::load(file);
  // A second key beside what was sealed with the first would
  // leave it unreadable, and nobody would notice for a while.
  if (is_in_use(store)) {
    throw SealError(missing_key(config));
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

Books::Books(const Config& config, Opening opening)
    : store_(open_books_store(config, opening)),
      key_(open_key(config, *store_)),
      journal_(*store_, key_, system_entropy(), system_clock()),
      files_(open_files(journal_, config)) {
  add_all_timers(journal_);
}

Town::Town(const Config& config, api::ApiOptions options)
    : books_(config),
      feed_(books_.journal()),
      api_(books_.journal(), feed_, std::move(options)),
      timers_(books_.journal()),
      outbox_(books_.journal(), transports_of(config)),
      housekeeping_(books_.journal(), books_.files()) {
  add_all_routes(api_);
}

Town::~Town() { stop(); }

void Town::start() {
  timers_.start();
  outbox_.start();
  housekeeping_.start();
}

void Town::stop() {
  housekeeping_.stop();
  outbox_.stop();
  timers_.stop();
  feed_.stop();
}

}  // namespace doorstep::app
