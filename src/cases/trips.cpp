#include "cases/trips.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/problem.hpp"
#include "cases/materials.hpp"
#include "cases/open.hpp"

namespace doorstep::cases {

namespace {

struct TripRow {
  TripId id;
  Day day;
  bool ready = false;
  std::optional<TripReason> reason;
  std::optional<storage::Bytes> words;
  std::optional<CaseId> correction;
  std::optional<std::string> reference;
};
BOOST_DESCRIBE_STRUCT(TripRow, (), (id, day, ready, reason, words, correction, reference))

struct LastRow {
  TripId id;
  std::int64_t number = 0;
  Day day;
  StaffId recorded_by;
  std::optional<CaseId> correction;
};
BOOST_DESCRIBE_STRUCT(LastRow, (), (id, number, day, recorded_by, correction))

struct FirstRow {
  TripId id;
  bool ready = false;
};
BOOST_DESCRIBE_STRUCT(FirstRow, (), (id, ready))

struct RunningRow {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(RunningRow, (), (id))

// Why somebody came, and what is to be corrected for it.
struct Cause {
  std::optional<TripReason> reason = {};
  std::optional<std::string> words = {};
  std::optional<CaseId> correction = {};
};

std::optional<LastRow> last_trip(Snapshot& snapshot, CaseId id) {
  return snapshot.maybe<LastRow>(
      "select id, number, day, recorded_by, correction from case_trips where case_id = :case and ended_at is null"
      " order by number desc limit 1",
      {{"case", id}});
}

// Whether nothing that is needed is missing: of the matter's papers those that the answers call for, and what
// an officer asked for besides. Three statements.
bool all_is_there(Snapshot& snapshot, const CaseAt& at, const MatterDefinition& matter) {
  return std::ranges::all_of(materials_of(snapshot, at.id, matter), [&](const MaterialView& paper) {
    return paper.state == MaterialState::received || !is_needed(matter, paper.key, at.answers);
  });
}

void keep_trip(Transaction& tx, const Caller& caller, const CaseAt& at, const MatterDefinition& matter,
               Day today, std::int64_t number, const Cause& cause) {
  const auto id = tx.new_id<TripId>();
  std::optional<storage::Bytes> words;
  if (cause.words) words = sealed_note(tx.keys(), "case_trips", id.value, *cause.words, "words");
  tx.run(
      "insert into case_trips (id, case_id, number, venue, matter, day, at, recorded_by, ready, reason, words, correction)"
      " values (:id, :case, :number, :venue, :matter, :day, :at, :staff, :ready, :reason, :words, :correction)",
      {{"id", id},
       {"case", at.id},
       {"number", number},
       {"venue", at.venue},
       {"matter", matter.key},
       {"day", today},
       {"at", caller.at},
       {"staff", require_staff(caller).id},
       {"ready", number == 1 && all_is_there(tx, at, matter)},
       {"reason", cause.reason},
       {"words", words},
       {"correction", cause.correction}});
}

// The one that runs for this matter.
std::optional<CaseId> running_correction(Snapshot& snapshot, const std::string& matter) {
  const auto row = snapshot.maybe<RunningRow>(
      "select c.id from case_trips t join cases c on c.id = t.correction"
      " where t.matter = :matter and t.correction is not null and c.ended_at is null limit 1",
      {{"matter", matter}});
  return row ? std::optional{row->id} : std::nullopt;
}

void tell_correction(Transaction& tx, const Caller& caller, CaseId id, const std::string& note) {
  const auto correction = find_case(tx, id).value();
  add_history(tx,
              {.case_id = correction.id, .kind = HistoryKind::noted, .step = correction.step, .note = note},
              caller);
  change_in_place(tx, correction);
}

// Somebody sees to it that the guide says it from now on: as a case, whose first contact is whoever noticed.
std::optional<CaseId> correct_guide(Transaction& tx, const Caller& caller, const StoredCase& row,
                                    const MatterDefinition& matter, const std::string& words) {
  const auto note = fmt::format("{}（{}）：{}", matter.name.zh, row.reference, words);
  if (const auto running = running_correction(tx, matter.key)) {
    tell_correction(tx, caller, *running, note);
    return running;
  }
  const auto guide = find_matter(tx, std::string{correction_matter});
  if (!guide) return std::nullopt;
  return put_case(tx, caller, *guide,
                  {.venue = row.venue, .first_contact = require_staff(caller).id, .note = note})
      .id;
}

}  // namespace

CaseAt case_at(const Snapshot& snapshot, const StoredCase& row) {
  return {row.id, row.venue, answers_of(snapshot.keys(), row).value_or(Answers{})};
}

TripsView read_trips(Snapshot& snapshot, const Caller& caller, const ReadTrips& wish) {
  const auto row = require_case(snapshot, caller, wish.id);
  TripsView view;
  for (
      const auto& trip : snapshot.all<TripRow>(
          "select t.id, t.day, t.ready, t.reason, t.words, t.correction, c.reference from case_trips t"
          " left join cases c on c.id = t.correction where t.case_id = :case and t.ended_at is null order by t.number",
          {{"case", row.id}})) {
    view.trips.push_back({.id = trip.id,
                          .day = trip.day,
                          .ready = trip.ready,
                          .reason = trip.reason,
                          .words = {},
                          .correction = {}});
    auto& shown = view.trips.back();
    if (trip.words)
      shown.words = open_note(snapshot.keys(), "case_trips", trip.id.value, *trip.words, "words");
    if (trip.correction) shown.correction = Correction{*trip.correction, trip.reference.value_or("")};
  }
  view.today = !view.trips.empty() && view.trips.back().day == day_at_town(snapshot, caller.at);
  return view;
}

TripsView record_trip(Transaction& tx, const Caller& caller, const RecordTrip& wish) {
  const auto row = require_case(tx, caller, wish.id);
  const auto today = day_at_town(tx, caller.at);
  const auto last = last_trip(tx, row.id);
  if (last && last->day == today) throw Problem{"came_already"};
  if (last && !wish.reason) throw Problem{"trip_needs_reason", {}, "reason"};
  const bool not_said = wish.reason == TripReason::not_said;
  if (not_said && !wish.words) throw Problem{"trip_needs_words", {}, "words"};
  const auto matter = matter_by_hash(tx, row.definition);
  Cause cause{.reason = wish.reason, .words = wish.words};
  if (not_said) cause.correction = correct_guide(tx, caller, row, matter, *wish.words);
  keep_trip(tx, caller, case_at(tx, row), matter, today, last ? last->number + 1 : 1, cause);
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::came, .step = row.step}, caller);
  return read_trips(tx, caller, {row.id});
}

