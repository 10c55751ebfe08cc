// The micro-grids of the town's files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/grid.hpp"
#include "network/venue_file.hpp"

namespace doorstep::network {

// Heads are people, and appointed on a page.
struct GridFile {
  std::string key;
  Text name;
  std::string organisation;              // its key
  std::optional<std::string> community;  // the official division code
  std::vector<Place> ring;               // the last point as the first
  std::optional<bool> ended = {};

  static constexpr Bounds bounds(std::string_view member) {
    return member == "ring" ? RecordGrid::bounds(member) : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(GridFile, (), (key, name, organisation, community, ring, ended))

struct GridToPut {
  GridFile file;
  OrganisationId organisation;
};

// One that was edited or ended on a page stays as it is, and what the files are
// silent about stays, too. Throws TownFileFault with the first fault of each. Two statements, and one for
// each that differs.
void put_grids(Transaction& tx, const std::vector<GridToPut>& grids);

}  // namespace doorstep::network
