#include "network/roster.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "network/timetable.hpp"

namespace doorstep::network {

namespace {

constexpr std::int32_t week = 7;

struct Shown {
  Duties duties;
  Timetable open;
  std::map<StaffId, StaffName> names;
};

// Six statements, however many posts and days.
Shown load(Snapshot& snapshot, VenueId venue, const std::vector<PostId>& posts, Day from, Day until) {
  return {load_duties(snapshot, posts, from, until), timetable(snapshot, {venue}, from, until), {}};
}

// Of those who are on duty. One statement.
void add_names(Snapshot& snapshot, Shown& shown, Day from, Day until) {
  std::vector<StaffId> people;
  for (const auto& [id, post] : shown.duties.posts) {
    for (auto day = from; day <= until; day = day + 1) {
      if (const auto duty = on_duty(post, shown.duties.away, day)) people.push_back(duty->staff);
    }
  }
  std::ranges::sort(people);
  const auto repeated = std::ranges::unique(people);
  people.erase(repeated.begin(), repeated.end());
  shown.names = identity::names_of(snapshot, people);
}

RosterDay day_of(const Shown& shown, VenueId venue, PostId post, Day day) {
  RosterDay roster{.day = day, .open = !shown.open.on(venue, day).openings.empty(), .on_duty = std::nullopt};
  if (const auto duty = on_duty(shown.duties.posts.at(post), shown.duties.away, day))
    roster.on_duty = DutyView{shown.names.at(duty->staff), duty->by};
  return roster;
}

}  // namespace

Page<PostRoster> list_roster(Snapshot& snapshot, const Caller& caller, const ListRoster& wish) {
  require_staff(caller);
  if (!venue(snapshot, wish.venue)) throw Problem{"no_such_venue"};
  const int limit = page_limit(wish.limit);
  const auto from = wish.from ? *wish.from : today(snapshot, caller.at);
  const auto until = from + (wish.days.value_or(week) - 1);
  const auto rows = posts_of(snapshot, wish.venue, PostId{page_after(wish.cursor)}, limit + 1);
  std::vector<PostId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  auto shown = load(snapshot, wish.venue, ids, from, until);
  add_names(snapshot, shown, from, until);
  return page_of(
      rows, limit, [](const PostRow& row) { return row.id.value; },
      [&](const PostRow& row) {
        PostRoster roster{.post = row.id, .name = {row.name_zh, row.name_en}, .days = {}};
        for (auto day = from; day <= until; day = day + 1)
          roster.days.push_back(day_of(shown, wish.venue, row.id, day));
        return roster;
      });
}

RosterDay put_roster(Transaction& tx, const Caller& caller, const PutRoster& wish) {
  const auto post = require_post(tx, wish.post);
  const auto by = require_role(caller, {Role::centre_manager, Role::station_keeper}, post.venue).id;
  if (post.ended_at) throw Problem{"post_ended"};
  if (wish.day < today(tx, caller.at)) throw Problem{"day_has_passed", {}, "day"};
  if (wish.staff && !identity::works_here(tx, *wish.staff)) throw Problem{"no_such_staff", {}, "staff"};
  auto shown = load(tx, post.venue, {post.id}, wish.day, wish.day);
  if (wish.staff && is_away(shown.duties.away, *wish.staff, wish.day))
    throw Problem{"away_that_day", {}, "staff"};
  auto& roster = shown.duties.posts.at(post.id).roster;
  tx.run("delete from roster where post = :post and day = :day", {{"post", post.id}, {"day", wish.day}});
  roster.erase(wish.day);
  if (wish.staff) {
    tx.run("insert into roster (post, day, staff, put_by) values (:post, :day, :staff, :by)",
           {{"post", post.id}, {"day", wish.day}, {"staff", *wish.staff}, {"by", by}});
    roster[wish.day] = *wish.staff;
  }
  add_names(tx, shown, wish.day, wish.day);
  return day_of(shown, post.venue, post.id, wish.day);
}

}  // namespace doorstep::network
