// The rooms of a venue.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/venue.hpp"

namespace doorstep::network {

struct RoomTag {
  static constexpr std::string_view prefix = "rm";
};
using RoomId = Id<RoomTag>;

struct RoomView {
  RoomId id;
  std::int64_t version = 0;
  VenueId venue;
  Text name;
  std::optional<std::int32_t> seats;
  StepFree step_free{};
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(RoomView, (), (id, version, venue, name, seats, step_free, ended_at))

struct RecordRoom {
  VenueId venue;
  Text name;
  std::optional<std::int32_t> seats;
  std::optional<StepFree> step_free;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "seats") return {.least = 1, .most = 10'000};
    return {.length_min = 1, .length_max = name_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordRoom, (), (venue, name, seats, step_free))

struct EditRoom {
  RoomId room;
  std::int64_t version = 0;
  Patch<Text> name;
  Patch<std::optional<std::int32_t>> seats;
  Patch<StepFree> step_free;

  static constexpr Bounds bounds(std::string_view member) { return RecordRoom::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(EditRoom, (), (room, version, name, seats, step_free))

struct EndRoom {
  RoomId room;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndRoom, (), (room, version))

RoomView record_room(Transaction& tx, const Caller& caller, const RecordRoom& wish);
RoomView edit_room(Transaction& tx, const Caller& caller, const EditRoom& wish);
RoomView end_room(Transaction& tx, const Caller& caller, const EndRoom& wish);

// Those that have not ended, by id. One statement.
std::vector<RoomView> rooms_of(Snapshot& snapshot, VenueId venue);

}  // namespace doorstep::network
