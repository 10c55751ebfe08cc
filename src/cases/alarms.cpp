#include "cases/alarms.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/deadlines.hpp"

namespace doorstep::cases {

namespace {

struct NewAlarmRow {
  AlarmId id;
  CaseId case_id;
  DeadlineId deadline;
  VenueId venue;
  std::int32_t level = 1;
  Instant raised_at;
};
BOOST_DESCRIBE_STRUCT(NewAlarmRow, (), (id, case_id, deadline, venue, level, raised_at))

struct ListedRow {
  AlarmId id;
  CaseId case_id;
  std::string reference, body;
  DeadlineKind kind{};
  std::string step;
  std::optional<std::string> unit;  // which one acts there, by its exact name
  Day due;
  std::string venue_zh, venue_en, first_contact;
  std::optional<std::string> handler;
  std::int32_t level = 0;
  Instant raised_at;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (),
                      (id, case_id, reference, body, kind, step, unit, due, venue_zh, venue_en, first_contact,
                       handler, level, raised_at))

struct AlarmRow {
  AlarmId id;
  CaseId case_id;
  DeadlineId deadline;
  DeadlineKind kind{};
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(AlarmRow, (), (id, case_id, deadline, kind, ended_at))

struct VenueRow {
  VenueId venue;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (venue))

CaseAlarmView view(const ListedRow& row) {
  const auto matter = read_json<MatterDefinition>(row.body);
  return {.id = row.id,
          .case_id = row.case_id,
          .reference = row.reference,
          .matter = {matter.key, matter.name},
          .kind = row.kind,
          .step = step_view(matter, row.step).name,
          .who = who_must_act(matter, row.step, row.unit),
          .due = row.due,
          .venue = {row.venue_zh, row.venue_en},
          .first_contact = row.first_contact,
          .handler = row.handler,
          .level = row.level,
          .raised_at = row.raised_at};
}

// Where nobody has answered and the caller is to see to it.
std::vector<VenueId> venues_to_see_to(Snapshot& snapshot, const Caller& caller) {
  std::vector<VenueId> venues;
  for (const auto& row : snapshot.all<VenueRow>(
           "select id as venue from venues v where exists (select 1 from case_alarms a where a.venue = v.id"
           " and a.ended_at is null and a.level = 2)")) {
    if (caller.has(Role::centre_manager, row.venue)) venues.push_back(row.venue);
  }
  return venues;
}

}  // namespace

Page<CaseAlarmView> list_case_alarms(Snapshot& snapshot, const Caller& caller, const ListCaseAlarms& wish) {
  const auto& staff = require_staff(caller);
  if (wish.venue) require_role(caller, at_cases, *wish.venue);
  const auto venues = wish.venue ? std::vector{*wish.venue} : venues_to_see_to(snapshot, caller);
  if (venues.empty()) return {};
  const bool all = !wish.venue || caller.has(Role::centre_manager, *wish.venue);
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<ListedRow>(
      "select a.id, a.case_id, c.reference, m.body, d.kind, c.step, coalesce(o.official_name, o.name_zh, u.name) as unit, d.due, v.name_zh as venue_zh, v.name_en as venue_en,"
      " f.name as first_contact, h.name as handler, a.level, a.raised_at from case_alarms a"
      " join case_deadlines d on d.id = a.deadline join cases c on c.id = a.case_id"
      " join matter_definitions m on m.hash = c.definition join venues v on v.id = a.venue"
      " join staff f on f.id = c.first_contact left join staff h on h.id = c.handler"
      " left join case_units u on u.case_id = c.id and u.unit = c.acting_unit and u.ended_at is null"
      " left join organisations o on o.id = u.organisation"
      " where a.venue in (:venues) and a.ended_at is null and a.level >= :level and a.id > :after"
      " and (:all = 1 or c.handler = :me or c.first_contact = :me) order by a.id limit :limit",
      {{"venues", storage::in(venues)},
       {"level", wish.venue ? 1 : 2},
       {"after", page_after(wish.cursor)},
       {"all", all},
       {"me", staff.id},
       {"limit", limit + 1}});
  return page_of(rows, limit, [](const ListedRow& row) { return row.id.value; }, view);
}

Nothing acknowledge_alarm(Transaction& tx, const Caller& caller, const AcknowledgeAlarm& wish) {
  const auto alarm = tx.maybe<AlarmRow>(
      "select a.id, a.case_id, a.deadline, d.kind, a.ended_at from case_alarms a"
      " join case_deadlines d on d.id = a.deadline where a.id = :id",
      {{"id", wish.alarm}});
  if (!alarm) throw Problem{"no_such_alarm"};
  const auto row = require_case(tx, caller, alarm->case_id);
  const auto me = require_staff(caller).id;
  if (me != row.first_contact) require_handler(caller, row);
  if (alarm->ended_at) throw Problem{"alarm_over"};

  tx.run("update case_alarms set ended_at = :at, acknowledged_by = :me where id = :id",
         {{"at", caller.at}, {"me", me}, {"id", alarm->id}});
  auto deadlines = open_deadlines(tx, row.id);
  const auto before = deadlines;
  const auto missed = std::ranges::find(deadlines, alarm->deadline, &CaseDeadline::id);
  if (missed != deadlines.end()) missed->next_on = std::nullopt;  // no more to be escalated
  keep_deadlines(tx, network::local_zone(tx), before, deadlines);
  add_history(tx,
              {.case_id = row.id,
               .kind = HistoryKind::overdue,
               .step = row.step,
               .note = wish.note,
               .deadline = alarm->kind,
               .news = DeadlineNews::acknowledged},
              caller);
  tx.run("update cases set version = version + 1 where id = :id", {{"id", row.id}});
  tell_changed(tx, row);
  return {};
}

void raise_alarms(Transaction& tx, const Caller& caller, std::span<const CaseDeadline> missed) {
  if (missed.empty()) return;
  std::vector<NewAlarmRow> rows;
  for (const auto& deadline : missed) {
    rows.push_back({.id = tx.new_id<AlarmId>(),
                    .case_id = deadline.case_id,
                    .deadline = deadline.id,
                    .venue = deadline.venue,
                    .raised_at = caller.at});
  }
  tx.run("insert into case_alarms (id, case_id, deadline, venue, level, raised_at) values (:rows)",
         {{"rows", storage::rows(rows)}});
}

void raise_alarm_further(Transaction& tx, DeadlineId deadline) {
  tx.run("update case_alarms set level = 2 where deadline = :deadline and ended_at is null",
         {{"deadline", deadline}});
}

void end_alarms_of_what_ended(Transaction& tx, CaseId id, Instant at) {
  tx.run(
      "update case_alarms set ended_at = :at where ended_at is null and deadline in"
      " (select id from case_deadlines where case_id = :case and state = 'missed' and ended_at is not null)",
      {{"at", at}, {"case", id}});
}

Text who_must_act(const MatterDefinition& matter, std::string_view key,
                  const std::optional<std::string>& named) {
  const auto* step = find_step(matter, key);
  if (step == nullptr) return {};
  const auto* unit = step->unit ? find_unit(matter, *step->unit) : nullptr;
  if (unit == nullptr) return step->who;
  if (!named) return unit->name;
  return {*named + "（" + unit->name.zh + "）", *named + " (" + unit->name.en + ")"};
}

}  // namespace doorstep::cases
