// Who answers at a post on a day.
//
// Whoever the roster names for that day; else the A role; else the B role; else the third, whom somebody who
// is away has named. Whoever is away is passed over. When nobody is left the post is empty, and the venue's
// manager stands in. (首问负责制、AB角: not both roles away at once.)
//
// The rule is pure; `load_duties` brings what it needs.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "network/network.hpp"

namespace doorstep::network {

struct PostTag {
  static constexpr std::string_view prefix = "po";
};
using PostId = Id<PostTag>;

enum class PostRole { a, b };
BOOST_DESCRIBE_ENUM(PostRole, a, b)

// By what somebody is on duty.
enum class DutyBy { roster, a, b, third };
BOOST_DESCRIBE_ENUM(DutyBy, roster, a, b, third)

struct Holding {
  PostRole role{};
  StaffId staff;
  Day from;
  std::optional<Day> until;  // the last day
};

struct Away {
  StaffId staff;
  Day from;
  Day until;  // the last day
  std::optional<StaffId> third;
};

struct OnDuty {
  StaffId staff;
  DutyBy by{};

  bool operator==(const OnDuty&) const = default;
};

struct PostDuties {
  std::vector<Holding> holders;
  std::map<Day, StaffId> roster;
};

struct Duties {
  std::map<PostId, PostDuties> posts;
  std::vector<Away> away;
};

std::optional<StaffId> holder_on(const PostDuties& post, PostRole role, Day day);
bool is_away(const std::vector<Away>& away, StaffId staff, Day day);
// Nobody: the post is empty.
std::optional<OnDuty> on_duty(const PostDuties& post, const std::vector<Away>& away, Day day);

// Who is away at some time from one day to another, both included; a third who no longer works here is left
// out. One statement.
std::vector<Away> load_away(Snapshot& snapshot, Day from, Day until);

// Everything about these posts from one day to another, both included; whoever no longer works here is left
// out. Three statements.
Duties load_duties(Snapshot& snapshot, std::span<const PostId> posts, Day from, Day until);

}  // namespace doorstep::network
