#include "network/answerer.hpp"

#include "base/problem.hpp"
#include "network/post.hpp"

namespace doorstep::network {

namespace {

constexpr int posts_looked_at_max = 20;

struct ManagerRow {
  StaffId staff;
};
BOOST_DESCRIBE_STRUCT(ManagerRow, (), (staff))

std::optional<StaffId> on_duty_at(Snapshot& snapshot, VenueId venue, Day day) {
  std::vector<PostId> posts;
  for (const auto& post : posts_of(snapshot, venue, PostId{0}, posts_looked_at_max)) posts.push_back(post.id);
  if (posts.empty()) return std::nullopt;
  const auto duties = load_duties(snapshot, posts, day, day);
  for (const auto post : posts) {
    if (const auto duty = on_duty(duties.posts.at(post), duties.away, day)) return duty->staff;
  }
  return std::nullopt;
}

std::optional<StaffId> manager_of(Snapshot& snapshot, VenueId venue, Instant at) {
  const auto row = snapshot.maybe<ManagerRow>(
      "with recursive above (id, near) as (select organisation, 1 from venues where id = :venue and organisation is not null"
      " union select o.parent, a.near + 1 from above a join organisations o on o.id = a.id where o.parent is not null),"
      " places (reach, place, near) as (select 'venue', cast(:venue as INT), 0 union all"
      " select 'organisation', id, near from above union all select 'town', 0, 1000)"
      " select g.staff from places p join grants g on g.reach = p.reach and g.place = p.place"
      " join staff s on s.id = g.staff where g.role in ('centre_manager', 'administrator') and g.from_at <= :at"
      " and (g.until_at is null or g.until_at > :at) and s.ended_at is null"
      " order by p.near, case g.role when 'centre_manager' then 0 else 1 end, g.id limit 1",
      {{"venue", venue}, {"at", at}});
  if (!row) return std::nullopt;
  return row->staff;
}

}  // namespace

StaffId who_manages(Snapshot& snapshot, VenueId venue, Instant at) {
  if (const auto staff = manager_of(snapshot, venue, at)) return *staff;
  throw Problem{"nobody_answers"};
}

StaffId who_answers(Snapshot& snapshot, VenueId venue, Day day, Instant at) {
  if (const auto staff = on_duty_at(snapshot, venue, day)) return *staff;
  return who_manages(snapshot, venue, at);
}

}  // namespace doorstep::network
