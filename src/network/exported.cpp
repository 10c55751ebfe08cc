// What of this room leaves with the town: all of it.
#include "network/exported.hpp"

namespace doorstep::network {

std::vector<ExportedTable> exported_tables() {
  return {
      {"town"},
      {"organisations"},
      {"communities"},
      {"address_ranges"},
      {"grids"},
      {"venues"},
      {"venue_names"},
      {"venue_functions"},
      {"venue_hours"},
      {"venue_exceptions"},
      {"venue_exception_hours"},
      {"venue_rooms"},
      {"past_activities"},
      {"calendar_days"},
      {"town_days"},
      {"posts"},
      {"post_holders"},
      {"roster"},
      {"absences"},
      {"devices"},
      {"device_hours"},
      {"device_history"},
      {"handovers", {sealed_column("handovers", "note"), sealed_column("handovers", "report")}},
  };
}

}  // namespace doorstep::network
