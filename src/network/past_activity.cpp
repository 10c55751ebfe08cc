#include "network/past_activity.hpp"

#include "base/problem.hpp"
#include "network/organisation.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

constexpr Day latest_day{2'932'896};  // 9999-12-31

struct Row {
  PastActivityId id;
  std::int64_t version = 0;
  std::string title;
  Day day;
  ActivityKind kind{};
  OrganisationId organisation;
  std::string organisation_zh, organisation_en;
  std::optional<VenueId> venue;
  std::optional<std::string> venue_zh, venue_en;
  std::optional<std::int32_t> attended, minutes;
  std::optional<std::string> note;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, version, title, day, kind, organisation, organisation_zh, organisation_en, venue,
                       venue_zh, venue_en, attended, minutes, note, ended_at))

struct DayRow {
  Day day;
};
BOOST_DESCRIBE_STRUCT(DayRow, (), (day))

PastActivityView view(const Row& row) {
  PastActivityView activity{.id = row.id,
                            .version = row.version,
                            .title = row.title,
                            .day = row.day,
                            .kind = row.kind,
                            .organisation = row.organisation,
                            .organisation_name = {row.organisation_zh, row.organisation_en},
                            .venue = row.venue,
                            .venue_name = {},
                            .attended = row.attended,
                            .minutes = row.minutes,
                            .note = row.note,
                            .ended_at = row.ended_at};
  if (row.venue_zh) activity.venue_name = Text{*row.venue_zh, row.venue_en.value_or("")};
  return activity;
}

PastActivityView require_activity(Snapshot& snapshot, PastActivityId id) {
  const auto row = snapshot.maybe<Row>(
      "select a.id, a.version, a.title, a.day, a.kind, a.organisation, o.name_zh as organisation_zh,"
      " o.name_en as organisation_en, a.venue, v.name_zh as venue_zh, v.name_en as venue_en, a.attended, a.minutes,"
      " a.note, a.ended_at from past_activities a join organisations o on o.id = a.organisation"
      " left join venues v on v.id = a.venue where a.id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_past_activity"};
  return view(*row);
}

// One that the caller may change, as they have seen it.
PastActivityView require_own(Snapshot& snapshot, const Caller& caller, PastActivityId id,
                             std::int64_t version) {
  auto found = require_activity(snapshot, id);
  require_role(caller, {Role::centre_manager}, found.organisation);
  require_version(found.version, version);
  if (found.ended_at) throw Problem{"past_activity_ended"};
  return found;
}

// It was held: on no day to come. One statement.
void require_past(Snapshot& snapshot, const Caller& caller, Day day) {
  if (day > local_zone(snapshot).day_of(caller.at)) throw Problem{"day_to_come", {}, "day"};
}

// One that has ended since may be named, too. One statement, none without one.
void require_some_venue(Snapshot& snapshot, const std::optional<VenueId>& venue) {
  if (venue) require_venue(snapshot, *venue, "venue");
}

// The day of the activity that the page before ended with: a cursor is its id. One statement.
Day day_seen_last(Snapshot& snapshot, std::int64_t id) {
  const auto row =
      snapshot.maybe<DayRow>("select day from past_activities where id = :id", {{"id", PastActivityId{id}}});
  if (!row) throw Problem{"bad_cursor", {}, "cursor"};
  return row->day;
}

template <class T>
T changed(const Patch<T>& wish, const T& now) {
  return wish ? wish.value : now;
}

}  // namespace

Page<PastActivityView> list_past_activities(Snapshot& snapshot, const Caller& caller,
                                            const ListPastActivities& wish) {
  require_staff(caller);
  const int limit = page_limit(wish.limit);
  const auto after = page_after(wish.cursor);
  const auto rows = snapshot.all<Row>(
      "select a.id, a.version, a.title, a.day, a.kind, a.organisation, o.name_zh as organisation_zh,"
      " o.name_en as organisation_en, a.venue, v.name_zh as venue_zh, v.name_en as venue_en, a.attended, a.minutes,"
      " a.note, a.ended_at from past_activities a join organisations o on o.id = a.organisation"
      " left join venues v on v.id = a.venue where a.day <= :day and (a.day < :day or a.id < :after)"
      " and a.ended_at is null and (:organisation is null or a.organisation = :organisation)"
      " and (:venue is null or a.venue = :venue) and (:kind is null or a.kind = :kind)"
      " order by a.day desc, a.id desc limit :limit",
      {{"day", after == 0 ? latest_day : day_seen_last(snapshot, after)},
       {"after", after},
       {"organisation", wish.organisation},
       {"venue", wish.venue},
       {"kind", wish.kind},
       {"limit", limit + 1}});
  return page_of(rows, limit, [](const Row& row) { return row.id.value; }, view);
}

PastActivityView record_past_activity(Transaction& tx, const Caller& caller, const RecordPastActivity& wish) {
  const auto organisation = require_organisation(tx, wish.organisation, "organisation");
  require_some_venue(tx, wish.venue);
  const auto& staff = require_role(caller, {Role::centre_manager}, organisation.id);
  require_past(tx, caller, wish.day);
  const auto id = tx.new_id<PastActivityId>();
  tx.run(
      "insert into past_activities (id, title, day, kind, organisation, venue, attended, minutes, note, recorded_at,"
      " recorded_by, version) values (:id, :title, :day, :kind, :organisation, :venue, :attended, :minutes, :note, :at,"
      " :staff, 1)",
      {{"id", id},
       {"title", wish.title},
       {"day", wish.day},
       {"kind", wish.kind},
       {"organisation", organisation.id},
       {"venue", wish.venue},
       {"attended", wish.attended},
       {"minutes", wish.minutes},
       {"note", wish.note},
       {"at", caller.at},
       {"staff", staff.id}});
  return require_activity(tx, id);
}

PastActivityView edit_past_activity(Transaction& tx, const Caller& caller, const EditPastActivity& wish) {
  const auto found = require_own(tx, caller, wish.activity, wish.version);
  if (wish.venue) require_some_venue(tx, wish.venue.value);
  if (wish.day) require_past(tx, caller, wish.day.value);
  tx.run(
      "update past_activities set title = :title, day = :day, kind = :kind, venue = :venue, attended = :attended,"
      " minutes = :minutes, note = :note, version = version + 1 where id = :id",
      {{"title", changed(wish.title, found.title)},
       {"day", changed(wish.day, found.day)},
       {"kind", changed(wish.kind, found.kind)},
       {"venue", changed(wish.venue, found.venue)},
       {"attended", changed(wish.attended, found.attended)},
       {"minutes", changed(wish.minutes, found.minutes)},
       {"note", changed(wish.note, found.note)},
       {"id", found.id}});
  return require_activity(tx, found.id);
}

PastActivityView end_past_activity(Transaction& tx, const Caller& caller, const EndPastActivity& wish) {
  const auto found = require_own(tx, caller, wish.activity, wish.version);
  tx.run("update past_activities set ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", found.id}});
  return require_activity(tx, found.id);
}

}  // namespace doorstep::network
