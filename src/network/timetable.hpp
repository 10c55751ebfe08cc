// When venues are open: their week, public holidays and make-up workdays, and their own exceptions. Read once
// for many venues and days; all else is arithmetic.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "network/network.hpp"

namespace doorstep::network {

struct ExceptionDay {
  bool closed = false;
  std::vector<Opening> openings;  // instead of the week's
  Text note;
};

struct Schedule {
  std::map<int, std::vector<Opening>> week;  // by weekday, 1 Monday; in order
  std::map<Day, ExceptionDay> exceptions;
};

struct Timetable {
  std::map<Day, bool> named;  // days off (false) and days worked (true) that are not as the week says
  std::map<VenueId, Schedule> venues;

  // One that is not in it is closed.
  DayHours on(VenueId venue, Day day) const;
};

// The days from `first` to `last`. A venue that has ended has no hours. Three statements, however many
// venues.
Timetable timetable(Snapshot& snapshot, const std::vector<VenueId>& venues, Day first, Day last);

// When the clock shows so many minutes since a day's midnight; 24:00 and later are of the days after.
Instant instant_after(const Zone& zone, Day day, int minutes);

// How far ahead the next opening is looked for.
constexpr int days_ahead = 14;

struct OpenState {
  bool open = false;
  std::optional<Instant> open_until;     // of one that is open; none: for all the days ahead
  std::optional<Instant> opens_next_at;  // of one that is closed; none: in none of the days ahead
};

// Spans that touch are one, over midnight, too. The timetable holds today and the days ahead.
OpenState open_state(const Timetable& timetable, VenueId venue, const Zone& zone, Instant at);

// Throws Problem hours_backwards where one closes before it opens, hours_overlap where two do: of one day, in
// order. The path names which.
void require_sound(const std::vector<Opening>& openings, const std::string& path);

}  // namespace doorstep::network
