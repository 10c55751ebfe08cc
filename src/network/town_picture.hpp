// The network as the town's files say it, for whoever wants to know what an import did: what was recorded on
// a page and has no key is left out, and so is whatever is about a person.
#pragma once

#include "base/picture.hpp"
#include "journal/transaction.hpp"

namespace doorstep::network {

// Things: town, organisation, venue, community, grid, calendar day. A fact `ended_at` says that one has
// ended. Twelve statements, each of which reads a table to its end.
void draw_network(Snapshot& snapshot, Picture& picture);

}  // namespace doorstep::network
