#include "network/device_history.hpp"

#include "network/device.hpp"

namespace doorstep::network {

namespace {

struct HistoryRow {
  DeviceHistoryId id;
  DeviceAct what{};
  StaffId staff;
  Instant at;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(HistoryRow, (), (id, what, staff, at, note))

}  // namespace

Page<DeviceHistoryView> list_device_history(Snapshot& snapshot, const Caller& caller,
                                            const ListDeviceHistory& wish) {
  require_tended_device(snapshot, caller, wish.device);
  const int limit = page_limit(wish.limit);
  // The newest first: a cursor goes down from the largest id.
  const auto before = page_after(wish.cursor);
  const auto rows = snapshot.all<HistoryRow>(
      "select id, what, staff, at, note from device_history where device = :device and id < :before"
      " order by id desc limit :limit",
      {{"device", wish.device}, {"before", before == 0 ? INT64_MAX : before}, {"limit", limit + 1}});
  std::vector<StaffId> people;
  for (const auto& row : rows) people.push_back(row.staff);
  const auto names = identity::names_of(snapshot, people);
  return page_of(
      rows, limit, [](const HistoryRow& row) { return row.id.value; },
      [&](const HistoryRow& row) {
        return DeviceHistoryView{
            .id = row.id, .what = row.what, .by = names.at(row.staff), .at = row.at, .note = row.note};
      });
}

void put_device_history(Transaction& tx, const Caller& caller, DeviceId device, DeviceAct what,
                        const std::optional<std::string>& note) {
  tx.run(
      "insert into device_history (id, device, what, staff, at, note)"
      " values (:id, :device, :what, :staff, :at, :note)",
      {{"id", tx.new_id<DeviceHistoryId>()},
       {"device", device},
       {"what", what},
       {"staff", require_staff(caller).id},
       {"at", caller.at},
       {"note", note}});
}

}  // namespace doorstep::network
