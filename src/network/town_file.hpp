// The town's file as engineers write it: what it is called, its venues, hours, communities and calendar.
// Importing it again changes only what differs; nothing is dropped.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "network/network.hpp"

namespace doorstep::network {

struct HoursFile {
  std::vector<std::int32_t> days;  // 1 Monday … 7 Sunday
  LocalTime opens;
  LocalTime closes;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "days[]") return {.least = 1, .most = 7};
    return {};
  }
};
BOOST_DESCRIBE_STRUCT(HoursFile, (), (days, opens, closes))

struct ExceptionFile {
  Day day;
  bool closed = false;
  Text note;
};
BOOST_DESCRIBE_STRUCT(ExceptionFile, (), (day, closed, note))

enum class VenueKind { centre, branch_centre, station };
BOOST_DESCRIBE_ENUM(VenueKind, centre, branch_centre, station)

struct VenueFile {
  std::string key;
  VenueKind kind{};
  Text name;
  Text address;
  std::vector<HoursFile> hours;
  std::vector<ExceptionFile> exceptions;
};
BOOST_DESCRIBE_STRUCT(VenueFile, (), (key, kind, name, address, hours, exceptions))

struct CalendarDay {
  Day day;
  bool workday = false;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(CalendarDay, (), (day, workday, name))

struct CalendarFile {
  std::string source;
  std::vector<CalendarDay> days;
};
BOOST_DESCRIBE_STRUCT(CalendarFile, (), (source, days))

struct Community {
  std::string code;
  std::string name;
};

void put_town(Transaction& tx, const TownFacts& town);
VenueId put_venue(Transaction& tx, const VenueFile& venue);
void put_calendar(Transaction& tx, const std::vector<CalendarDay>& days);
void put_communities(Transaction& tx, const std::vector<Community>& communities);
bool has_town(Snapshot& snapshot);

}  // namespace doorstep::network
