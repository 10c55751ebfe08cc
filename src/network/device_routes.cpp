#include "network/device_hours.hpp"
#include "network/list_sheets.hpp"
#include "network/own_device.hpp"
#include "network/routes.hpp"

namespace doorstep::network {

namespace {

void add_keeper_routes(api::Api& api, const HallAt& hall_at) {
  const auto keepers = api::Who::staff({Role::centre_manager, Role::station_keeper});
  api.write<PairDevice, DeviceView>(
      "POST", "/api/venues/{venue}/devices",
      [hall_at](Transaction& tx, const Caller& caller, const PairDevice& wish) {
        return pair_device(tx, caller, wish, hall_at);
      },
      {.who = keepers,
       .summary = "Pair a device that shows this code; it stands at the venue from now on",
       .problems = {"no_such_venue", "venue_ended", "no_such_hall", "wrong_pairing_code",
                    "too_many_attempts"},
       .queries = 15,
       .success = 201});
  api.write<EditDevice, DeviceView>("PATCH", "/api/devices/{device}",
                                    [hall_at](Transaction& tx, const Caller& caller, const EditDevice& wish) {
                                      return edit_device(tx, caller, wish, hall_at);
                                    },
                                    {.who = keepers,
                                     .summary = "Call a device something else, or let it show another hall",
                                     .problems = {"no_such_device", "device_ended", "no_such_hall"},
                                     .queries = 10,
                                     .if_match = true});
  api.write<PutDeviceHours, DeviceView>(
      "PUT", "/api/devices/{device}/hours", put_device_hours,
      {.who = keepers,
       .summary = "A device's weekly hours, as a whole; without any it goes by no clock",
       .problems = {"no_such_device", "device_ended", "hours_backwards", "hours_overlap"},
       .queries = 94,
       .if_match = true});
  api.write<LockDevice, DeviceView>("POST", "/api/devices/{device}/lock", lock_device,
                                    {.who = keepers,
                                     .summary = "Take a device out of use, and say why",
                                     .problems = {"no_such_device", "device_ended", "device_locked"},
                                     .queries = 9,
                                     .if_match = true});
  api.write<UnlockDevice, DeviceView>("POST", "/api/devices/{device}/unlock", unlock_device,
                                      {.who = keepers,
                                       .summary = "A device is in use again",
                                       .problems = {"no_such_device", "device_ended", "device_not_locked"},
                                       .queries = 9,
                                       .if_match = true});
  api.write<EndDevice, DeviceView>("POST", "/api/devices/{device}/end", end_device,
                                   {.who = keepers,
                                    .summary = "Unpair a device; its session ends at once",
                                    .problems = {"no_such_device", "device_ended"},
                                    .queries = 10,
                                    .if_match = true});
}

void add_tender_routes(api::Api& api) {
  const auto tenders =
      api::Who::staff({Role::greeter, Role::window_officer, Role::station_keeper, Role::centre_manager});
  api.read<ListDevices, Page<DeviceView>>("/api/venues/{venue}/devices", list_devices,
                                          {.who = tenders,
                                           .summary = "The devices of a venue, with how they stand",
                                           .problems = {"no_such_venue"},
                                           .queries = 7},
                                          device_sheet());
  api.read<ListDeviceHistory, Page<DeviceHistoryView>>(
      "/api/devices/{device}/history", list_device_history,
      {.who = tenders,
       .summary = "Who did what to a device; the newest first",
       .problems = {"no_such_device"},
       .queries = 3},
      device_history_sheet());
  api.write<CloseEarly, DeviceView>("POST", "/api/devices/{device}/close-early", close_early,
                                    {.who = tenders,
                                     .summary = "Close a device before its time, with a text that it shows",
                                     .problems = {"no_such_device", "device_ended", "period_empty"},
                                     .queries = 15,
                                     .if_match = true});
  api.write<ReopenDevice, DeviceView>("POST", "/api/devices/{device}/reopen", reopen_device,
                                      {.who = tenders,
                                       .summary = "Take an early closing back",
                                       .problems = {"no_such_device", "device_ended", "device_not_closed"},
                                       .queries = 9,
                                       .if_match = true});
}

}  // namespace

void add_device_routes(api::Api& api, const HallAt& hall_at) {
  add_keeper_routes(api, hall_at);
  add_tender_routes(api);
  api.read<ReadOwnDevice, OwnDeviceView>(
      "/api/device", read_own_device,
      {.who = api::Who::device(),
       .summary = "A paired device asks who it is, and whether it is to be used now",
       .queries = 8});
  api.topic("device", {"no_such_device"}, device_topic);
}

}  // namespace doorstep::network
