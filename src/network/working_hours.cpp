#include "network/working_hours.hpp"

#include <algorithm>

namespace doorstep::network {

std::optional<Instant> working_time_after(const Timetable& timetable, VenueId venue, const Zone& zone,
                                          Instant start, Microseconds working_time) {
  if (working_time <= Microseconds{0}) return start;
  const auto today = zone.day_of(start);
  for (int ahead = 0; ahead <= working_days_looked_at_max; ++ahead) {
    for (const auto& opening : timetable.on(venue, today + ahead).openings) {
      const auto from = std::max(start, instant_after(zone, today + ahead, opening.opens.minutes));
      const auto until = instant_after(zone, today + ahead, opening.closes.minutes);
      if (until <= from) continue;
      if (working_time <= until - from) return from + working_time;
      working_time -= until - from;
    }
  }
  return std::nullopt;
}

}  // namespace doorstep::network
