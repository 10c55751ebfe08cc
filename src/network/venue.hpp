// The places of the network: the centre, its branch centres, and stations in villages, communities, office
// towers and parks. What a venue serves as is laid over its level: one venue, several functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/limits.hpp"
#include "network/network.hpp"
#include "network/place.hpp"

namespace doorstep::network {

// community_station 村居站点, tower 楼宇红吧, park 园区理想湾, living_room 客堂间, model_building 优秀楼组,
// council_hall 议事厅, warm_station 暖新驿站, grid_point 小微网格服务点.
enum class VenueFunction {
  community_station,
  tower,
  park,
  living_room,
  model_building,
  council_hall,
  warm_station,
  grid_point
};
BOOST_DESCRIBE_ENUM(VenueFunction, community_station, tower, park, living_room, model_building, council_hall,
                    warm_station, grid_point)

// Whether one comes in without a step. What nobody has looked at is not known, which is not a no.
enum class StepFree { yes, no, unknown };
BOOST_DESCRIBE_ENUM(StepFree, yes, no, unknown)

struct VenueView {
  VenueId id;
  std::int64_t version = 0;
  VenueKind kind{};
  Text name;
  Text address;
  std::optional<OrganisationId> organisation;  // which runs it
  std::optional<std::string> community;        // by its official division code
  std::optional<Place> place;
  StepFree step_free{};
  std::optional<Text> step_free_note;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(VenueView, (),
                      (id, version, kind, name, address, organisation, community, place, step_free,
                       step_free_note, ended_at))

// The venues that an organisation runs itself; those that have ended are left out.
struct ListVenues {
  OrganisationId organisation;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListVenues, (), (organisation, cursor, limit))

struct RecordVenue {
  VenueKind kind{};
  Text name;
  std::optional<Day> named_since;  // absent: for longer than is known
  Text address;
  std::optional<OrganisationId> organisation;
  std::optional<std::string> community;
  std::optional<Place> place;
  std::optional<StepFree> step_free;
  std::optional<Text> step_free_note;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(RecordVenue, (),
                      (kind, name, named_since, address, organisation, community, place, step_free,
                       step_free_note))

struct EditVenue {
  VenueId venue;
  std::int64_t version = 0;
  Patch<VenueKind> kind;
  Patch<Text> name;  // its spelling; another name is begun by RenameVenue
  Patch<Text> address;
  Patch<std::optional<OrganisationId>> organisation;
  Patch<std::optional<std::string>> community;
  Patch<std::optional<Place>> place;
  Patch<StepFree> step_free;
  Patch<std::optional<Text>> step_free_note;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(EditVenue, (),
                      (venue, version, kind, name, address, organisation, community, place, step_free,
                       step_free_note))

// It is called so from that day on; without one from today. The name from the latest day on is the present
// one, so one from an earlier day goes to the history.
struct RenameVenue {
  VenueId venue;
  std::int64_t version = 0;
  Text name;
  std::optional<Day> from;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(RenameVenue, (), (venue, version, name, from))

struct EndVenue {
  VenueId venue;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndVenue, (), (venue, version))

// Throws Problem no_such_venue with that path. One statement.
VenueView require_venue(Snapshot& snapshot, VenueId id, const char* path = "");
// Throws Problem venue_ended.
void require_live(const VenueView& venue);
// Throws Problem no_such_community unless there is one of that code. One statement, none without a code.
void require_community(Snapshot& snapshot, const std::optional<std::string>& code);

Page<VenueView> list_venues(Snapshot& snapshot, const Caller& caller, const ListVenues& wish);
VenueView record_venue(Transaction& tx, const Caller& caller, const RecordVenue& wish);
VenueView edit_venue(Transaction& tx, const Caller& caller, const EditVenue& wish);
VenueView rename_venue(Transaction& tx, const Caller& caller, const RenameVenue& wish);
VenueView end_venue(Transaction& tx, const Caller& caller, const EndVenue& wish,
                    const std::vector<VenueUse>& uses);
// The same, by whoever may; throws Problem venue_in_use with what holds it.
void end_unused_venue(Transaction& tx, const VenueView& venue, const std::vector<VenueUse>& uses, Instant at);

// A name in a venue's history; `until` is the day from which on it had the next.
struct VenueNameView {
  Text name;
  std::optional<Day> from;   // none: for longer than was recorded
  std::optional<Day> until;  // none: to this day
};
BOOST_DESCRIBE_STRUCT(VenueNameView, (), (name, from, until))

// The oldest first. One statement.
std::vector<VenueNameView> names_of(Snapshot& snapshot, VenueId venue);
// Puts a name into the history; one from that day on is corrected. An undated name goes when a dated one says
// the same. Three statements.
void put_name(Transaction& tx, VenueId venue, const std::optional<Day>& from, const Text& name);

}  // namespace doorstep::network
