// Working time: the hours in which a venue is open, lunch, nights, holidays and exceptions left out. Pure.
#pragma once

#include <optional>

#include "network/timetable.hpp"

namespace doorstep::network {

// How far ahead an end is looked for.
constexpr int working_days_looked_at_max = 366;

// The instant at which a venue will have been open for so long since `start`; with no time at all, `start`
// itself. Else it lies within the venue's hours, the minute of closing included. None where it is not within
// the days looked at; the timetable holds those days.
std::optional<Instant> working_time_after(const Timetable& timetable, VenueId venue, const Zone& zone,
                                          Instant start, Microseconds working_time);

}  // namespace doorstep::network
