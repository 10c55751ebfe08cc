// The hall: tickets, windows, calling, and what the display
// shows. The front header: all that other rooms may use.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "base/ids.hpp"
#include "cases/cases.hpp"
#include "network/network.hpp"
#include "storage/migrations.hpp"

namespace doorstep::hall {

using network::HallId;
using network::HallTag;

struct WindowTag {
  static constexpr std::string_view prefix = "wi";
};
using WindowId = Id<WindowTag>;

struct TicketTag {
  static constexpr std::string_view prefix = "tk";
};
using TicketId = Id<TicketTag>;

// Whether a window is open there, and whether somebody waits. One statement.
std::vector<network::InUse> uses_of_venue(Snapshot& snapshot, VenueId venue);
// Whether that hall is at that venue. One statement.
bool is_at(Snapshot& snapshot, HallId hall, VenueId venue);

// The matters that some hall takes in. One statement.
std::set<std::string> matters_taken(Snapshot& snapshot);
// The halls that take a matter in, and whether they are open then. Five statements.
std::vector<cases::TakenAt> taking(Snapshot& snapshot, const std::string& matter, Instant at);

void add_routes(api::Api& api);
// The timers that the room sets: the end of a hall's day.
void add_timers(Journal& journal);

std::vector<storage::Migration> migrations();

}  // namespace doorstep::hall
