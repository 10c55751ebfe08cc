// The town's file as engineers write it: what it is called, its venues, hours, communities and calendar.
// Importing it again changes only what differs; what is not in it stays. `ended: true` ends an organisation,
// a venue or a micro-grid (file_ends.hpp), and the rest of such an entry is not looked at.
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
  std::optional<std::string> parent;  // the key of one that stands before it, or is there already
  Text name;
  std::optional<std::string> official_name;
  std::optional<bool> ended = {};
};
BOOST_DESCRIBE_STRUCT(OrganisationFile, (), (key, kind, parent, name, official_name, ended))

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
// has ended may not be named but as such. Gives the ids of the others by key. Throws TownFileFault with the
// first fault of each. One statement, one more for each that differs.
std::map<std::string, OrganisationId> put_organisations(Transaction& tx,
                                                        const std::vector<OrganisationFile>& organisations,
                                                        Instant at);
// Whether any day is another than it was.
bool put_calendar(Transaction& tx, const std::vector<CalendarDay>& days);
void put_communities(Transaction& tx, const std::vector<Community>& communities);
bool has_town(Snapshot& snapshot);

// The organisations and venues that have not ended, by the keys that files have for them. Two statements.
struct KeysThere {
  std::map<std::string, OrganisationId> organisations;
  std::map<std::string, VenueId> venues;
};
KeysThere keys_there(Snapshot& snapshot);

}  // namespace doorstep::network
