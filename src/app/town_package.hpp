// The files of a town, or of a part of its network, read and looked through before an import's command
// begins.
//
//   a folder, or its town.yaml   a whole town: what it is called, its network, halls, matters, calendar
//   any other .yaml              organisations, venues, communities and grids of a town that is there
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/import_faults.hpp"
#include "base/picture.hpp"
#include "cases/matter.hpp"
#include "hall/hall_file.hpp"
#include "network/address_file.hpp"
#include "network/grid_file.hpp"
#include "network/town_file.hpp"

namespace doorstep::app {

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

// Where a thing stands in the files.
struct Source {
  const Document* document = nullptr;
  std::string path;
};

struct Package {
  std::optional<network::TownFacts> town;  // none: a part of the network
  std::vector<network::OrganisationFile> organisations;
  std::vector<network::VenueFile> venues;
  std::vector<network::CommunityFile> communities;
  std::vector<network::GridFile> grids;
  // Only of a whole town.
  std::vector<network::Community> community_names;
  std::vector<network::CalendarDay> calendar;
  std::vector<cases::MatterDefinition> matters;
  std::vector<hall::HallFile> halls;
  std::vector<StaffFile> staff;

  std::deque<Document> documents;  // a deque: sources point into it
  std::map<Thing, Source> sources;
};

// Throws ImportError with all that is wrong with the files by themselves.
Package read_package(const std::filesystem::path& files);

}  // namespace doorstep::app
