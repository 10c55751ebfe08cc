// What the town's files say has ended, by `ended: true`: ended as on a page, and as there refused while
// something still holds it.
#pragma once

#include <string>
#include <vector>

#include "network/grid_file.hpp"
#include "network/town_file.hpp"
#include "network/venue_file.hpp"

namespace doorstep::network {

// Keys. Micro-grids go first, then venues, then organisations, those that stand last (below) before those
// above.
struct ToEnd {
  std::vector<std::string> grids, venues, organisations;
};

// Of the entries of files, those that say so.
ToEnd ends_of(const std::vector<OrganisationFile>& organisations, const std::vector<VenueFile>& venues,
              const std::vector<GridFile>& grids);

// What has ended, or was never there, is passed over: a second time changes nothing. Throws TownFileFault
// with all that is refused.
void end_all(Transaction& tx, const ToEnd& ends, const std::vector<VenueUse>& uses, Instant at);

}  // namespace doorstep::network
