// What a member of staff has in hand in this room.
#pragma once

#include "journal/caller.hpp"
#include "journal/transaction.hpp"

namespace doorstep::network {

// Whether they have or had a post, stand on a roster, are away or stand in for somebody, have written or were
// given a handover slip, or are a grid's head. One statement.
bool uses_staff(Snapshot& snapshot, StaffId staff);

}  // namespace doorstep::network
