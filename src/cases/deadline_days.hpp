// A deadline and what becomes of it from day to day: pure, over the calendar. deadlines.hpp keeps them.
//
// While a case waits for the resident, what the town owes stands still: the working days that were left are
// what it has when the case goes on. So a pause of n working days puts it off by n, and one that ends on the
// day on which it began changes nothing.
#pragma once

#include <span>

#include "cases/cases.hpp"
#include "network/calendar.hpp"

namespace doorstep::cases {

struct DeadlineTag {
  static constexpr std::string_view prefix = "dl";
};
using DeadlineId = Id<DeadlineTag>;

// A row of case_deadlines; what its columns mean stands in the migration.
struct CaseDeadline {
  DeadlineId id;
  CaseId case_id;
  VenueId venue;
  DeadlineKind kind{};
  std::optional<std::string> step;
  DeadlineState state{};
  std::optional<Day> counted_from;
  std::optional<std::int32_t> working_days;
  std::optional<std::int32_t> months;
  Day due;
  bool provisional = false;
  std::optional<Day> next_on;
  std::optional<Instant> ended_at;

  bool operator==(const CaseDeadline&) const = default;
};
BOOST_DESCRIBE_STRUCT(CaseDeadline, (),
                      (id, case_id, venue, kind, step, state, counted_from, working_days, months, due,
                       provisional, next_on, ended_at))

// An instant at the town, and how days are counted there.
struct Reckoning {
  Zone zone;
  Instant at;
  Day today;
  network::Calendar calendar;  // from this year on
};

// How many working days lie after the one day, up to and with the other.
int working_days_until(const network::Calendar& calendar, Day after, Day until);
// The same date so many months later, or the month's last day where it has none (Civil Code, art. 202); if
// that is a day off, the working day after it (art. 203).
network::Deadline months_after(const network::Calendar& calendar, Day start, int months);

// Begins today, by its working days or months.
void begin(CaseDeadline& deadline, const Reckoning& now);
// Counts anew what it has from where it was counted, by the calendar as it is; that must reach back there.
void count(CaseDeadline& deadline, const Reckoning& now);
// One that has passed already, and waits for its timer, stays as it is.
void pause(CaseDeadline& deadline, const Reckoning& now);
void resume(CaseDeadline& deadline, const Reckoning& now);
// Met or dropped; missed, if its day had passed.
void end(CaseDeadline& deadline, DeadlineState how, const Reckoning& now);

// Its day has passed: somebody has two working days to say what is done now.
void miss(CaseDeadline& deadline, const Reckoning& now);

// When something is to be done next for one of them.
std::optional<Day> next_of(std::span<const CaseDeadline> deadlines);

}  // namespace doorstep::cases
