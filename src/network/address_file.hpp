// The branches of communities and the houses that belong to them, as the town's files have them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/addresses.hpp"
#include "network/venue_file.hpp"

namespace doorstep::network {

struct HousesFile {
  std::string street;
  std::optional<std::int32_t> lane = {};
  std::optional<HouseSide> side = {};
  std::optional<std::int32_t> from = {};
  std::optional<std::int32_t> to = {};

  static constexpr Bounds bounds(std::string_view member) { return RecordAddresses::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(HousesFile, (), (street, lane, side, from, to))

struct CommunityFile {
  std::string code;
  std::optional<std::string> branch = {};  // an organisation's key
  std::optional<std::vector<HousesFile>> addresses = {};
};
BOOST_DESCRIBE_STRUCT(CommunityFile, (), (code, branch, addresses))

struct CommunityToPut {
  CommunityFile file;
  std::optional<OrganisationId> branch = {};
};

// What the files are silent about stays, and so does a branch that was named on a page, and houses that were
// recorded or ended there: houses of a file that are in their way are left out. Houses that an earlier import
// gave to another community give way. Throws TownFileFault with all faults. Three statements, and one for
// each that differs.
void put_addresses(Transaction& tx, const std::vector<CommunityToPut>& communities, Instant at);

}  // namespace doorstep::network
