// Micro-grids 小微网格: areas of a few streets, each with a head 网格长 who
// routes what is raised there.
//
// An area may overlap another: towns draw them by hand, and a point that lies
// in two is told of both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/limits.hpp"
#include "identity/identity.hpp"
#include "network/network.hpp"
#include "network/polygon.hpp"

namespace doorstep::network {

struct GridTag {
  static constexpr std::string_view prefix = "gd";
};
using GridId = Id<GridTag>;

struct GridView {
  GridId id;
  std::int64_t version = 0;
  Text name;
  OrganisationId organisation;              // which answers for it
  std::optional<std::string> community;     // by its official division code
  std::optional<identity::StaffName> head;  // none: nobody, or somebody who is none there any more
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(GridView, (), (id, version, name, organisation, community, head, ended_at))

struct GridPage {
  GridView grid;
  std::vector<Place> ring;  // ends where it begins
};
BOOST_DESCRIBE_STRUCT(GridPage, (), (grid, ring))

// Those that have not ended, by id; all, or an organisation's own.
struct ListGrids {
  std::optional<OrganisationId> organisation;
  std::optional<std::string> words;  // that its name, its organisation's and its head's have
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "words" ? Bounds{.length_min = 1, .length_max = name_bytes_max} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(ListGrids, (), (organisation, words, cursor, limit))

struct GridArea {
  GridId id;
  std::vector<Place> ring;  // ends where it begins
};
BOOST_DESCRIBE_STRUCT(GridArea, (), (id, ring))

// The lines around those that have not ended, by id: what a map of all of them is drawn from.
struct ListGridAreas {
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListGridAreas, (), (cursor, limit))

struct ReadGrid {
  GridId grid;
};
BOOST_DESCRIBE_STRUCT(ReadGrid, (), (grid))

struct FindGrids {
  double latitude = 0;
  double longitude = 0;

  static constexpr Bounds bounds(std::string_view member) { return Place::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(FindGrids, (), (latitude, longitude))

struct GridsFound {
  std::vector<GridView> items;
};
BOOST_DESCRIBE_STRUCT(GridsFound, (), (items))

struct RecordGrid {
  Text name;
  OrganisationId organisation;
  std::optional<std::string> community;
  std::optional<StaffId> head;
  std::vector<Place> ring;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "ring") return {.length_min = corners_min + 1, .length_max = corners_max + 1};
    return {.length_min = 1, .length_max = name_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordGrid, (), (name, organisation, community, head, ring))

struct EditGrid {
  GridId grid;
  std::int64_t version = 0;
  Patch<Text> name;
  Patch<std::optional<std::string>> community;
  Patch<std::optional<StaffId>> head;
  Patch<std::vector<Place>> ring;

  static constexpr Bounds bounds(std::string_view member) { return RecordGrid::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(EditGrid, (), (grid, version, name, community, head, ring))

struct EndGrid {
  GridId grid;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndGrid, (), (grid, version))

Page<GridView> list_grids(Snapshot& snapshot, const Caller& caller, const ListGrids& wish);
Page<GridArea> list_grid_areas(Snapshot& snapshot, const Caller& caller, const ListGridAreas& wish);
GridPage read_grid(Snapshot& snapshot, const Caller& caller, const ReadGrid& wish);
// Of at most 50 whose box has the point.
GridsFound find_grids(Snapshot& snapshot, const Caller& caller, const FindGrids& wish);
GridView record_grid(Transaction& tx, const Caller& caller, const RecordGrid& wish);
GridView edit_grid(Transaction& tx, const Caller& caller, const EditGrid& wish);
GridView end_grid(Transaction& tx, const Caller& caller, const EndGrid& wish);
// The same, by whoever may.
void end_grid_at(Transaction& tx, GridId grid, Instant at);

// Whether an organisation answers for some. One statement.
bool has_grids(Snapshot& snapshot, OrganisationId organisation);

// A ring as corners. Throws Problem ring_not_closed, ring_too_wide,
// ring_crosses_itself.
Polygon require_sound(const std::vector<Place>& ring);

}  // namespace doorstep::network
