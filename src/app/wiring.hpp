// The one place that knows every room: which migrations, routes and timers there are.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "base/crypto.hpp"
#include "identity/city_provider.hpp"
#include "journal/exported.hpp"
#include "journal/files.hpp"
#include "network/calendar_use.hpp"
#include "network/network.hpp"
#include "storage/migrations.hpp"

namespace doorstep::app {

// In the order in which the rooms stand on each other.
std::vector<storage::Migration> all_migrations();

struct ExportedRoom {
  std::string name;
  std::vector<ExportedTable> tables;
};
// What leaves with a town, in the same order.
std::vector<ExportedRoom> all_exported_rooms();

// What the rooms above network may hold at a venue.
std::vector<network::VenueUse> all_venue_uses();
// What the rooms above network count anew when the calendar changes.
std::vector<network::CalendarUse> all_calendar_uses();

void add_all_routes(
    api::Api& api, FileStore& files, const PasswordCost& cost = password_cost,
    const std::shared_ptr<identity::CityProvider>& city = std::make_shared<identity::CityProvider>());
void add_all_timers(Journal& journal);

}  // namespace doorstep::app
