#include "app/import.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "app/yaml.hpp"
#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "cases/matter.hpp"
#include "hall/hall_file.hpp"
#include "identity/identity.hpp"
#include "network/address_file.hpp"
#include "network/grid_file.hpp"
#include "network/town_file.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

struct StaffFile {
  std::string username;
  std::string name;
  Text post;
  Role role{};
  std::optional<std::string> organisation;  // where the role holds: there and below,
  std::optional<std::string> venue;         // at one venue, or with neither in the whole town
  std::string demo_password;
};
BOOST_DESCRIBE_STRUCT(StaffFile, (), (username, name, post, role, organisation, venue, demo_password))

struct TownFile {
  Text name;
  std::string zone;
  std::string initials;
  bool demo = false;
  std::string communities;
  std::optional<std::string> addresses;  // of communities, with their branches
  std::optional<std::string> grids;
  std::string calendar;
  std::string matters;
  std::optional<std::vector<network::OrganisationFile>> organisations;
  std::vector<network::VenueFile> venues;
  std::optional<std::vector<std::string>> more_venues;  // files with more of them
  std::vector<hall::HallFile> halls;
  std::vector<StaffFile> staff;
};
BOOST_DESCRIBE_STRUCT(TownFile, (),
                      (name, zone, initials, demo, communities, addresses, grids, calendar, matters,
                       organisations, venues, more_venues, halls, staff))

// A town with many venues lists some in files of their own.
struct VenuesFile {
  std::vector<network::VenueFile> venues;
};
BOOST_DESCRIBE_STRUCT(VenuesFile, (), (venues))

struct AddressesFile {
  std::vector<network::CommunityFile> communities;
};
BOOST_DESCRIBE_STRUCT(AddressesFile, (), (communities))

struct GridsFile {
  std::vector<network::GridFile> grids;
};
BOOST_DESCRIBE_STRUCT(GridsFile, (), (grids))

// All that the files say, read before the command begins.
struct Package {
  TownFile town;
  std::vector<network::Community> communities;
  AddressesFile addresses;
  GridsFile grids;
  network::CalendarFile calendar;
  std::vector<cases::MatterDefinition> matters;
  std::map<std::string, std::string> password_hashes;  // by username
};

std::vector<network::Community> read_communities(const fs::path& file) {
  std::ifstream in{file};
  if (!in) throw ImportError(fmt::format("{}: the file cannot be read", file.string()));
  std::vector<network::Community> communities;
  std::string line;
  std::getline(in, line);
  if (line != "code,name") throw ImportError(fmt::format("{}: the first line is code,name", file.string()));
  for (int number = 2; std::getline(in, line); ++number) {
    const auto comma = line.find(',');
    if (comma == std::string::npos)
      throw ImportError(fmt::format("{}, line {}: code,name", file.string(), number));
    const auto code = line.substr(0, comma);
    if (!network::is_division_code(code))
      throw ImportError(fmt::format("{}, line {}: {} is no division code", file.string(), number, code));
    communities.push_back({code, line.substr(comma + 1)});
  }
  return communities;
}

std::vector<cases::MatterDefinition> read_matters(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<cases::MatterDefinition> matters;
  for (const auto& file : files) {
    auto matter = read_yaml<cases::MatterDefinition>(file);
    if (const auto fault = cases::find_fault(matter)) {
      throw ImportError(fmt::format("{}: {}: {}", file.string(), fault->path, fault->what));
    }
    matters.push_back(std::move(matter));
  }
  return matters;
}

void require_sound(const Package& package, const fs::path& file) {
  try {
    Zone{package.town.zone};
  } catch (const std::exception&) {
    throw ImportError(fmt::format("{}: zone: \"{}\" is no IANA time zone", file.string(), package.town.zone));
  }
  for (std::size_t i = 0; i < package.town.halls.size(); ++i) {
    for (const auto& service : package.town.halls[i].services) {
      if (!service.matter) continue;
      const bool known = std::ranges::find(package.matters, *service.matter, &cases::MatterDefinition::key) !=
                         package.matters.end();
      if (!known) {
        throw ImportError(fmt::format("{}: halls[{}]: service {}: there is no matter {}", file.string(), i,
                                      service.key, *service.matter));
      }
    }
  }
}

