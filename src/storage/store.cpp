#include "storage/store.hpp"

#include <cstdlib>
#include <future>
#include <utility>

#include "base/log.hpp"
#include "storage/store_base.hpp"

namespace doorstep::storage {
namespace {

// Takes `schema=…` out of a URL's query, for libpq refuses a word that it doesn't know.
std::string take_schema(std::string& url) {
  const auto query = url.find('?');
  if (query == std::string::npos) return {};
  std::string kept;
  std::string schema;
  for (auto at = query + 1; at <= url.size();) {
    const auto end = std::min(url.find('&', at), url.size());
    const auto part = url.substr(at, end - at);
    if (part.starts_with("schema=")) {
      schema = part.substr(7);
    } else if (!part.empty()) {
      kept += (kept.empty() ? "?" : "&") + part;
    }
    at = end + 1;
  }
  url = url.substr(0, query) + kept;
  return schema;
}

}  // namespace

void wait_for(const std::function<void(Store::Done)>& start) {
  std::promise<void> promise;
  auto future = promise.get_future();
  start([&promise](std::exception_ptr error) {
    if (error) {
      promise.set_exception(std::move(error));
    } else {
      promise.set_value();
    }
  });
  future.get();
}

void Store::write_now(Work work) {
  if (static_cast<const StoreBase&>(*this).on_writer_thread()) {
    throw std::logic_error("waiting for the writer on the writer's own thread");
  }
  wait_for([&](Done done) { write(std::move(work), std::move(done)); });
}

void Store::read_now(Work work) {
  wait_for([&](Done done) { read(std::move(work), std::move(done)); });
}

StoreBase::StoreBase(Options options) : options_(std::move(options)) {
  if (!options_.fatal) {
    options_.fatal = [](const std::string& why) {
      log_error("store_fatal", {{"why", why}});
      std::_Exit(70);
    };
  }
}

void StoreBase::write(Work work, Done done) { writer().push({std::move(work), std::move(done), false}); }

void StoreBase::write_bare(Work work, Done done) { writer().push({std::move(work), std::move(done), true}); }

void StoreBase::set_hooks(BatchHooks hooks) { writer().set_hooks(std::move(hooks)); }

Counts StoreBase::counts() const {
  return {cells_.commands, cells_.refused,          cells_.batches,   cells_.poisoned,
          cells_.reads,    cells_.over_soft_budget, writer().queued()};
}

std::unique_ptr<Store> open_store(Options options) {
  constexpr std::string_view sqlite = "sqlite:";
  constexpr std::string_view postgres = "postgres:";
  auto url = options.url;
  if (url.starts_with(sqlite)) return open_sqlite(std::move(options), url.substr(sqlite.size()));
  if (url.starts_with("postgres://") || url.starts_with("postgresql://")) {
    if (auto schema = take_schema(url); !schema.empty()) options.schema = std::move(schema);
    return open_postgres(std::move(options), url);
  }
  // libpq's other form, "host=… dbname=…".
  if (url.starts_with(postgres)) return open_postgres(std::move(options), url.substr(postgres.size()));
  throw StorageError("no store is named by this URL; it begins with sqlite: or postgres:");
}

void back_up(Store& store, const std::string& path) { static_cast<StoreBase&>(store).back_up(path); }

}  // namespace doorstep::storage
