#include "base/time.hpp"

#include <stdexcept>

#include <date/date.h>
#include <date/tz.h>

namespace doorstep {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int32_t minutes_per_day = 1'440;

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

date::year_month_day civil(Day day) { return date::sys_days{date::days{day.number}}; }

void append_digits(std::string& out, std::uint32_t value, std::size_t width) {
  char digits[10];
  for (auto at = width; at > 0; --at) {
    digits[at - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, width);
}

// Reads exactly `width` digits at the front of `text` and moves past them; -1 when they are not digits.
std::int32_t take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return -1;
  std::int32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Day> take_day(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (day < 0) return std::nullopt;
  const auto date =
      date::year{year} / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)};
  if (!date.ok()) return std::nullopt;
  return Day{date::sys_days{date}.time_since_epoch().count()};
}

// "HH:MM", at most 23:59; minutes since midnight or -1.
std::int32_t take_minutes(std::string_view& text) {
  const auto hours = take_digits(text, 2);
  if (hours < 0 || hours > 23 || !take(text, ':')) return -1;
  const auto minutes = take_digits(text, 2);
  return minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
}

// ".5", ".123456"; -1 when there is a point without digits or with more than six.
std::int64_t take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::int64_t micros = 0;
  std::int64_t unit = micros_per_second / 10;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    micros += (text[digits] - '0') * unit;
    unit /= 10;
  }
  text.remove_prefix(digits);
  return digits == 0 || digits > 6 ? -1 : micros;
}

// "Z", "+08:00", "-03:30"; in minutes.
std::optional<std::int32_t> take_offset(std::string_view& text) {
  if (take(text, 'Z')) return 0;
  const bool west = take(text, '-');
  if (!west && !take(text, '+')) return std::nullopt;
  const auto minutes = take_minutes(text);
  if (minutes < 0) return std::nullopt;
  return west ? -minutes : minutes;
}

date::local_seconds local(Day day, LocalTime time) {
  return date::local_seconds{date::local_days{date::days{day.number}} + std::chrono::minutes{time.minutes}};
}

const date::time_zone& zone_behind(const void* zone) { return *static_cast<const date::time_zone*>(zone); }

// Seconds of the wall clock since 1970-01-01T00:00 local.
std::int64_t wall_seconds(const void* zone, Instant at) {
  const date::sys_seconds second{std::chrono::seconds{floor_divide(at.micros, micros_per_second)}};
  return second.time_since_epoch().count() + zone_behind(zone).get_info(second).offset.count();
}

}  // namespace

void append_to(std::string& out, Day day) {
  const auto date = civil(day);
  auto year = static_cast<int>(date.year());
  if (year < 0) {
    out += '-';
    year = -year;
  }
  append_digits(out, static_cast<std::uint32_t>(year), year > 9999 ? 5 : 4);
  out += '-';
  append_digits(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_digits(out, static_cast<unsigned>(date.day()), 2);
}

void append_to(std::string& out, LocalTime time) {
  append_digits(out, static_cast<std::uint32_t>(time.minutes / 60), 2);
  out += ':';
  append_digits(out, static_cast<std::uint32_t>(time.minutes % 60), 2);
}

void append_to(std::string& out, Instant at) {
  const auto seconds = floor_divide(at.micros, micros_per_second);
  const auto micros = at.micros - seconds * micros_per_second;
  const auto days = floor_divide(seconds, seconds_per_day);
  const auto in_day = static_cast<std::uint32_t>(seconds - days * seconds_per_day);
  append_to(out, Day{static_cast<std::int32_t>(days)});
  out += 'T';
  append_to(out, LocalTime{static_cast<std::int32_t>(in_day / 60)});
  out += ':';
  append_digits(out, in_day % 60, 2);
  out += '.';
  append_digits(out, static_cast<std::uint32_t>(micros), 6);
  out += 'Z';
}

std::string to_string(Instant at) {
  std::string out;
  append_to(out, at);
  return out;
}

std::string to_string(Day day) {
  std::string out;
  append_to(out, day);
  return out;
}

std::string to_string(LocalTime time) {
  std::string out;
  append_to(out, time);
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto day = take_day(text);
  if (!day || !take(text, 'T')) return std::nullopt;
  const auto minutes = take_minutes(text);
  if (minutes < 0 || !take(text, ':')) return std::nullopt;
  const auto seconds = take_digits(text, 2);
  if (seconds < 0 || seconds > 59) return std::nullopt;
  const auto micros = take_fraction(text);
  if (micros < 0) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const auto in_utc = day->number * seconds_per_day + (minutes - *offset) * 60LL + seconds;
  return Instant{in_utc * micros_per_second + micros};
}

std::optional<Day> parse_day(std::string_view text) {
  const auto day = take_day(text);
  return text.empty() ? day : std::nullopt;
}

std::optional<LocalTime> parse_local_time(std::string_view text) {
  if (text == "24:00") return LocalTime{minutes_per_day};
  const auto minutes = take_minutes(text);
  if (minutes < 0 || !text.empty()) return std::nullopt;
  return LocalTime{minutes};
}

int year_of(Day day) { return static_cast<int>(civil(day).year()); }

int weekday_of(Day day) {
  return static_cast<int>(date::weekday{date::sys_days{date::days{day.number}}}.iso_encoding());
}

Zone::Zone(std::string_view iana_name) : name_(iana_name) {
  try {
    zone_ = date::locate_zone(name_);
  } catch (const std::runtime_error&) {
    throw std::invalid_argument("there is no time zone \"" + name_ +
                                "\" (wanted: an IANA name, \"Asia/Shanghai\")");
  }
}

Day Zone::day_of(Instant at) const {
  return {static_cast<std::int32_t>(floor_divide(wall_seconds(zone_, at), seconds_per_day))};
}

LocalTime Zone::time_of(Instant at) const {
  const auto wall = wall_seconds(zone_, at);
  const auto in_day = wall - floor_divide(wall, seconds_per_day) * seconds_per_day;
  return {static_cast<std::int32_t>(in_day / 60)};
}

Instant Zone::start_of(Day day) const { return instant_of(day, LocalTime{0}); }

Instant Zone::instant_of(Day day, LocalTime time) const {
  const auto wall = local(day, time);
  const auto info = zone_behind(zone_).get_info(wall);
  // In a gap the clock jumps over `wall`: the jump itself is the first instant after it.
  const auto at = info.result == date::local_info::nonexistent
                      ? info.first.end
                      : date::sys_seconds{wall.time_since_epoch() - info.first.offset};
  return {at.time_since_epoch().count() * micros_per_second};
}

}  // namespace doorstep