Package read_package(const fs::path& folder) {
  const auto file = folder / "town.yaml";
  Package package;
  package.town = read_yaml<TownFile>(file);
  for (const auto& more : package.town.more_venues.value_or(std::vector<std::string>{}))
    std::ranges::move(read_yaml<VenuesFile>(folder / more).venues, std::back_inserter(package.town.venues));
  package.communities = read_communities(folder / package.town.communities);
  if (package.town.addresses) package.addresses = read_yaml<AddressesFile>(folder / *package.town.addresses);
  if (package.town.grids) package.grids = read_yaml<GridsFile>(folder / *package.town.grids);
  package.calendar = read_yaml<network::CalendarFile>(folder / package.town.calendar);
  package.matters = read_matters(folder / package.town.matters);
  require_sound(package, file);
  if (package.town.demo) {
    for (const auto& staff : package.town.staff) {
      package.password_hashes[staff.username] = hash_password(staff.demo_password);
    }
  }
  return package;
}

// What the file's keys mean in the town.
struct Places {
  std::map<std::string, OrganisationId> organisations;
  std::map<std::string, VenueId> venues;
};

template <class PlaceId>
PlaceId named(const std::map<std::string, PlaceId>& places, const std::string& key, const std::string& by,
              const char* what) {
  const auto found = places.find(key);
  if (found == places.end())
    throw ImportError(fmt::format("town.yaml: {}: there is no {} {}", by, what, key));
  return found->second;
}

std::optional<OrganisationId> organisation_named(const Places& places, const std::optional<std::string>& key,
                                                 const std::string& by) {
  if (!key) return std::nullopt;
  return named(places.organisations, *key, by, "organisation");
}

Scope scope_of(const Places& places, const StaffFile& staff) {
  const auto by = "staff " + staff.username;
  if (staff.organisation && staff.venue)
    throw ImportError(
        fmt::format("town.yaml: {}: a role holds at an organisation or at a venue, not at both", by));
  if (staff.organisation) return *organisation_named(places, staff.organisation, by);
  if (staff.venue) return named(places.venues, *staff.venue, by, "venue");
  return WholeTown{};
}

Places put_places(Transaction& tx, const Package& package, Instant at) {
  const auto& town = package.town;
  Places places;
  std::vector<network::VenueToPut> venues;
  try {
    if (town.organisations) places.organisations = network::put_organisations(tx, *town.organisations, at);
    for (const auto& venue : town.venues)
      venues.push_back({venue, organisation_named(places, venue.organisation, "venue " + venue.key)});
    const auto ids = network::put_venues(tx, venues);
    for (std::size_t i = 0; i < ids.size(); ++i) places.venues[town.venues[i].key] = ids[i];
    std::vector<network::CommunityToPut> communities;
    for (const auto& community : package.addresses.communities)
      communities.push_back(
          {community, organisation_named(places, community.branch, "community " + community.code)});
    network::put_addresses(tx, communities, at);
    std::vector<network::GridToPut> grids;
    for (const auto& grid : package.grids.grids)
      grids.push_back(
          {grid, named(places.organisations, grid.organisation, "grid " + grid.key, "organisation")});
    network::put_grids(tx, grids);
  } catch (const network::TownFileFault& fault) {
    throw ImportError(fmt::format("town.yaml: {}", fault.what()));
  }
  return places;
}

ImportReport put_package(Transaction& tx, const Package& package, Instant at) {
  const auto& town = package.town;
  ImportReport report;
  network::put_town(tx, {town.name, town.zone, town.initials, town.demo});
  network::put_calendar(tx, package.calendar.days);
  network::put_communities(tx, package.communities);
  report.calendar_days = package.calendar.days.size();
  report.communities = package.communities.size();
  for (const auto& matter : package.matters)
    report.matters_changed += cases::put_matter(tx, matter, at) ? 1 : 0;

  const auto places = put_places(tx, package, at);
  report.organisations = places.organisations.size();
  report.venues = places.venues.size();
  for (const auto& hall : town.halls)
    hall::put_hall(tx, hall, named(places.venues, hall.venue, "hall " + hall.key, "venue"));
  report.halls = town.halls.size();

  // An account that is there already keeps its password: it may have been changed since.
  for (const auto& staff : town.staff) {
    const auto hash = package.password_hashes.find(staff.username);
    if (hash == package.password_hashes.end() || identity::has_staff(tx, staff.username)) continue;
    const identity::NewStaff account{.username = staff.username,
                                     .name = staff.name,
                                     .post = staff.post,
                                     .role = staff.role,
                                     .scope = scope_of(places, staff)};
    identity::put_staff(tx, account, hash->second, at);
    ++report.staff_made;
  }
  return report;
}

}  // namespace

ImportReport import_town(Journal& journal, const fs::path& folder) {
  const auto package = read_package(folder);
  ImportReport report;
  journal.write_now([&](Transaction& tx, Instant at) { report = put_package(tx, package, at); });
  return report;
}

}  // namespace doorstep::app
