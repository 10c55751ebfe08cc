#include "network/duty.hpp"

#include <algorithm>
#include <set>

namespace doorstep::network {

namespace {

struct HolderRow {
  PostId post;
  PostRole role{};
  StaffId staff;
  Day from_day;
  std::optional<Day> until_day;
};
BOOST_DESCRIBE_STRUCT(HolderRow, (), (post, role, staff, from_day, until_day))

struct RosterRow {
  PostId post;
  Day day;
  StaffId staff;
};
BOOST_DESCRIBE_STRUCT(RosterRow, (), (post, day, staff))

struct AwayRow {
  StaffId staff;
  Day from_day, until_day;
  std::optional<StaffId> third;
};
BOOST_DESCRIBE_STRUCT(AwayRow, (), (staff, from_day, until_day, third))

bool covers(Day from, const std::optional<Day>& until, Day day) {
  return from <= day && (!until || day <= *until);
}

// Whom those who are away on that day have named, in the order in which they were to be on duty.
std::optional<StaffId> third_for(const std::vector<Away>& away, StaffId absent, Day day) {
  for (const auto& one : away) {
    if (one.staff == absent && one.third && covers(one.from, one.until, day) &&
        !is_away(away, *one.third, day))
      return one.third;
  }
  return std::nullopt;
}

}  // namespace

std::optional<StaffId> holder_on(const PostDuties& post, PostRole role, Day day) {
  for (const auto& holding : post.holders) {
    if (holding.role == role && covers(holding.from, holding.until, day)) return holding.staff;
  }
  return std::nullopt;
}

bool is_away(const std::vector<Away>& away, StaffId staff, Day day) {
  return std::ranges::any_of(
      away, [&](const Away& one) { return one.staff == staff && covers(one.from, one.until, day); });
}

std::optional<OnDuty> on_duty(const PostDuties& post, const std::vector<Away>& away, Day day) {
  std::vector<OnDuty> in_order;
  if (const auto named = post.roster.find(day); named != post.roster.end())
    in_order.push_back({named->second, DutyBy::roster});
  if (const auto staff = holder_on(post, PostRole::a, day)) in_order.push_back({*staff, DutyBy::a});
  if (const auto staff = holder_on(post, PostRole::b, day)) in_order.push_back({*staff, DutyBy::b});
  for (const auto& duty : in_order) {
    if (!is_away(away, duty.staff, day)) return duty;
  }
  for (const auto& duty : in_order) {
    if (const auto third = third_for(away, duty.staff, day)) return OnDuty{*third, DutyBy::third};
  }
  return std::nullopt;
}

std::vector<Away> load_away(Snapshot& snapshot, Day from, Day until) {
  std::vector<Away> away;
  for (const auto& row :
       snapshot.all<AwayRow>("select a.staff, a.from_day, a.until_day, t.id as third from absences a"
                             " left join staff t on t.id = a.third and t.ended_at is null"
                             " where a.until_day >= :from and a.from_day <= :until and a.cancelled_at is null"
                             " order by a.until_day, a.id",
                             {{"from", from}, {"until", until}})) {
    away.push_back({row.staff, row.from_day, row.until_day, row.third});
  }
  return away;
}

Duties load_duties(Snapshot& snapshot, std::span<const PostId> posts, Day from, Day until) {
  Duties duties;
  const std::vector<PostId> ids{posts.begin(), posts.end()};
  for (const auto id : ids) duties.posts[id];
  for (
      const auto& row : snapshot.all<HolderRow>(
          "select h.post, h.role, h.staff, h.from_day, h.until_day from post_holders h"
          " join staff s on s.id = h.staff"
          " where h.post in (:posts) and h.from_day <= :until and (h.until_day is null or h.until_day >= :from)"
          " and s.ended_at is null order by h.post, h.from_day, h.id",
          {{"posts", storage::in(ids)}, {"from", from}, {"until", until}})) {
    duties.posts[row.post].holders.push_back({row.role, row.staff, row.from_day, row.until_day});
  }
  for (const auto& row : snapshot.all<RosterRow>(
           "select r.post, r.day, r.staff from roster r join staff s on s.id = r.staff"
           " where r.post in (:posts) and r.day between :from and :until and s.ended_at is null",
           {{"posts", storage::in(ids)}, {"from", from}, {"until", until}})) {
    duties.posts[row.post].roster.emplace(row.day, row.staff);
  }
  duties.away = load_away(snapshot, from, until);
  return duties;
}

}  // namespace doorstep::network
