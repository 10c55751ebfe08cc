// Instants, days and local times. Everything stored is UTC
// microseconds; a town's calendar comes from its IANA zone.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

using Microseconds = std::chrono::microseconds;

// A point in time, UTC, to the microsecond.
struct Instant {
  std::int64_t micros = 0;  // since 1970-01-01T00:00:00Z

  auto operator<=>(const Instant&) const = default;
};

constexpr Instant operator+(Instant at, Microseconds by) { return {at.micros + by.count()}; }
constexpr Instant operator-(Instant at, Microseconds by) { return {at.micros - by.count()}; }
constexpr Microseconds operator-(Instant a, Instant b) { return Microseconds{a.micros - b.micros}; }

// "2026-11-24T05:29:40.000000Z". Years 0000 to 9999 can be read again.
std::string to_string(Instant at);
void append_to(std::string& out, Instant at);
// RFC 3339: a fraction of up to six digits may follow the seconds; the offset is Z or ±hh:mm; no leap second.
std::optional<Instant> parse_instant(std::string_view text);

// A day of the calendar, without a time or a zone.
struct Day {
  std::int32_t number = 0;  // days since 1970-01-01

  auto operator<=>(const Day&) const = default;
};

constexpr Day operator+(Day day, int days) { return {day.number + days}; }

// "2026-11-24"
std::string to_string(Day day);
void append_to(std::string& out, Day day);
std::optional<Day> parse_day(std::string_view text);
int year_of(Day day);
int weekday_of(Day day);  // 1 = Monday … 7 = Sunday

// A time on the wall clock, in minutes since midnight; 24:00 is allowed as the end of a day.
struct LocalTime {
  std::int32_t minutes = 0;

  auto operator<=>(const LocalTime&) const = default;
};

std::string to_string(LocalTime time);  // "09:30"
void append_to(std::string& out, LocalTime time);
std::optional<LocalTime> parse_local_time(std::string_view text);

// A town's zone, by IANA name ("Asia/Shanghai"). Construction
// throws std::invalid_argument for an unknown name.
class Zone {
 public:
  explicit Zone(std::string_view iana_name);

  const std::string& name() const { return name_; }
  Day day_of(Instant at) const;
  LocalTime time_of(Instant at) const;
  // The first instant of the local day; of a day that a zone
  // left out (Apia, 2011-12-30), the first instant after it.
  Instant start_of(Day day) const;
  // The instant at which the wall clock shows this time; in a gap the first instant after it, when shown
  // twice the first.
  Instant instant_of(Day day, LocalTime time) const;

 private:
  std::string name_;
  const void* zone_;  // date::time_zone, kept out of this header
};

// The one door to the machine's clock; everything else is given an Instant.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

const Clock& system_clock();

}  // namespace doorstep
