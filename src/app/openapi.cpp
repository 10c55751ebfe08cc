#include "app/openapi.hpp"

#include <iostream>

#include "api/api.hpp"
#include "app/wiring.hpp"
#include "base/key_ring.hpp"
#include "storage/store.hpp"

namespace doorstep::app {

std::string openapi_document() {
  const auto store = storage::open_store({.url = "sqlite::memory:"});
  storage::migrate(*store, all_migrations());
  const auto keys = KeyRing::random(system_entropy());
  Journal journal{*store, keys, system_entropy(), system_clock()};
  Feed feed{journal};
  api::Api api{journal, feed, {}};
  const auto files = FileStore::in_table(journal);
  add_all_routes(api, *files);
  return api.document();
}

int print_openapi() {
  std::cout << openapi_document();
  return 0;
}

}  // namespace doorstep::app
