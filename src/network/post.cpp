#include "network/post.hpp"

#include "base/problem.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

// The day before; a role that ends on it was never held if it begins later.
constexpr Day before(Day day) { return day + -1; }

const Staff& require_keeper(const Caller& caller, VenueId venue) {
  return require_role(caller, {Role::centre_manager}, venue);
}

// As they stand on that day. Four statements.
std::vector<PostView> views(Snapshot& snapshot, const std::vector<PostRow>& rows, Day day) {
  std::vector<PostId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  const auto duties = load_duties(snapshot, ids, day, day);
  std::vector<StaffId> people;
  for (const auto& [id, post] : duties.posts) {
    for (const auto role : {PostRole::a, PostRole::b}) {
      if (const auto staff = holder_on(post, role, day)) people.push_back(*staff);
    }
    if (const auto duty = on_duty(post, duties.away, day)) people.push_back(duty->staff);
  }
  const auto names = identity::names_of(snapshot, people);
  const auto named = [&](const std::optional<StaffId>& staff) {
    return staff ? std::optional{names.at(*staff)} : std::nullopt;
  };
  std::vector<PostView> found;
  for (const auto& row : rows) {
    const auto& post = duties.posts.at(row.id);
    const auto duty = on_duty(post, duties.away, day);
    found.push_back(
        {.id = row.id,
         .version = row.version,
         .venue = row.venue,
         .name = {row.name_zh, row.name_en},
         .a = named(holder_on(post, PostRole::a, day)),
         .b = named(holder_on(post, PostRole::b, day)),
         .on_duty = duty ? std::optional{DutyView{names.at(duty->staff), duty->by}} : std::nullopt,
         .ended_at = row.ended_at});
  }
  return found;
}

PostView view_now(Snapshot& snapshot, PostId id, Instant at) {
  return views(snapshot, {require_post(snapshot, id)}, today(snapshot, at)).front();
}

// From a day on nobody has the role; what was to begin later never will.
void vacate(Transaction& tx, PostId post, PostRole role, Day from) {
  tx.run(
      "update post_holders set until_day = :until where post = :post and role = :role"
      " and (until_day is null or until_day >= :from)",
      {{"until", before(from)}, {"post", post}, {"role", role}, {"from", from}});
}

bool holds_from(Snapshot& snapshot, PostId post, PostRole role, StaffId staff, Day from) {
  return snapshot.value<std::int64_t>(
             "select count(*) from post_holders where post = :post and role = :role and staff = :staff"
             " and (until_day is null or (until_day >= :from and until_day >= from_day))",
             {{"post", post}, {"role", role}, {"staff", staff}, {"from", from}}) > 0;
}

}  // namespace

PostRow require_post(Snapshot& snapshot, PostId id) {
  auto row = snapshot.maybe<PostRow>(
      "select id, version, venue, name_zh, name_en, ended_at from posts where id = :id", {{"id", id}});
  if (!row) throw Problem{"no_such_post"};
  return *row;
}

PostRow require_live_post(Snapshot& snapshot, PostId id) {
  auto row = require_post(snapshot, id);
  if (row.ended_at) throw Problem{"post_ended"};
  return row;
}

std::vector<PostRow> posts_of(Snapshot& snapshot, VenueId venue, PostId after, int limit) {
  return snapshot.all<PostRow>(
      "select id, version, venue, name_zh, name_en, ended_at from posts"
      " where venue = :venue and id > :after and ended_at is null order by id limit :limit",
      {{"venue", venue}, {"after", after}, {"limit", limit}});
}

bool has_posts(Snapshot& snapshot, VenueId venue) { return !posts_of(snapshot, venue, {}, 1).empty(); }

Day today(Snapshot& snapshot, Instant at) { return Zone{town(snapshot).zone}.day_of(at); }

