#include "network/device.hpp"

#include "base/problem.hpp"
#include "identity/devices.hpp"
#include "network/device_hours.hpp"

namespace doorstep::network {

namespace {

const Staff& require_tender(const Caller& caller, VenueId venue) {
  return require_role(
      caller, {Role::greeter, Role::window_officer, Role::station_keeper, Role::centre_manager}, venue);
}

DeviceState state_of(const DeviceRow& device) {
  if (device.ended_at) return DeviceState::ended;
  return device.locked_at ? DeviceState::locked : DeviceState::active;
}

DeviceView view(const DeviceRow& device, const DeviceClock& clock, Instant at) {
  const auto state = clock.state_of(device.id, at);
  return {.id = device.id,
          .version = device.version,
          .venue = device.venue,
          .hall = device.hall,
          .kind = device.kind,
          .name = device.name,
          .state = state_of(device),
          .lock_reason = device.lock_reason,
          .week = clock.week_of(device.id),
          .open = state.open,
          .opens_next_at = state.opens_next_at,
          .closed_early = closed_early_of(device, at),
          .paired_at = device.paired_at,
          .last_seen_at = device.last_seen_at,
          .ended_at = device.ended_at};
}

void require_hall(Snapshot& snapshot, const std::optional<HallId>& hall, VenueId venue,
                  const HallAt& hall_at) {
  if (hall && !hall_at(snapshot, *hall, venue)) throw Problem{"no_such_hall", {}, "hall"};
}

}  // namespace

std::optional<ClosedEarly> closed_early_of(const DeviceRow& device, Instant at) {
  if (!device.closed_until || *device.closed_until <= at) return std::nullopt;
  return ClosedEarly{*device.closed_until, {device.closed_zh.value_or(""), device.closed_en.value_or("")}};
}

DeviceRow require_device(Snapshot& snapshot, DeviceId id) {
  auto row = snapshot.maybe<DeviceRow>(
      "select d.id, d.version, d.venue, d.hall, d.kind, d.name, d.locked_at, d.lock_reason, d.closed_until,"
      " d.closed_zh, d.closed_en, d.paired_at, s.last_seen_at, d.ended_at"
      " from devices d join device_sessions s on s.device = d.id where d.id = :id",
      {{"id", id}});
  if (!row) throw Problem{"no_such_device"};
  return std::move(*row);
}

DeviceRow require_tended_device(Snapshot& snapshot, const Caller& caller, DeviceId id) {
  auto found = require_device(snapshot, id);
  require_tender(caller, found.venue);
  return found;
}

DeviceRow require_kept_device(Snapshot& snapshot, const Caller& caller, DeviceId id, std::int64_t version) {
  auto found = require_device(snapshot, id);
  require_role(caller, {Role::station_keeper, Role::centre_manager}, found.venue);
  require_as_seen(found, version);
  return found;
}

void require_as_seen(const DeviceRow& device, std::int64_t version) {
  require_version(device.version, version);
  if (device.ended_at) throw Problem{"device_ended"};
}

DeviceView done_to_device(Transaction& tx, const Caller& caller, DeviceId id, DeviceAct what,
                          const std::optional<std::string>& note) {
  put_device_history(tx, caller, id, what, note);
  tx.emit(topic("device", id), DeviceChanged{id});
  const auto device = require_device(tx, id);
  return view(device, DeviceClock{tx, device.venue, {id}, caller.at}, caller.at);
}

Page<DeviceView> list_devices(Snapshot& snapshot, const Caller& caller, const ListDevices& wish) {
  const auto place = require_venue(snapshot, wish.venue);
  require_tender(caller, place.id);
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<DeviceRow>(
      "select d.id, d.version, d.venue, d.hall, d.kind, d.name, d.locked_at, d.lock_reason, d.closed_until,"
      " d.closed_zh, d.closed_en, d.paired_at, s.last_seen_at, d.ended_at"
      " from devices d join device_sessions s on s.device = d.id"
      " where d.venue = :venue and d.ended_at is null and d.id > :after order by d.id limit :limit",
      {{"venue", place.id}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  std::vector<DeviceId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  const DeviceClock clock{snapshot, place.id, ids, caller.at};
  return page_of(
      rows, limit, [](const DeviceRow& row) { return row.id.value; },
      [&](const DeviceRow& row) { return view(row, clock, caller.at); });
}

Outcome<DeviceView> pair_device(Transaction& tx, const Caller& caller, const PairDevice& wish,
                                const HallAt& hall_at) {
  const auto place = require_kept_venue(tx, caller, wish.venue);
  require_live(place);
  require_hall(tx, wish.hall, place.id, hall_at);
  const auto pairing = identity::find_pairing(tx, require_staff(caller).id, wish.code, caller.at);
  if (!pairing) return std::unexpected(pairing.error());
  const auto id = tx.new_id<DeviceId>();
  identity::begin_device_session(tx, *pairing, id, caller.at);
  tx.run(
      "insert into devices (id, venue, hall, kind, name, paired_at, version)"
      " values (:id, :venue, :hall, :kind, :name, :at, 1)",
      {{"id", id},
       {"venue", place.id},
       {"hall", wish.hall},
       {"kind", wish.kind},
       {"name", wish.name},
       {"at", caller.at}});
  return done_to_device(tx, caller, id, DeviceAct::paired);
}

DeviceView edit_device(Transaction& tx, const Caller& caller, const EditDevice& wish, const HallAt& hall_at) {
  const auto device = require_kept_device(tx, caller, wish.device, wish.version);
  const auto hall = wish.hall ? wish.hall.value : device.hall;
  require_hall(tx, hall, device.venue, hall_at);
  tx.run("update devices set name = :name, hall = :hall, version = version + 1 where id = :id",
         {{"name", wish.name ? wish.name.value : device.name}, {"hall", hall}, {"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::edited);
}

DeviceView lock_device(Transaction& tx, const Caller& caller, const LockDevice& wish) {
  const auto device = require_kept_device(tx, caller, wish.device, wish.version);
  if (device.locked_at) throw Problem{"device_locked"};
  tx.run("update devices set locked_at = :at, lock_reason = :reason, version = version + 1 where id = :id",
         {{"at", caller.at}, {"reason", wish.reason}, {"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::locked, wish.reason);
}

DeviceView unlock_device(Transaction& tx, const Caller& caller, const UnlockDevice& wish) {
  const auto device = require_kept_device(tx, caller, wish.device, wish.version);
  if (!device.locked_at) throw Problem{"device_not_locked"};
  tx.run("update devices set locked_at = null, lock_reason = null, version = version + 1 where id = :id",
         {{"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::unlocked);
}

DeviceView end_device(Transaction& tx, const Caller& caller, const EndDevice& wish) {
  const auto device = require_kept_device(tx, caller, wish.device, wish.version);
  identity::end_device_session(tx, device.id, caller.at);
  tx.run("update devices set ended_at = :at, version = version + 1 where id = :id",
         {{"at", caller.at}, {"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::ended);
}

bool has_devices(Snapshot& snapshot, VenueId venue) {
  return snapshot.value<std::int64_t>(
             "select count(*) from devices where venue = :venue and ended_at is null", {{"venue", venue}}) >
         0;
}

Topic device_topic(Snapshot& snapshot, const Caller& caller, const std::string& asked) {
  const auto id = parse_id<DeviceTag>(asked);
  if (!id) throw Problem{"no_such_topic", {"device:" + asked}, "topics"};
  if (!caller.paired || caller.paired->id != *id) require_tended_device(snapshot, caller, *id);
  return topic("device", *id);
}

}  // namespace doorstep::network
