// When a device is open: its own week, and the days that its venue does not keep like others. And closing it
// early: until a time at which it opens again by itself, or until somebody takes it back.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "network/device.hpp"
#include "network/timetable.hpp"

namespace doorstep::network {

// The whole week at once; without any spans it goes by no clock.
struct PutDeviceHours {
  DeviceId device;
  std::int64_t version = 0;
  std::vector<WeeklyHours> hours;

  static constexpr Bounds bounds(std::string_view member) { return PutHours::bounds(member); }
};
BOOST_DESCRIBE_STRUCT(PutDeviceHours, (), (device, version, hours))

struct CloseEarly {
  DeviceId device;
  std::int64_t version = 0;
  Text text;
  std::optional<Instant> until;  // absent: until it, or its venue, opens on a day to come

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = 1, .length_max = title_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(CloseEarly, (), (device, version, text, until))

// Taken back: it goes by its week again.
struct ReopenDevice {
  DeviceId device;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ReopenDevice, (), (device, version))

DeviceView put_device_hours(Transaction& tx, const Caller& caller, const PutDeviceHours& wish);
DeviceView close_early(Transaction& tx, const Caller& caller, const CloseEarly& wish);
DeviceView reopen_device(Transaction& tx, const Caller& caller, const ReopenDevice& wish);

// The weeks of devices at a venue, and its calendar from a day on for as far as openings are looked for.
class DeviceClock {
 public:
  // Five statements, however many devices.
  DeviceClock(Snapshot& snapshot, VenueId venue, const std::vector<DeviceId>& devices, Instant from);

  // From Monday to Sunday; empty where it goes by no clock.
  std::vector<WeekdayView> week_of(DeviceId device) const;
  OpenState state_of(DeviceId device, Instant at) const;
  // When it opens next, or its venue where it goes by no clock; `at` where that is open, or no opening is
  // known.
  Instant opens_from(DeviceId device, Instant at) const;

 private:
  VenueId venue_;
  Zone zone_;
  Timetable calendar_;
  std::map<DeviceId, std::map<int, std::vector<Opening>>> weeks_;
};

}  // namespace doorstep::network
