#include "cases/deadline_days.hpp"

#include <algorithm>
#include <chrono>

namespace doorstep::cases {

namespace {

constexpr network::WorkingDays days_to_answer{2};

bool has_passed(const CaseDeadline& deadline, const Reckoning& now) {
  return deadline.state == DeadlineState::running && now.today > deadline.due;
}

Day working_day_before(const network::Calendar& calendar, Day day) {
  do day = day + -1;
  while (!calendar.is_workday(day));
  return day;
}

Day working_day_from(const network::Calendar& calendar, Day day) {
  while (!calendar.is_workday(day)) day = day + 1;
  return day;
}

// The reminder of a day that has begun would come too late to be one.
void plan(CaseDeadline& deadline, const Reckoning& now) {
  const auto reminder = working_day_before(now.calendar, deadline.due);
  deadline.next_on = reminder > now.today ? reminder : deadline.due + 1;
}

}  // namespace

int working_days_until(const network::Calendar& calendar, Day after, Day until) {
  int count = 0;
  for (auto day = after + 1; day <= until; day = day + 1) count += calendar.is_workday(day) ? 1 : 0;
  return count;
}

network::Deadline months_after(const network::Calendar& calendar, Day start, int months) {
  using namespace std::chrono;
  auto date = year_month_day{sys_days{days{start.number}}} + std::chrono::months{months};
  if (!date.ok()) date = date.year() / date.month() / last;
  const Day same{static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count())};
  const auto day = working_day_from(calendar, same);
  return {day, !calendar.knows(same) || !calendar.knows(day)};
}

void begin(CaseDeadline& deadline, const Reckoning& now) {
  deadline.state = DeadlineState::running;
  deadline.counted_from = now.today;
  count(deadline, now);
}

void count(CaseDeadline& deadline, const Reckoning& now) {
  const auto from = *deadline.counted_from;
  const auto counted =
      deadline.months ? months_after(now.calendar, from, *deadline.months)
                      : network::working_days_after(now.calendar, from, {deadline.working_days.value_or(0)});
  deadline.due = working_day_from(now.calendar, counted.day);
  deadline.provisional = counted.provisional;
  plan(deadline, now);
}

void pause(CaseDeadline& deadline, const Reckoning& now) {
  if (deadline.state != DeadlineState::running || has_passed(deadline, now)) return;
  deadline.state = DeadlineState::paused;
  deadline.working_days = working_days_until(now.calendar, now.today, deadline.due);
  deadline.provisional = false;
  deadline.next_on = std::nullopt;
}

void resume(CaseDeadline& deadline, const Reckoning& now) {
  if (deadline.state == DeadlineState::paused) begin(deadline, now);
}

void end(CaseDeadline& deadline, DeadlineState how, const Reckoning& now) {
  if (deadline.state != DeadlineState::missed)
    deadline.state = has_passed(deadline, now) ? DeadlineState::missed : how;
  deadline.next_on = std::nullopt;
  deadline.ended_at = now.at;
}

void miss(CaseDeadline& deadline, const Reckoning& now) {
  deadline.state = DeadlineState::missed;
  deadline.provisional = false;
  deadline.next_on = network::working_days_after(now.calendar, now.today + -1, days_to_answer).day + 1;
}

std::optional<Day> next_of(std::span<const CaseDeadline> deadlines) {
  std::optional<Day> next;
  for (const auto& deadline : deadlines) {
    if (deadline.next_on && (!next || *deadline.next_on < *next)) next = deadline.next_on;
  }
  return next;
}

}  // namespace doorstep::cases
