// The devices of a venue: displays, kiosks, ticket machines, tablets of the guide desk. Paired by a short
// code that the device shows, locked and unlocked, closed early with a text, unpaired.
//
//   active ⇄ locked;  active, locked → ended (its session ends with it)
//
// Beside that it keeps a week of its own (device_hours.hpp). Pairing, locking and unpairing are the venue's
// manager's and keeper's; closing early is everybody's who serves there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/outcome.hpp"
#include "api/page.hpp"
#include "base/limits.hpp"
#include "network/device_history.hpp"
#include "network/venue_hours.hpp"

namespace doorstep::network {

enum class DeviceKind { display, kiosk, ticket_machine, guide_tablet };
BOOST_DESCRIBE_ENUM(DeviceKind, display, kiosk, ticket_machine, guide_tablet)

enum class DeviceState { active, locked, ended };
BOOST_DESCRIBE_ENUM(DeviceState, active, locked, ended)

// "No more tickets today; come again at 8:30 tomorrow."
struct ClosedEarly {
  Instant until;
  Text text;
};
BOOST_DESCRIBE_STRUCT(ClosedEarly, (), (until, text))

struct DeviceView {
  DeviceId id;
  std::int64_t version = 0;
  VenueId venue;
  std::optional<HallId> hall;  // whose lines it shows
  DeviceKind kind{};
  std::string name;
  DeviceState state{};
  std::optional<std::string> lock_reason;
  std::vector<WeekdayView> week;         // empty: it goes by no clock
  bool open = false;                     // by its week
  std::optional<Instant> opens_next_at;  // of one that is not; none: not in the next two weeks
  std::optional<ClosedEarly> closed_early;
  Instant paired_at;
  std::optional<Instant> last_seen_at;  // to some minutes; none: it has not fetched its session yet
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(DeviceView, (),
                      (id, version, venue, hall, kind, name, state, lock_reason, week, open, opens_next_at,
                       closed_early, paired_at, last_seen_at, ended_at))

// Those that have not ended.
struct ListDevices {
  VenueId venue;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListDevices, (), (venue, cursor, limit))

struct PairDevice {
  VenueId venue;
  std::string code;  // that the device shows
  DeviceKind kind{};
  std::string name;
  std::optional<HallId> hall;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(PairDevice, (), (venue, code, kind, name, hall))

struct EditDevice {
  DeviceId device;
  std::int64_t version = 0;
  Patch<std::string> name;
  Patch<std::optional<HallId>> hall;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(EditDevice, (), (device, version, name, hall))

struct LockDevice {
  DeviceId device;
  std::int64_t version = 0;
  std::string reason;  // for colleagues; nobody's name

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = 1, .length_max = title_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(LockDevice, (), (device, version, reason))

struct UnlockDevice {
  DeviceId device;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(UnlockDevice, (), (device, version))

struct EndDevice {
  DeviceId device;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndDevice, (), (device, version))

// To whoever listens to the device: it asks for the rest itself.
struct DeviceChanged {
  static constexpr std::string_view kind = "device_changed";
  DeviceId device;
};
BOOST_DESCRIBE_STRUCT(DeviceChanged, (), (device))

Page<DeviceView> list_devices(Snapshot& snapshot, const Caller& caller, const ListDevices& wish);
Outcome<DeviceView> pair_device(Transaction& tx, const Caller& caller, const PairDevice& wish,
                                const HallAt& hall_at);
DeviceView edit_device(Transaction& tx, const Caller& caller, const EditDevice& wish, const HallAt& hall_at);
DeviceView lock_device(Transaction& tx, const Caller& caller, const LockDevice& wish);
DeviceView unlock_device(Transaction& tx, const Caller& caller, const UnlockDevice& wish);
DeviceView end_device(Transaction& tx, const Caller& caller, const EndDevice& wish);

// What is kept of a device, beside its week.
struct DeviceRow {
  DeviceId id;
  std::int64_t version = 0;
  VenueId venue;
  std::optional<HallId> hall;
  DeviceKind kind{};
  std::string name;
  std::optional<Instant> locked_at;
  std::optional<std::string> lock_reason;
  std::optional<Instant> closed_until;
  std::optional<std::string> closed_zh, closed_en;
  Instant paired_at;
  std::optional<Instant> last_seen_at, ended_at;
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (),
                      (id, version, venue, hall, kind, name, locked_at, lock_reason, closed_until, closed_zh,
                       closed_en, paired_at, last_seen_at, ended_at))

// None: it is not closed early, or not any more.
std::optional<ClosedEarly> closed_early_of(const DeviceRow& device, Instant at);

// Throws Problem no_such_device. One statement.
DeviceRow require_device(Snapshot& snapshot, DeviceId id);
// A device at whose venue the caller serves; throws Problem no_such_device, not_allowed. One statement.
DeviceRow require_tended_device(Snapshot& snapshot, const Caller& caller, DeviceId id);
// The same of one whose venue they keep or manage, as they have seen it; throws version_differs,
// device_ended, too.
DeviceRow require_kept_device(Snapshot& snapshot, const Caller& caller, DeviceId id, std::int64_t version);
// Throws Problem version_differs, device_ended.
void require_as_seen(const DeviceRow& device, std::int64_t version);
// Something was done to it: its history and those who listen are told. Seven statements.
DeviceView done_to_device(Transaction& tx, const Caller& caller, DeviceId id, DeviceAct what,
                          const std::optional<std::string>& note = std::nullopt);

// Whether a device stands there. One statement.
bool has_devices(Snapshot& snapshot, VenueId venue);

// Those of the staff who serve there hear of a device, and the device of itself; throws Problem
// no_such_device, not_signed_in, not_allowed.
Topic device_topic(Snapshot& snapshot, const Caller& caller, const std::string& asked);

}  // namespace doorstep::network
