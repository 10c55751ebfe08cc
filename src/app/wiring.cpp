#include "app/wiring.hpp"

#include <algorithm>
#include <iterator>

#include "app/operations.hpp"
#include "cases/cases.hpp"
#include "hall/hall.hpp"
#include "identity/identity.hpp"
#include "network/network.hpp"

namespace doorstep::app {

std::vector<storage::Migration> all_migrations() {
  std::vector<storage::Migration> all;
  for (auto room : {journal::migrations, identity::migrations, network::migrations, cases::migrations,
                    hall::migrations}) {
    std::ranges::move(room(), std::back_inserter(all));
  }
  return all;
}

void add_all_routes(api::Api& api, const PasswordCost& cost) {
  identity::add_routes(api, cost);
  network::add_routes(api, {cases::uses_venue, hall::uses_venue}, hall::is_at);
  cases::add_routes(api);
  hall::add_routes(api);
  add_operations_routes(api);
  api.section("live", "What happens, as it happens.");
  api.stream({.who = api::anyone,
              .summary = "Live events of up to eight topics, with resume",
              .problems = {"no_such_topic"},
              .queries = 0});
}

void add_all_timers(Journal& journal) {
  identity::add_timers(journal);
  cases::add_timers(journal);
  hall::add_timers(journal);
}

}  // namespace doorstep::app
