#include "network/device_hours.hpp"

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

struct HoursRow {
  DeviceId device;
  std::int32_t weekday = 0;
  LocalTime opens, closes;
};
BOOST_DESCRIBE_STRUCT(HoursRow, (), (device, weekday, opens, closes))

constexpr std::int32_t days_of_week = 7;

Instant opens_on_a_day_to_come(Snapshot& snapshot, const DeviceRow& device, Instant at) {
  const auto zone = local_zone(snapshot);
  const auto tomorrow = zone.start_of(zone.day_of(at) + 1);
  return DeviceClock{snapshot, device.venue, {device.id}, tomorrow}.opens_from(device.id, tomorrow);
}

}  // namespace

DeviceClock::DeviceClock(Snapshot& snapshot, VenueId venue, const std::vector<DeviceId>& devices,
                         Instant from)
    : venue_(venue), zone_(local_zone(snapshot)) {
  const auto first = zone_.day_of(from);
  calendar_ = timetable(snapshot, {venue}, first, first + days_ahead);
  for (const auto& row : snapshot.all<HoursRow>(
           "select device, weekday, opens, closes from device_hours where device in (:devices)"
           " order by device, weekday, opens",
           {{"devices", storage::in(devices)}}))
    weeks_[row.device][row.weekday].push_back({row.opens, row.closes});
}

std::vector<WeekdayView> DeviceClock::week_of(DeviceId device) const {
  const auto found = weeks_.find(device);
  if (found == weeks_.end()) return {};
  std::vector<WeekdayView> week;
  for (std::int32_t weekday = 1; weekday <= days_of_week; ++weekday) {
    const auto day = found->second.find(weekday);
    week.push_back({weekday, day == found->second.end() ? std::vector<Opening>{} : day->second});
  }
  return week;
}

OpenState DeviceClock::state_of(DeviceId device, Instant at) const {
  const auto found = weeks_.find(device);
  if (found == weeks_.end()) return {.open = true, .open_until = {}, .opens_next_at = {}};
  // A day of its own that the venue has (closed, or open otherwise) is the device's, too.
  auto own = calendar_;
  own.venues[venue_].week = found->second;
  return open_state(own, venue_, zone_, at);
}

Instant DeviceClock::opens_from(DeviceId device, Instant at) const {
  const auto state =
      weeks_.contains(device) ? state_of(device, at) : open_state(calendar_, venue_, zone_, at);
  return state.opens_next_at.value_or(at);
}

DeviceView put_device_hours(Transaction& tx, const Caller& caller, const PutDeviceHours& wish) {
  const auto device = require_kept_device(tx, caller, wish.device, wish.version);
  const auto week = week_of(wish.hours);
  tx.run("delete from device_hours where device = :device", {{"device", device.id}});
  for (const auto& day : week) {
    for (const auto& span : day.openings) {
      tx.run(
          "insert into device_hours (device, weekday, opens, closes) values (:device, :weekday, :opens, :closes)",
          {{"device", device.id}, {"weekday", day.weekday}, {"opens", span.opens}, {"closes", span.closes}});
    }
  }
  tx.run("update devices set version = version + 1 where id = :id", {{"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::hours_put);
}

DeviceView close_early(Transaction& tx, const Caller& caller, const CloseEarly& wish) {
  const auto device = require_tended_device(tx, caller, wish.device);
  require_as_seen(device, wish.version);
  if (wish.until && *wish.until <= caller.at) throw Problem{"period_empty", {}, "until"};
  const auto until = wish.until ? *wish.until : opens_on_a_day_to_come(tx, device, caller.at);
  tx.run(
      "update devices set closed_until = :until, closed_zh = :zh, closed_en = :en, version = version + 1"
      " where id = :id",
      {{"until", until}, {"zh", wish.text.zh}, {"en", wish.text.en}, {"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::closed_early, wish.text.zh);
}

DeviceView reopen_device(Transaction& tx, const Caller& caller, const ReopenDevice& wish) {
  const auto device = require_tended_device(tx, caller, wish.device);
  require_as_seen(device, wish.version);
  if (!closed_early_of(device, caller.at)) throw Problem{"device_not_closed"};
  tx.run(
      "update devices set closed_until = null, closed_zh = null, closed_en = null, version = version + 1"
      " where id = :id",
      {{"id", device.id}});
  return done_to_device(tx, caller, device.id, DeviceAct::reopened);
}

}  // namespace doorstep::network
