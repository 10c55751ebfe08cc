// Who did what to a device, and when; for good.
#pragma once

#include "api/page.hpp"
#include "identity/identity.hpp"
#include "network/network.hpp"

namespace doorstep::network {

using identity::StaffName;

struct DeviceHistoryTag {
  static constexpr std::string_view prefix = "dh";
};
using DeviceHistoryId = Id<DeviceHistoryTag>;

enum class DeviceAct { paired, edited, hours_put, locked, unlocked, closed_early, reopened, ended };
BOOST_DESCRIBE_ENUM(DeviceAct, paired, edited, hours_put, locked, unlocked, closed_early, reopened, ended)

struct DeviceHistoryView {
  DeviceHistoryId id;
  DeviceAct what{};
  StaffName by;
  Instant at;
  std::optional<std::string> note;  // why it was locked, or what stood there while it was closed early
};
BOOST_DESCRIBE_STRUCT(DeviceHistoryView, (), (id, what, by, at, note))

// The newest first.
struct ListDeviceHistory {
  DeviceId device;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListDeviceHistory, (), (device, cursor, limit))

Page<DeviceHistoryView> list_device_history(Snapshot& snapshot, const Caller& caller,
                                            const ListDeviceHistory& wish);

// One statement.
void put_device_history(Transaction& tx, const Caller& caller, DeviceId device, DeviceAct what,
                        const std::optional<std::string>& note);

}  // namespace doorstep::network
