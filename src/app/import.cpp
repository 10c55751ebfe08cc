#include "app/import.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app/town_package.hpp"
#include "app/wiring.hpp"
#include "base/crypto.hpp"
#include "identity/identity.hpp"
#include "network/file_ends.hpp"
#include "network/town_picture.hpp"

namespace doorstep::app {

namespace {

namespace fs = std::filesystem;

using PasswordHashes = std::map<std::string, std::string>;  // by username

// Ends the command of a dry run, and takes its rows back.
struct DryRunIsOver {};

// Puts a package into the town, and keeps what is wrong with it until the end, to say all of it.
class Import {
 public:
  Import(Transaction& tx, const Package& package, const PasswordHashes& hashes, Instant at)
      : tx_(tx), package_(package), hashes_(hashes), at_(at) {}

  void run() {
    if (package_.town)
      put_town();
    else if (!network::has_town(tx_))
      throw ImportError("there is no town here yet; import the folder of its files first");
    keep([&] { network::put_organisations(tx_, package_.organisations, at_); });
    faults_.throw_any();  // all else refers to them
    there_ = network::keys_there(tx_);
    put_venues();
    put_communities();
    put_grids();
    faults_.throw_any();
    there_ = network::keys_there(tx_);
    put_halls();
    put_staff();
    keep([&] { network::end_all(tx_, ends_, all_venue_uses(), at_); });
    faults_.throw_any();
  }

 private:
  void put_town() {
    network::put_town(tx_, *package_.town);
    if (network::put_calendar(tx_, package_.calendar)) {
      for (const auto& use : all_calendar_uses()) use(tx_, at_);
    }
    network::put_communities(tx_, package_.community_names);
    for (const auto& matter : package_.matters) cases::put_matter(tx_, matter, at_);
  }

  void put_venues() {
    std::vector<network::VenueToPut> venues;
    for (const auto& venue : package_.venues) {
      const bool counts = venue.organisation && !venue.ended.value_or(false);
      venues.push_back({venue, counts
                                   ? organisation_of("venue", venue.key, "organisation", *venue.organisation)
                                   : std::nullopt});
    }
    keep([&] { network::put_venues(tx_, venues); });
  }

  void put_communities() {
    std::vector<network::CommunityToPut> communities;
    for (const auto& community : package_.communities) {
      communities.push_back({community, community.branch ? organisation_of("community", community.code,
                                                                           "branch", *community.branch)
                                                         : std::nullopt});
    }
    keep([&] { network::put_addresses(tx_, communities, at_); });
  }

  void put_grids() {
    std::vector<network::GridToPut> grids;
    for (const auto& grid : package_.grids) {
      if (grid.ended.value_or(false)) continue;
      if (const auto organisation = organisation_of("grid", grid.key, "organisation", grid.organisation))
        grids.push_back({grid, *organisation});
    }
    keep([&] { network::put_grids(tx_, grids); });
  }

  void put_halls() {
    for (const auto& hall : package_.halls) {
      if (const auto venue = venue_of("hall", hall.key, hall.venue)) hall::put_hall(tx_, hall, *venue);
    }
  }

  // An account that is there already keeps its password: it may have been changed since.
  void put_staff() {
    for (const auto& staff : package_.staff) {
      const auto scope = scope_of(staff);
      const auto hash = hashes_.find(staff.username);
      if (!scope || hash == hashes_.end() || identity::has_staff(tx_, staff.username)) continue;
      identity::put_staff(tx_,
                          {.username = staff.username,
                           .name = staff.name,
                           .post = staff.post,
                           .role = staff.role,
                           .scope = *scope},
                          hash->second, at_);
    }
  }

  std::optional<Scope> scope_of(const StaffFile& staff) {
    if (staff.organisation && staff.venue) {
      fault("sign-in", staff.username, "venue", "a role holds at an organisation or at a venue, not at both");
      return std::nullopt;
    }
    if (staff.organisation) {
      const auto found = organisation_of("sign-in", staff.username, "organisation", *staff.organisation);
      return found ? std::optional<Scope>{*found} : std::nullopt;
    }
    if (staff.venue) {
      const auto found = venue_of("sign-in", staff.username, *staff.venue);
      return found ? std::optional<Scope>{*found} : std::nullopt;
    }
    return WholeTown{};
  }

