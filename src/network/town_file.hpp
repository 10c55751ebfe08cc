// The town's file as engineers write it: what it is called, its venues, hours, communities and calendar.
// Importing it again changes only what differs; nothing is dropped.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "network/network.hpp"
#include "network/organisation.hpp"
#include "network/venue_file.hpp"

namespace doorstep::network {

struct OrganisationFile {
  std::string key;
  OrganisationKind kind{};
  std::optional<std::string> parent;  // the key of one that stands before it
  Text name;
  std::optional<std::string> official_name;
};
BOOST_DESCRIBE_STRUCT(OrganisationFile, (), (key, kind, parent, name, official_name))

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
// Those above stand before those below. One that was edited since it was imported stays as it is; one that
// has ended may not be named. Gives the ids by key. One statement, one more for each that differs.
std::map<std::string, OrganisationId> put_organisations(Transaction& tx,
                                                        const std::vector<OrganisationFile>& organisations,
                                                        Instant at);
void put_calendar(Transaction& tx, const std::vector<CalendarDay>& days);
void put_communities(Transaction& tx, const std::vector<Community>& communities);
bool has_town(Snapshot& snapshot);

}  // namespace doorstep::network
