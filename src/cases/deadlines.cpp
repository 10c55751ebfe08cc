#include "cases/deadlines.hpp"

#include <algorithm>

#include "cases/alarms.hpp"

namespace doorstep::cases {

namespace {

CaseDeadline new_deadline(Transaction& tx, CaseId id, VenueId venue, DeadlineKind kind) {
  CaseDeadline deadline;
  deadline.id = tx.new_id<DeadlineId>();
  deadline.case_id = id;
  deadline.venue = venue;
  deadline.kind = kind;
  return deadline;
}

CaseDeadline in_working_days(Transaction& tx, CaseId id, VenueId venue, DeadlineKind kind, std::int32_t days,
                             const Reckoning& now) {
  auto deadline = new_deadline(tx, id, venue, kind);
  deadline.working_days = days;
  begin(deadline, now);
  return deadline;
}

CaseDeadline of_step(Transaction& tx, CaseId id, VenueId venue, const StepDefinition& step,
                     const Reckoning& now) {
  auto deadline = new_deadline(tx, id, venue, DeadlineKind::step);
  deadline.step = step.key;
  deadline.working_days = step.limit->working_days;
  deadline.months = step.limit->months;
  begin(deadline, now);
  return deadline;
}

bool waits(Phase phase) { return phase == Phase::waiting_for_resident; }

// What the town owes, which stands still while it waits.
bool is_owed(DeadlineKind kind) { return kind == DeadlineKind::legal || kind == DeadlineKind::promised; }

void follow(CaseDeadline& deadline, Phase from, Phase to, const Reckoning& now) {
  const bool over = is_over(to);
  if (is_owed(deadline.kind)) {
    if (over)
      end(deadline, to == Phase::withdrawn ? DeadlineState::dropped : DeadlineState::met, now);
    else if (waits(to) && !waits(from))
      pause(deadline, now);
    else if (!waits(to) && waits(from))
      resume(deadline, now);
  } else if (deadline.kind == DeadlineKind::step) {
    end(deadline, to == Phase::withdrawn ? DeadlineState::dropped : DeadlineState::met, now);
  } else if (!waits(to)) {
    end(deadline, over ? DeadlineState::dropped : DeadlineState::met, now);
  }
}

void save(Transaction& tx, const std::vector<CaseDeadline>& changed) {
  if (changed.empty()) return;
  tx.run(
      "insert into case_deadlines (id, case_id, venue, kind, step, state, counted_from, working_days, months, due,"
      " provisional, next_on, ended_at) values (:rows) on conflict (id) do update set state = excluded.state,"
      " counted_from = excluded.counted_from, working_days = excluded.working_days, due = excluded.due,"
      " provisional = excluded.provisional, next_on = excluded.next_on, ended_at = excluded.ended_at",
      {{"rows", storage::rows(changed)}});
}

}  // namespace

Reckoning reckon(Snapshot& snapshot, Instant at) {
  return reckon(snapshot, network::local_zone(snapshot), at);
}

Reckoning reckon(Snapshot& snapshot, Zone zone, Instant at) {
  const auto today = zone.day_of(at);
  return {std::move(zone), at, today, network::calendar_from(snapshot, today)};
}

std::vector<CaseDeadline> first_deadlines(Transaction& tx, CaseId id, VenueId venue,
                                          const MatterDefinition& matter, const StepDefinition& first,
                                          const Reckoning& now) {
  std::vector<CaseDeadline> deadlines;
  const auto owe = [&](DeadlineKind kind, std::int32_t days) {
    deadlines.push_back(in_working_days(tx, id, venue, kind, days, now));
  };
  if (matter.legal) owe(DeadlineKind::legal, matter.legal->working_days);
  if (matter.promised_working_days) owe(DeadlineKind::promised, *matter.promised_working_days);
  if (waits(first.phase)) {
    for (auto& deadline : deadlines) pause(deadline, now);
    if (matter.supplement_working_days) owe(DeadlineKind::supplement, *matter.supplement_working_days);
  }
  if (first.limit) deadlines.push_back(of_step(tx, id, venue, first, now));
  return deadlines;
}

Promise promise_among(std::span<const CaseDeadline> deadlines) {
  const auto promised = std::ranges::find(deadlines, DeadlineKind::promised, &CaseDeadline::kind);
  if (promised == deadlines.end() || promised->state == DeadlineState::paused ||
      promised->state == DeadlineState::dropped)
    return {};
  return {promised->due, promised->provisional};
}

Promise follow_step(Transaction& tx, const Caller& caller, const StoredCase& row, const StepDefinition& to) {
  if (is_over(row.phase)) {  // taken up again: what the town owes begins anew
    const auto now = reckon(tx, caller.at);
    const auto deadlines =
        first_deadlines(tx, row.id, row.venue, matter_by_hash(tx, row.definition), to, now);
    keep_deadlines(tx, now.zone, {}, deadlines);
    return promise_among(deadlines);
  }
  auto deadlines = open_deadlines(tx, row.id);
  const bool begins_to_wait = waits(to.phase) && !waits(row.phase);
  if (deadlines.empty() && !begins_to_wait && !to.limit) return {row.promised_by, row.provisional};
  const auto before = deadlines;
  const auto now = reckon(tx, caller.at);
  for (auto& deadline : deadlines) follow(deadline, row.phase, to.phase, now);
  if (begins_to_wait) {
    if (const auto days = matter_by_hash(tx, row.definition).supplement_working_days)
      deadlines.push_back(in_working_days(tx, row.id, row.venue, DeadlineKind::supplement, *days, now));
  }
  if (to.limit) deadlines.push_back(of_step(tx, row.id, row.venue, to, now));
  keep_deadlines(tx, now.zone, before, deadlines);
  if (std::ranges::any_of(before, [](const auto& was) { return was.state == DeadlineState::missed; }))
    end_alarms_of_what_ended(tx, row.id, caller.at);
  return promise_among(deadlines);
}

std::vector<CaseDeadline> open_deadlines(Snapshot& snapshot, CaseId id) {
  return snapshot.all<CaseDeadline>(
      "select id, case_id, venue, kind, step, state, counted_from, working_days, months, due, provisional, next_on,"
      " ended_at from case_deadlines where case_id = :case and ended_at is null order by id",
      {{"case", id}});
}

void keep_deadlines(Transaction& tx, const Zone& zone, std::span<const CaseDeadline> before,
                    std::span<const CaseDeadline> deadlines) {
  std::vector<CaseDeadline> changed;
  std::ranges::copy_if(deadlines, std::back_inserter(changed), [&](const CaseDeadline& deadline) {
    return std::ranges::find(before, deadline) == before.end();
  });
  save(tx, changed);
  const auto next = next_of(deadlines);
  if (next != next_of(before)) set_watch(tx, zone, deadlines.front().case_id, next);
}

void set_watch(Transaction& tx, const Zone& zone, CaseId id, const std::optional<Day>& next) {
  if (next)
    tx.set_timer(deadline_timer, to_string(id), zone.instant_of(*next, morning));
  else
    tx.clear_timer(deadline_timer, to_string(id));
}

std::vector<DeadlineView> deadlines_of(Snapshot& snapshot, const Caller& caller, CaseId id,
                                       const MatterDefinition& matter) {
  std::vector<DeadlineView> views;
  const auto deadlines = open_deadlines(snapshot, id);
  if (deadlines.empty()) return views;
  const auto now = reckon(snapshot, caller.at);
  for (const auto& deadline : deadlines) {
    DeadlineView view{.kind = deadline.kind,
                      .state = deadline.state,
                      .step = {},
                      .due = deadline.due,
                      .provisional = deadline.provisional,
                      .working_days_left = {}};
    if (deadline.step) view.step = step_view(matter, *deadline.step).name;
    if (deadline.state == DeadlineState::running)
      view.working_days_left = working_days_until(now.calendar, now.today, deadline.due);
    if (deadline.state == DeadlineState::paused) {
      view.working_days_left = deadline.working_days;
      view.due = std::nullopt;
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace doorstep::cases
