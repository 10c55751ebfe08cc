#include "network/rooms.hpp"

#include "base/problem.hpp"
#include "network/venue_hours.hpp"

namespace doorstep::network {

namespace {

struct RoomRow {
  RoomId id;
  std::int64_t version = 0;
  VenueId venue;
  std::string name_zh, name_en;
  std::optional<std::int32_t> seats;
  StepFree step_free{};
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(RoomRow, (), (id, version, venue, name_zh, name_en, seats, step_free, ended_at))

RoomView view(const RoomRow& row) {
  return {.id = row.id,
          .version = row.version,
          .venue = row.venue,
          .name = {row.name_zh, row.name_en},
          .seats = row.seats,
          .step_free = row.step_free,
          .ended_at = row.ended_at};
}

RoomView room(Snapshot& snapshot, RoomId id) {
  const auto row = snapshot.maybe<RoomRow>(
      "select id, version, venue, name_zh, name_en, seats, step_free, ended_at from venue_rooms where id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_room"};
  return view(*row);
}

// A room that the caller may change, as they have seen it.
RoomView require_own_room(Snapshot& snapshot, const Caller& caller, RoomId id, std::int64_t version) {
  auto found = room(snapshot, id);
  const auto venue = require_kept_venue(snapshot, caller, found.venue);
  require_version(found.version, version);
  require_live(venue);
  if (found.ended_at) throw Problem{"room_ended"};
  return found;
}

}  // namespace

RoomView record_room(Transaction& tx, const Caller& caller, const RecordRoom& wish) {
  const auto venue = require_kept_venue(tx, caller, wish.venue);
  require_live(venue);
  const auto id = tx.new_id<RoomId>();
  tx.run(
      "insert into venue_rooms (id, venue, name_zh, name_en, seats, step_free, edited_at, version)"
      " values (:id, :venue, :name_zh, :name_en, :seats, :step_free, :at, 1)",
      {{"id", id},
       {"venue", venue.id},
       {"name_zh", wish.name.zh},
       {"name_en", wish.name.en},
       {"seats", wish.seats},
       {"step_free", wish.step_free.value_or(StepFree::unknown)},
       {"at", caller.at}});
  return room(tx, id);
}

RoomView edit_room(Transaction& tx, const Caller& caller, const EditRoom& wish) {
  const auto found = require_own_room(tx, caller, wish.room, wish.version);
  const auto name = wish.name ? wish.name.value : found.name;
  tx.run(
      "update venue_rooms set name_zh = :name_zh, name_en = :name_en, seats = :seats, step_free = :step_free,"
      " edited_at = :at, version = version + 1 where id = :id",
      {{"name_zh", name.zh},
       {"name_en", name.en},
       {"seats", wish.seats ? wish.seats.value : found.seats},
       {"step_free", wish.step_free ? wish.step_free.value : found.step_free},
       {"at", caller.at},
       {"id", found.id}});
  return room(tx, found.id);
}

RoomView end_room(Transaction& tx, const Caller& caller, const EndRoom& wish) {
  const auto found = require_own_room(tx, caller, wish.room, wish.version);
  tx.run("update venue_rooms set ended_at = :at, edited_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", found.id}});
  return room(tx, found.id);
}

std::vector<RoomView> rooms_of(Snapshot& snapshot, VenueId venue) {
  std::vector<RoomView> rooms;
  for (const auto& row :
       snapshot.all<RoomRow>("select id, version, venue, name_zh, name_en, seats, step_free, ended_at"
                             " from venue_rooms where venue = :venue and ended_at is null order by id",
                             {{"venue", venue}}))
    rooms.push_back(view(row));
  return rooms;
}

}  // namespace doorstep::network
