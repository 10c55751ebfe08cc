// The town's file as engineers write it: what it is called, its venues, hours, communities and calendar.
// Importing it again changes only what differs; nothing is dropped.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "network/network.hpp"
#include "network/organisation.hpp"

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

struct OrganisationFile {
  std::string key;
  OrganisationKind kind{};
  std::optional<std::string> parent;  // the key of one that stands before it
  Text name;
  std::optional<std::string> official_name;
};
BOOST_DESCRIBE_STRUCT(OrganisationFile, (), (key, kind, parent, name, official_name))

struct VenueFile {
  std::string key;
  VenueKind kind{};
  Text name;
  Text address;
  std::vector<HoursFile> hours;
  std::vector<ExceptionFile> exceptions;
  std::optional<std::string> organisation = {};  // the key of the one that runs it
};
BOOST_DESCRIBE_STRUCT(VenueFile, (), (key, kind, name, address, hours, exceptions, organisation))

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
// What the town's files say cannot be done; names the file's key.
class TownFileFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Those above stand before those below. One that was edited since it was imported stays as it is; one that
// has ended may not be named. Gives the ids by key. One statement, one more for each that differs.
std::map<std::string, OrganisationId> put_organisations(Transaction& tx,
                                                        const std::vector<OrganisationFile>& organisations,
                                                        Instant at);
// Without an organisation whoever runs it goes on doing so.
VenueId put_venue(Transaction& tx, const VenueFile& venue, const std::optional<OrganisationId>& run_by = {});
void put_calendar(Transaction& tx, const std::vector<CalendarDay>& days);
void put_communities(Transaction& tx, const std::vector<Community>& communities);
bool has_town(Snapshot& snapshot);

}  // namespace doorstep::network
