#include "network/network.hpp"

namespace doorstep::network {

bool uses_staff(Snapshot& snapshot, StaffId staff) {
  return snapshot.value<std::int64_t>(
             "select (select count(*) from post_holders where staff = :staff)"
             " + (select count(*) from roster where staff = :staff)"
             " + (select count(*) from absences where staff = :staff)"
             " + (select count(*) from absences where third = :staff)"
             " + (select count(*) from handovers where from_staff = :staff)"
             " + (select count(*) from handovers where to_staff = :staff)"
             " + (select count(*) from grids where head = :staff and ended_at is null)",
             {{"staff", staff}}) > 0;
}

}  // namespace doorstep::network
