// Posts: what somebody answers for at a venue, and who has its A role and its B role.
//
// A venue's manager makes posts and appoints to them. Both roles are never held by the same person. Who was
// appointed stays as history.
#pragma once

#include "api/page.hpp"
#include "base/limits.hpp"
#include "identity/identity.hpp"
#include "network/duty.hpp"

namespace doorstep::network {

using identity::StaffName;

struct DutyView {
  StaffName staff;
  DutyBy by{};
};
BOOST_DESCRIBE_STRUCT(DutyView, (), (staff, by))

struct PostView {
  PostId id;
  std::int64_t version = 0;
  VenueId venue;
  Text name;
  std::optional<StaffName> a;
  std::optional<StaffName> b;
  std::optional<DutyView> on_duty;  // today; nobody: the venue's manager stands in
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(PostView, (), (id, version, venue, name, a, b, on_duty, ended_at))

struct ListPosts {
  VenueId venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListPosts, (), (venue, cursor, limit))

struct RecordPost {
  VenueId venue;
  Text name;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(RecordPost, (), (venue, name))

struct EditPost {
  PostId post;
  std::int64_t version = 0;
  Patch<Text> name;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(EditPost, (), (post, version, name))

struct EndPost {
  PostId post;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndPost, (), (post, version))

// From a day on, today if none is said. Whoever had the role has it until the day before.
struct AppointToPost {
  PostId post;
  PostRole role{};
  std::optional<StaffId> staff;  // nobody: the role becomes vacant
  std::optional<Day> from;
};
BOOST_DESCRIBE_STRUCT(AppointToPost, (), (post, role, staff, from))

Page<PostView> list_posts(Snapshot& snapshot, const Caller& caller, const ListPosts& wish);
PostView record_post(Transaction& tx, const Caller& caller, const RecordPost& wish);
PostView edit_post(Transaction& tx, const Caller& caller, const EditPost& wish);
PostView end_post(Transaction& tx, const Caller& caller, const EndPost& wish);
PostView appoint_to_post(Transaction& tx, const Caller& caller, const AppointToPost& wish);

// For the other files of this room.

struct PostRow {
  PostId id;
  std::int64_t version = 0;
  VenueId venue;
  std::string name_zh, name_en;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(PostRow, (), (id, version, venue, name_zh, name_en, ended_at))

// Throws Problem no_such_post. One statement.
PostRow require_post(Snapshot& snapshot, PostId id);
// Throws Problem post_ended as well.
PostRow require_live_post(Snapshot& snapshot, PostId id);
// A venue's posts that have not ended, by id. One statement.
std::vector<PostRow> posts_of(Snapshot& snapshot, VenueId venue, PostId after, int limit);
// Whether a venue has any. One statement.
bool has_posts(Snapshot& snapshot, VenueId venue);
// The town's day. One statement.
Day today(Snapshot& snapshot, Instant at);

}  // namespace doorstep::network
