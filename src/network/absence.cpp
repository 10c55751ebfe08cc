#include "network/absence.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "network/timetable.hpp"

namespace doorstep::network {

namespace {

struct AbsenceRow {
  AbsenceId id;
  std::int64_t version = 0;
  StaffId staff;
  std::string staff_name;
  AbsenceKind kind{};
  Day from_day, until_day;
  std::optional<StaffId> third;
  std::optional<std::string> third_name;
  std::optional<Instant> cancelled_at;
};
BOOST_DESCRIBE_STRUCT(AbsenceRow, (),
                      (id, version, staff, staff_name, kind, from_day, until_day, third, third_name,
                       cancelled_at))

struct AffectedRow {
  PostId id;
  VenueId venue;
  std::string name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(AffectedRow, (), (id, venue, name_zh, name_en))

struct PlaceRow {
  VenueId venue;
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (venue))

AbsenceView view(const AbsenceRow& row) {
  return {
      .id = row.id,
      .version = row.version,
      .staff = {row.staff, row.staff_name},
      .kind = row.kind,
      .from = row.from_day,
      .until = row.until_day,
      .third = row.third ? std::optional{StaffName{*row.third, row.third_name.value_or("")}} : std::nullopt,
      .cancelled = row.cancelled_at.has_value()};
}

AbsenceView require_absence(Snapshot& snapshot, AbsenceId id) {
  const auto row = snapshot.maybe<AbsenceRow>(
      "select a.id, a.version, a.staff, s.name as staff_name, a.kind, a.from_day, a.until_day, a.third,"
      " t.name as third_name, a.cancelled_at from absences a join staff s on s.id = a.staff"
      " left join staff t on t.id = a.third where a.id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_absence"};
  return view(*row);
}

// Whoever it is about, or a manager where they have a post or are to have one, or of the whole town. Two
// statements at most.
void require_keeper_of(Snapshot& snapshot, const Caller& caller, StaffId staff) {
  if (require_staff(caller).id == staff || caller.has(Role::centre_manager, WholeTown{})) return;
  const auto places = snapshot.all<PlaceRow>(
      "select distinct p.venue from post_holders h join posts p on p.id = h.post"
      " where h.staff = :staff and (h.until_day is null or (h.until_day >= :today and h.until_day >= h.from_day))"
      " and p.ended_at is null order by p.venue",
      {{"staff", staff}, {"today", today(snapshot, caller.at)}});
  const bool keeps = std::ranges::any_of(
      places, [&](const PlaceRow& place) { return caller.has(Role::centre_manager, place.venue); });
  if (!keeps) throw Problem{"not_allowed"};
}

// The posts that somebody answers for in that time: by a role, by the roster, or standing in as a third.
std::vector<AffectedRow> affected_by(Snapshot& snapshot, const Away& away) {
  return snapshot.all<AffectedRow>(
      "select p.id, p.venue, p.name_zh, p.name_en from posts p where p.ended_at is null and p.id in ("
      "select h.post from post_holders h where h.staff = :staff and h.from_day <= :until"
      " and (h.until_day is null or h.until_day >= :from)"
      " union select r.post from roster r where r.staff = :staff and r.day between :from and :until"
      " union select h.post from absences a join post_holders h on h.staff = a.staff"
      " where a.third = :staff and a.until_day >= :from and a.from_day <= :until and a.cancelled_at is null"
      " and h.from_day <= :until and (h.until_day is null or h.until_day >= :from)"
      " union select r.post from absences a join roster r on r.staff = a.staff and r.day between a.from_day and a.until_day"
      " where a.third = :staff and a.until_day >= :from and a.from_day <= :until and a.cancelled_at is null"
      " and r.day between :from and :until) order by p.id",
      {{"staff", away.staff}, {"from", away.from}, {"until", away.until}});
}

// What becomes empty by this absence: what was empty before is not its doing. Seven statements.
std::vector<Gap> gaps_of(Snapshot& snapshot, const Away& away) {
  const auto posts = affected_by(snapshot, away);
  std::vector<PostId> ids;
  std::vector<VenueId> venues;
  for (const auto& post : posts) {
    ids.push_back(post.id);
    if (std::ranges::find(venues, post.venue) == venues.end()) venues.push_back(post.venue);
  }
  const auto duties = load_duties(snapshot, ids, away.from, away.until);
  const auto open = timetable(snapshot, venues, away.from, away.until);
  auto with_it = duties.away;
  with_it.push_back(away);
  std::vector<Gap> gaps;
  for (const auto& post : posts) {
    for (auto day = away.from; day <= away.until; day = day + 1) {
      if (open.on(post.venue, day).openings.empty()) continue;
      const auto& duty = duties.posts.at(post.id);
      if (on_duty(duty, with_it, day) || !on_duty(duty, duties.away, day)) continue;
      gaps.push_back({post.id, {post.name_zh, post.name_en}, day});
    }
  }
  std::ranges::stable_sort(gaps, {}, &Gap::day);
  if (gaps.size() > gaps_shown_max) gaps.resize(gaps_shown_max);
  return gaps;
}

void require_period(Day from, Day until) {
  if (until < from) throw Problem{"period_empty", {}, "until"};
  if (until.number - from.number >= absence_days_max)
    throw Problem{"absence_too_long", {std::to_string(absence_days_max)}, "until"};
}

void require_third(Snapshot& snapshot, const std::optional<StaffId>& third, StaffId staff) {
  if (!third) return;
  if (*third == staff || !identity::works_here(snapshot, *third)) throw Problem{"no_such_staff", {}, "third"};
}

bool overlaps(Snapshot& snapshot, const Away& away) {
  return snapshot.value<std::int64_t>(
             "select count(*) from absences where staff = :staff and until_day >= :from and from_day <= :until"
             " and cancelled_at is null",
             {{"staff", away.staff}, {"from", away.from}, {"until", away.until}}) > 0;
}

}  // namespace

Page<AbsenceView> list_absences(Snapshot& snapshot, const Caller& caller, const ListAbsences& wish) {
  const auto staff = wish.staff.value_or(require_staff(caller).id);
  require_keeper_of(snapshot, caller, staff);
  const int limit = page_limit(wish.limit);
  const auto before = page_after(wish.cursor);
  const auto rows = snapshot.all<AbsenceRow>(
      "select a.id, a.version, a.staff, s.name as staff_name, a.kind, a.from_day, a.until_day, a.third,"
      " t.name as third_name, a.cancelled_at from absences a join staff s on s.id = a.staff"
      " left join staff t on t.id = a.third where a.staff = :staff and a.id < :before"
      " order by a.id desc limit :limit",
      {{"staff", staff}, {"before", before == 0 ? INT64_MAX : before}, {"limit", limit + 1}});
  return page_of(rows, limit, [](const AbsenceRow& row) { return row.id.value; }, view);
}

Gaps find_gaps(Snapshot& snapshot, const Caller& caller, const FindGaps& wish) {
  const auto staff = wish.staff.value_or(require_staff(caller).id);
  require_keeper_of(snapshot, caller, staff);
  require_period(wish.from, wish.until);
  require_third(snapshot, wish.third, staff);
  return {gaps_of(snapshot, {staff, wish.from, wish.until, wish.third})};
}

AbsenceRecorded record_absence(Transaction& tx, const Caller& caller, const RecordAbsence& wish) {
  const auto by = require_staff(caller).id;
  const auto staff = wish.staff.value_or(by);
  require_keeper_of(tx, caller, staff);
  if (!identity::works_here(tx, staff)) throw Problem{"no_such_staff", {}, "staff"};
  require_period(wish.from, wish.until);
  const auto now = today(tx, caller.at);
  if (wish.from < now) throw Problem{"day_has_passed", {}, "from"};
  if (wish.kind == AbsenceKind::sudden && wish.from > now) throw Problem{"sudden_is_today", {}, "from"};
  require_third(tx, wish.third, staff);
  const Away away{staff, wish.from, wish.until, wish.third};
  if (overlaps(tx, away)) throw Problem{"away_already"};
  auto gaps = gaps_of(tx, away);
  if (wish.kind == AbsenceKind::planned && !gaps.empty()) {
    const auto& first = gaps.front();
    throw Problem{"post_would_be_empty", {first.name.zh, to_string(first.day)}, "third"};
  }
  const auto id = tx.new_id<AbsenceId>();
  tx.run(
      "insert into absences (id, staff, kind, from_day, until_day, third, recorded_by, recorded_at, version)"
      " values (:id, :staff, :kind, :from, :until, :third, :by, :at, 1)",
      {{"id", id},
       {"staff", staff},
       {"kind", wish.kind},
       {"from", wish.from},
       {"until", wish.until},
       {"third", wish.third},
       {"by", by},
       {"at", caller.at}});
  return {require_absence(tx, id), std::move(gaps)};
}

AbsenceView end_absence(Transaction& tx, const Caller& caller, const EndAbsence& wish) {
  const auto found = require_absence(tx, wish.absence);
  require_keeper_of(tx, caller, found.staff.id);
  require_version(found.version, wish.version);
  const auto now = today(tx, caller.at);
  const auto back_on = wish.back_on.value_or(now);
  if (back_on < now) throw Problem{"day_has_passed", {}, "back_on"};
  if (found.cancelled || found.until < back_on) throw Problem{"absence_over"};
  if (back_on <= found.from) {
    tx.run("update absences set cancelled_at = :at, version = version + 1 where id = :id",
           {{"at", caller.at}, {"id", found.id}});
  } else {
    tx.run("update absences set until_day = :until, version = version + 1 where id = :id",
           {{"until", back_on + -1}, {"id", found.id}});
  }
  return require_absence(tx, found.id);
}

}  // namespace doorstep::network