Page<PostView> list_posts(Snapshot& snapshot, const Caller& caller, const ListPosts& wish) {
  require_staff(caller);
  require_venue(snapshot, wish.venue);
  const int limit = page_limit(wish.limit);
  const auto rows = posts_of(snapshot, wish.venue, PostId{page_after(wish.cursor)}, limit + 1);
  const auto shown = views(snapshot, rows, today(snapshot, caller.at));
  return page_of(
      shown, limit, [](const PostView& post) { return post.id.value; },
      [](const PostView& post) { return post; });
}

PostView record_post(Transaction& tx, const Caller& caller, const RecordPost& wish) {
  const auto place = require_venue(tx, wish.venue);
  require_keeper(caller, wish.venue);
  require_live(place);
  const auto id = tx.new_id<PostId>();
  tx.run(
      "insert into posts (id, venue, name_zh, name_en, created_at, version)"
      " values (:id, :venue, :name_zh, :name_en, :at, 1)",
      {{"id", id},
       {"venue", wish.venue},
       {"name_zh", wish.name.zh},
       {"name_en", wish.name.en},
       {"at", caller.at}});
  return {.id = id,
          .version = 1,
          .venue = wish.venue,
          .name = wish.name,
          .a = {},
          .b = {},
          .on_duty = {},
          .ended_at = {}};
}

PostView edit_post(Transaction& tx, const Caller& caller, const EditPost& wish) {
  const auto post = require_post(tx, wish.post);
  require_keeper(caller, post.venue);
  require_version(post.version, wish.version);
  if (post.ended_at) throw Problem{"post_ended"};
  const auto name = wish.name ? wish.name.value : Text{post.name_zh, post.name_en};
  tx.run("update posts set name_zh = :zh, name_en = :en, version = version + 1 where id = :id",
         {{"zh", name.zh}, {"en", name.en}, {"id", post.id}});
  return view_now(tx, post.id, caller.at);
}

PostView end_post(Transaction& tx, const Caller& caller, const EndPost& wish) {
  const auto post = require_post(tx, wish.post);
  require_keeper(caller, post.venue);
  require_version(post.version, wish.version);
  if (post.ended_at) throw Problem{"post_ended"};
  const auto open_slips = tx.value<std::int64_t>(
      "select count(*) from handovers where post = :post and ended_at is null", {{"post", post.id}});
  if (open_slips > 0) throw Problem{"post_in_use"};
  const auto day = today(tx, caller.at);
  for (const auto role : {PostRole::a, PostRole::b}) vacate(tx, post.id, role, day);
  tx.run("delete from roster where post = :post and day >= :day", {{"post", post.id}, {"day", day}});
  tx.run("update posts set ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", post.id}});
  return view_now(tx, post.id, caller.at);
}

PostView appoint_to_post(Transaction& tx, const Caller& caller, const AppointToPost& wish) {
  const auto post = require_live_post(tx, wish.post);
  const auto by = require_keeper(caller, post.venue).id;
  const auto now = today(tx, caller.at);
  const auto from = wish.from.value_or(now);
  if (from < now) throw Problem{"day_has_passed", {}, "from"};
  if (wish.staff) {
    if (!identity::works_here(tx, *wish.staff)) throw Problem{"no_such_staff", {}, "staff"};
    const auto other = wish.role == PostRole::a ? PostRole::b : PostRole::a;
    if (holds_from(tx, post.id, other, *wish.staff, from)) throw Problem{"has_the_other_role", {}, "staff"};
  }
  vacate(tx, post.id, wish.role, from);
  if (wish.staff) {
    tx.run(
        "insert into post_holders (id, post, role, staff, from_day, appointed_by)"
        " values (:id, :post, :role, :staff, :from, :by)",
        {{"id", tx.new_id<PostId>()},
         {"post", post.id},
         {"role", wish.role},
         {"staff", *wish.staff},
         {"from", from},
         {"by", by}});
  }
  tx.run("update posts set version = version + 1 where id = :id", {{"id", post.id}});
  return view_now(tx, post.id, caller.at);
}

}  // namespace doorstep::network
