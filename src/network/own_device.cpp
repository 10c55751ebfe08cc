#include "network/own_device.hpp"

#include "identity/devices.hpp"
#include "network/device_hours.hpp"

namespace doorstep::network {

OwnDeviceView read_own_device(Snapshot& snapshot, const Caller& caller, const ReadOwnDevice&) {
  const auto device = require_device(snapshot, require_paired(caller).id);
  const auto place = require_venue(snapshot, device.venue);
  const DeviceClock clock{snapshot, device.venue, {device.id}, caller.at};
  const auto state = clock.state_of(device.id, caller.at);
  return {.id = device.id,
          .csrf = identity::csrf_of(snapshot, device.id),
          .kind = device.kind,
          .name = device.name,
          .venue = place.id,
          .venue_name = place.name,
          .hall = device.hall,
          .locked = device.locked_at.has_value(),
          .open = state.open,
          .opens_next_at = state.opens_next_at,
          .closed_early = closed_early_of(device, caller.at)};
}

}  // namespace doorstep::network
