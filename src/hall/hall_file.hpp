// A hall as the town's file describes it: its lines, services and windows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/picture.hpp"
#include "hall/hall.hpp"
#include "journal/transaction.hpp"

namespace doorstep::hall {

struct GroupFile {
  std::string prefix;
  Text name;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "prefix" ? Bounds{.length_min = 1, .length_max = 2} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(GroupFile, (), (prefix, name))

struct ServiceFile {
  std::string key;
  std::string group;
  std::optional<std::string> matter;
  Text name;
  Text summary;
  std::optional<std::int32_t> minutes;
};
BOOST_DESCRIBE_STRUCT(ServiceFile, (), (key, group, matter, name, summary, minutes))

struct WindowFile {
  std::int32_t number = 0;
  Text name;
  std::vector<std::string> groups;
};
BOOST_DESCRIBE_STRUCT(WindowFile, (), (number, name, groups))

struct HallFile {
  std::string key;
  std::string venue;
  std::vector<GroupFile> groups;
  std::vector<ServiceFile> services;
  std::vector<WindowFile> windows;
};
BOOST_DESCRIBE_STRUCT(HallFile, (), (key, venue, groups, services, windows))

// A service that is no longer in the file is ended, not dropped: tickets refer to it. A window that a manager
// has edited stays as it is.
HallId put_hall(Transaction& tx, const HallFile& hall, VenueId venue);

// The halls as files say them. Three statements.
void draw_halls(Snapshot& snapshot, Picture& picture);

}  // namespace doorstep::hall