  std::optional<OrganisationId> organisation_of(const std::string& kind, const std::string& key,
                                                const std::string& member, const std::string& named) {
    const auto found = there_.organisations.find(named);
    const bool ends = std::ranges::find(ends_.organisations, named) != ends_.organisations.end();
    if (found != there_.organisations.end() && !ends) return found->second;
    fault(kind, key, member, ends ? named + " ends by these files" : "there is no organisation " + named);
    return std::nullopt;
  }

  std::optional<VenueId> venue_of(const std::string& kind, const std::string& key, const std::string& named) {
    const auto found = there_.venues.find(named);
    const bool ends = std::ranges::find(ends_.venues, named) != ends_.venues.end();
    if (found != there_.venues.end() && !ends) return found->second;
    fault(kind, key, "venue", ends ? named + " ends by these files" : "there is no venue " + named);
    return std::nullopt;
  }

  template <class Put>
  void keep(const Put& put) {
    try {
      put();
    } catch (const network::TownFileFault& found) {
      for (const auto& each : found.faults) fault(each.kind, each.key, each.member, each.what);
    }
  }

  void fault(const std::string& kind, const std::string& key, const std::string& member,
             const std::string& what) {
    const auto source = package_.sources.find({kind, key});
    if (source == package_.sources.end()) return faults_.add(kind + ' ' + key, what);
    const auto& [document, path] = source->second;
    const auto where = path.empty() || member.empty() ? path + member : path + '.' + member;
    faults_.add(*document, where, fmt::format("{} {}: {}", kind, key, what));
  }

  Transaction& tx_;
  const Package& package_;
  const PasswordHashes& hashes_;
  Instant at_;
  const network::ToEnd ends_ = network::ends_of(package_.organisations, package_.venues, package_.grids);
  network::KeysThere there_;
  ImportFaults faults_;
};

Picture picture_of(Snapshot& snapshot, const Package& package) {
  Picture picture;
  network::draw_network(snapshot, picture);
  hall::draw_halls(snapshot, picture);
  cases::draw_matters(snapshot, picture);
  // Of an account only that there is one: what stands in it is about a person.
  for (const auto& staff : package.staff) {
    if (identity::has_staff(snapshot, staff.username)) picture[{"sign-in", staff.username}] = {};
  }
  return picture;
}

// Hashing takes long, and is for accounts that are made; those of a dry run open nothing.
PasswordHashes hashes_of_new(Journal& journal, const Package& package, ImportRun run) {
  PasswordHashes hashes;
  if (!package.town || !package.town->demo) return hashes;
  journal.read_now([&](Snapshot& snapshot, Instant) {
    for (const auto& staff : package.staff) {
      if (!identity::has_staff(snapshot, staff.username)) hashes.emplace(staff.username, "");
    }
  });
  if (run == ImportRun::dry) return hashes;
  for (const auto& staff : package.staff) {
    if (hashes.contains(staff.username)) hashes[staff.username] = hash_password(staff.demo_password);
  }
  return hashes;
}

}  // namespace

TownChanges import_network(Journal& journal, const fs::path& files, ImportRun run) {
  const auto package = read_package(files);
  const auto hashes = hashes_of_new(journal, package, run);
  std::set<Thing> named;
  for (const auto& [thing, source] : package.sources) named.insert(thing);
  TownChanges changes;
  try {
    journal.write_now([&](Transaction& tx, Instant at) {
      const auto before = picture_of(tx, package);
      Import{tx, package, hashes, at}.run();
      changes = changes_between(before, picture_of(tx, package), named);
      if (run == ImportRun::dry) throw DryRunIsOver{};
    });
  } catch (const DryRunIsOver&) {
  }
  return changes;
}

}  // namespace doorstep::app
