// Who answers at a venue for what comes in without anybody being asked in person: a form sent from a phone.
//
// Whoever is on duty that day at the first of its posts that has somebody; where none has, a manager of the
// venue, the nearest one: of the venue itself, then of an organisation above it, then of the town.
#pragma once

#include "network/network.hpp"

namespace doorstep::network {

// Throws Problem nobody_answers: a town where nobody is left. Four statements, one more for a manager.
StaffId who_answers(Snapshot& snapshot, VenueId venue, Day day, Instant at);
// The nearest manager alone. Throws Problem nobody_answers. One statement.
StaffId who_manages(Snapshot& snapshot, VenueId venue, Instant at);

}  // namespace doorstep::network
