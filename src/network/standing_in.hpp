// Who acts for a member of staff at a venue on a day.
//
// They themselves, as long as they are there. Else whoever has the other role of a post that they hold there;
// else the third, whom somebody of those who are away has named; else nobody but the venue's managers, who
// always may. Whoever is away, or has no role there by which to act, is passed over. Somebody who has left is
// away for good. (首问负责制、AB角)
//
// The rule is pure; `stand_ins` brings what it needs.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "network/duty.hpp"

namespace doorstep::network {

enum class ActsBy { themselves, other_role, third, manager };
BOOST_DESCRIBE_ENUM(ActsBy, themselves, other_role, third, manager)

struct Acts {
  ActsBy by{};
  std::optional<StaffId> staff;  // nobody: the venue's managers
  std::optional<Day> until;      // the last day that they are away; absent: they are there, or have left

  bool operator==(const Acts&) const = default;
};

// Somebody, and who has the other role of their posts at the venue, in the order of the posts.
struct Stead {
  bool has_left = false;
  std::vector<StaffId> others;
};

struct Steads {
  std::map<StaffId, Stead> people;
  std::vector<Away> away;
  std::set<StaffId> serving;  // who may act there at all
};

Acts who_acts(StaffId staff, const Steads& steads, Day day);

// Which of them have one of these roles at the venue. Two statements.
std::set<StaffId> serving_at(Snapshot& snapshot, VenueId venue, const std::vector<StaffId>& staff,
                             std::initializer_list<Role> roles, Instant at);

// Of these people those who are away today or have left, and who acts for each. Two statements; six where
// there are any.
std::map<StaffId, Acts> stand_ins(Snapshot& snapshot, VenueId venue, const std::vector<StaffId>& staff,
                                  std::initializer_list<Role> roles, Instant at);

}  // namespace doorstep::network
