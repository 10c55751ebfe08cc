// The month board: who is on duty at each post on each day, and where nobody is.
//
// Without an entry the A role is on duty, and who stands in follows from who is away (duty.hpp). An entry
// names somebody else for a day.
#pragma once

#include "network/post.hpp"

namespace doorstep::network {

inline constexpr std::int32_t roster_days_max = 42;  // six weeks: any month, shown in whole weeks

struct ListRoster {
  VenueId venue;
  std::optional<Day> from;           // today without it
  std::optional<std::int32_t> days;  // a week without it
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "days") return {.least = 1, .most = roster_days_max};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(ListRoster, (), (venue, from, days, cursor, limit))

struct RosterDay {
  Day day;
  bool open = false;                // whether the venue opens at all
  std::optional<DutyView> on_duty;  // nobody on an open day: a gap
};
BOOST_DESCRIBE_STRUCT(RosterDay, (), (day, open, on_duty))

struct PostRoster {
  PostId post;
  Text name;
  std::vector<RosterDay> days;
};
BOOST_DESCRIBE_STRUCT(PostRoster, (), (post, name, days))

struct PutRoster {
  PostId post;
  Day day;
  std::optional<StaffId> staff;  // nobody: the day goes by the roles again
};
BOOST_DESCRIBE_STRUCT(PutRoster, (), (post, day, staff))

Page<PostRoster> list_roster(Snapshot& snapshot, const Caller& caller, const ListRoster& wish);
RosterDay put_roster(Transaction& tx, const Caller& caller, const PutRoster& wish);

}  // namespace doorstep::network
