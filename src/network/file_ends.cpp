#include "network/file_ends.hpp"

#include <ranges>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

struct GridRow {
  GridId id;
};
BOOST_DESCRIBE_STRUCT(GridRow, (), (id))

struct VenueIdRow {
  VenueId id;
};
BOOST_DESCRIBE_STRUCT(VenueIdRow, (), (id))

struct OrganisationRow {
  OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(OrganisationRow, (), (id))

template <class File>
std::vector<std::string> keys_of_ended(const std::vector<File>& files) {
  std::vector<std::string> keys;
  for (const auto& file : files) {
    if (file.ended.value_or(false)) keys.push_back(file.key);
  }
  return keys;
}

// What a page would be told.
template <class End>
void end_or_say_why(const std::string& kind, const std::string& key, const End& end) {
  try {
    end();
  } catch (const Problem& problem) {
    throw TownFileFault(
        FileFault{kind, key, "ended", problem.code + ": " + problem_detail(problem, Language::en)});
  }
}

void end_grid_of(Transaction& tx, const std::string& key, Instant at) {
  const auto row =
      tx.maybe<GridRow>("select id from grids where key = :key and ended_at is null", {{"key", key}});
  if (row) end_grid_at(tx, row->id, at);
}

void end_venue_of(Transaction& tx, const std::string& key, const std::vector<VenueUse>& uses, Instant at) {
  const auto row =
      tx.maybe<VenueIdRow>("select id from venues where key = :key and ended_at is null", {{"key", key}});
  if (!row) return;
  const auto venue = require_venue(tx, row->id);
  end_or_say_why("venue", key, [&] { end_unused_venue(tx, venue, uses, at); });
}

void end_organisation_of(Transaction& tx, const std::string& key, Instant at) {
  const auto row = tx.maybe<OrganisationRow>(
      "select id from organisations where key = :key and ended_at is null", {{"key", key}});
  if (!row) return;
  const auto organisation = require_organisation(tx, row->id);
  end_or_say_why("organisation", key, [&] { end_unused_organisation(tx, organisation, at); });
}

}  // namespace

ToEnd ends_of(const std::vector<OrganisationFile>& organisations, const std::vector<VenueFile>& venues,
              const std::vector<GridFile>& grids) {
  return {keys_of_ended(grids), keys_of_ended(venues), keys_of_ended(organisations)};
}

void end_all(Transaction& tx, const ToEnd& ends, const std::vector<VenueUse>& uses, Instant at) {
  FileFaults faults;
  for (const auto& key : ends.grids) end_grid_of(tx, key, at);
  for (const auto& key : ends.venues) faults.keep([&] { end_venue_of(tx, key, uses, at); });
  for (const auto& key : ends.organisations | std::views::reverse)
    faults.keep([&] { end_organisation_of(tx, key, at); });
  faults.throw_any();
}

}  // namespace doorstep::network
