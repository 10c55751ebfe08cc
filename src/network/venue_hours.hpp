// A venue's week and the days on which it does not keep it: set by its keeper.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/venue.hpp"

namespace doorstep::network {

struct WeeklyHours {
  std::vector<std::int32_t> days;  // 1 Monday … 7 Sunday
  LocalTime opens;
  LocalTime closes;  // not over midnight: state two

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "days") return {.length_min = 1, .length_max = 7};
    if (member == "days[]") return {.least = 1, .most = 7};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(WeeklyHours, (), (days, opens, closes))

struct WeekdayView {
  std::int32_t weekday = 0;  // 1 Monday
  std::vector<Opening> openings;
};
BOOST_DESCRIBE_STRUCT(WeekdayView, (), (weekday, openings))

struct WeekView {
  std::int64_t version = 0;  // of the venue
  std::vector<WeekdayView> week;
};
BOOST_DESCRIBE_STRUCT(WeekView, (), (version, week))

struct ExceptionView {
  Day day;
  bool closed = false;
  std::vector<Opening> openings;  // instead of the week's; none and not closed: the week's hours, with a note
  Text note;
};
BOOST_DESCRIBE_STRUCT(ExceptionView, (), (day, closed, openings, note))

// The whole week at once; whatever stood there goes.
struct PutHours {
  VenueId venue;
  std::int64_t version = 0;
  std::vector<WeeklyHours> hours;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "hours" ? Bounds{.length_max = 12} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(PutHours, (), (venue, version, hours))

// Today or later.
struct PutException {
  VenueId venue;
  Day day;
  bool closed = false;
  std::optional<std::vector<Opening>> openings;
  Text note;  // why

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "openings") return {.length_max = 8};
    return {.length_min = 1, .length_max = title_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(PutException, (), (venue, day, closed, openings, note))

// The venue keeps its week on that day after all.
struct RemoveException {
  VenueId venue;
  Day day;
};
BOOST_DESCRIBE_STRUCT(RemoveException, (), (venue, day))

// A venue whose hours and rooms the caller may edit: its keeper, or a manager. Throws Problem no_such_venue,
// not_allowed. One statement.
VenueView require_kept_venue(Snapshot& snapshot, const Caller& caller, VenueId id);

WeekView put_hours(Transaction& tx, const Caller& caller, const PutHours& wish);
ExceptionView put_exception(Transaction& tx, const Caller& caller, const PutException& wish);
Nothing remove_exception(Transaction& tx, const Caller& caller, const RemoveException& wish);

// The spans of each day, in order, from Monday to Sunday. Throws Problem hours_backwards or hours_overlap.
std::vector<WeekdayView> week_of(const std::vector<WeeklyHours>& hours);
// Takes the place of whatever week was there. One statement, and one for each span.
void write_week(Transaction& tx, VenueId venue, const std::vector<WeekdayView>& week);
// Takes the place of whatever stood for that day. Two statements, and one for each span. `edited_at` is none
// for what a file says.
void write_exception(Transaction& tx, VenueId venue, const ExceptionView& exception,
                     const std::optional<Instant>& edited_at);

}  // namespace doorstep::network