TripsView take_back_trip(Transaction& tx, const Caller& caller, const TakeBackTrip& wish) {
  const auto row = require_case(tx, caller, wish.id);
  const auto last = last_trip(tx, row.id);
  if (!last || last->day != day_at_town(tx, caller.at)) throw Problem{"no_trip_today"};
  if (last->recorded_by != require_staff(caller).id && !caller.has(Role::centre_manager, row.venue))
    throw Problem{"trip_not_yours"};
  tx.run("update case_trips set ended_at = :at where id = :id", {{"at", caller.at}, {"id", last->id}});
  if (last->correction)
    tell_correction(tx, caller, *last->correction, row.reference + "：那一趟是记错的，已经退回");
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::trip_taken_back, .step = row.step}, caller);
  return read_trips(tx, caller, {row.id});
}

void note_trip(Transaction& tx, const Caller& caller, const CaseAt& at, const MatterDefinition& matter,
               std::optional<TripReason> reason) {
  const auto today = day_at_town(tx, caller.at);
  const auto last = last_trip(tx, at.id);
  if (last && last->day == today) return;
  keep_trip(tx, caller, at, matter, today, last ? last->number + 1 : 1, {.reason = reason});
}

void settle_readiness(Transaction& tx, const Caller& caller, const StoredCase& row,
                      const MatterDefinition& matter) {
  const auto first = tx.maybe<FirstRow>(
      "select id, ready from case_trips where case_id = :case and number = 1 and day = :today and ended_at is null",
      {{"case", row.id}, {"today", day_at_town(tx, caller.at)}});
  if (!first) return;
  const bool ready = all_is_there(tx, case_at(tx, row), matter);
  if (ready == first->ready) return;
  tx.run("update case_trips set ready = :ready where id = :id", {{"ready", ready}, {"id", first->id}});
}

std::int64_t trips_of(Snapshot& snapshot, CaseId id) {
  return snapshot.value<std::int64_t>(
      "select count(*) from case_trips where case_id = :case and ended_at is null", {{"case", id}});
}

}  // namespace doorstep::cases
