// What the rooms above do when the days of the calendar are others than they were.
#pragma once

#include <functional>
#include <vector>

#include "api/api.hpp"
#include "journal/transaction.hpp"

namespace doorstep::network {

// What they have counted by those days, they count anew. One statement.
using CalendarUse = std::function<void(Transaction& tx, Instant at)>;

// The calendar's routes, of the same section as the room's others.
void add_calendar_routes(api::Api& api, const std::vector<CalendarUse>& uses);

}  // namespace doorstep::network
