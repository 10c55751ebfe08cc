// What a paired device asks: who it is, where it stands, and whether it is to be used now.
#pragma once

#include "network/device.hpp"

namespace doorstep::network {

struct ReadOwnDevice {};
BOOST_DESCRIBE_STRUCT(ReadOwnDevice, (), ())

// Without a version: what it says changes with the time, too, and no cache may take it for the same.
struct OwnDeviceView {
  DeviceId id;
  std::string csrf;  // goes back in X-Doorstep-Csrf with every write
  DeviceKind kind{};
  std::string name;
  VenueId venue;
  Text venue_name;
  std::optional<HallId> hall;
  bool locked = false;
  bool open = false;                     // by its week
  std::optional<Instant> opens_next_at;  // of one that is not; none: not in the next two weeks
  std::optional<ClosedEarly> closed_early;
};
BOOST_DESCRIBE_STRUCT(OwnDeviceView, (),
                      (id, csrf, kind, name, venue, venue_name, hall, locked, open, opens_next_at,
                       closed_early))

OwnDeviceView read_own_device(Snapshot& snapshot, const Caller& caller, const ReadOwnDevice& wish);

}  // namespace doorstep::network
