// The two people of a case with whoever acts for them today. For the files of this room.
#pragma once

#include "cases/stored_case.hpp"

namespace doorstep::cases {

// Whom of its people somebody stands in for today, and who. Two statements; six where anybody is away.
std::map<StaffId, network::Acts> stand_ins_of(Snapshot& snapshot, const StoredCase& row, Instant at);

// Its people as they are shown.
struct ShownPeople {
  identity::Officer first_contact;
  std::optional<identity::Officer> handler;
  Acting acting;
};
// One statement.
ShownPeople shown_people(Snapshot& snapshot, const StoredCase& row);

}  // namespace doorstep::cases
