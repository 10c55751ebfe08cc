#include "app/wiring.hpp"

#include <algorithm>
#include <iterator>

#include "app/operations.hpp"
#include "cases/cases.hpp"
#include "cases/exported.hpp"
#include "hall/exported.hpp"
#include "hall/hall.hpp"
#include "identity/city_account.hpp"
#include "identity/exported.hpp"
#include "identity/identity.hpp"
#include "imports/exported.hpp"
#include "imports/imports.hpp"
#include "network/exported.hpp"
#include "network/network.hpp"

namespace doorstep::app {

std::vector<storage::Migration> all_migrations() {
  std::vector<storage::Migration> all;
  for (auto room : {journal::migrations, imports::migrations, identity::migrations, network::migrations,
                    cases::migrations, hall::migrations}) {
    std::ranges::move(room(), std::back_inserter(all));
  }
  return all;
}

std::vector<ExportedRoom> all_exported_rooms() {
  return {{"journal", journal::exported_tables()}, {"identity", identity::exported_tables()},
          {"network", network::exported_tables()}, {"imports", imports::exported_tables()},
          {"cases", cases::exported_tables()},     {"hall", hall::exported_tables()}};
}

std::vector<network::VenueUse> all_venue_uses() { return {cases::uses_of_venue, hall::uses_of_venue}; }

std::vector<network::CalendarUse> all_calendar_uses() { return {cases::recount_deadlines}; }

namespace {

std::map<StaffId, std::string> staff_called(Snapshot& snapshot, const std::vector<StaffId>& staff) {
  std::map<StaffId, std::string> called;
  for (auto& [id, each] : identity::names_of(snapshot, staff)) called.emplace(id, std::move(each.name));
  return called;
}

}  // namespace

void add_all_routes(api::Api& api, FileStore& files, const PasswordCost& cost,
                    const std::shared_ptr<identity::CityProvider>& city) {
  identity::add_routes(api, cost);
  identity::add_city_routes(api, city);
  const auto uses = all_venue_uses();
  network::add_routes(api, uses, hall::is_at);
  network::add_calendar_routes(api, all_calendar_uses());
  cases::add_routes(api, files);
  cases::add_matter_routes(api, {hall::matters_taken, hall::taking});
  hall::add_routes(api);
  imports::Kinds kinds;
  network::add_import_kinds(kinds, uses);
  identity::add_import_kinds(kinds, cost, {network::uses_staff});
  cases::add_import_kinds(kinds);
  imports::add_routes(api, std::move(kinds), files, staff_called);
  add_operations_routes(api);
  api.section("live", "What happens, as it happens.");
  api.stream({.who = api::anyone,
              .summary = "Live events of up to eight topics, with resume",
              .problems = {"no_such_topic"},
              .queries = 0});
}

void add_all_timers(Journal& journal) {
  imports::add_timers(journal);
  identity::add_timers(journal);
  cases::add_timers(journal);
  hall::add_timers(journal);
}

}  // namespace doorstep::app
