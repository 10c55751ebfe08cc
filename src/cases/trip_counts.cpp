#include "cases/trips.hpp"

namespace doorstep::cases {

namespace {

struct CountRow {
  std::string matter, body;
  bool first = false;
  bool ready = false;
  std::optional<TripReason> reason;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (matter, body, first, ready, reason, count))

void add(MatterTrips& trips, const CountRow& row) {
  if (row.first) {
    trips.first += row.count;
    if (row.ready) trips.ready += row.count;
    return;
  }
  trips.again += row.count;
  if (row.reason) trips.why_again.push_back({*row.reason, row.count});
}

}  // namespace

TripCounts count_trips(Snapshot& snapshot, const Caller& caller, const CountTrips& wish) {
  require_role(caller, {Role::centre_manager}, wish.venue);
  TripCounts counts;
  for (
      const auto& row : snapshot.all<CountRow>(
          "select n.matter, d.body, n.first, n.ready, n.reason, n.count from"
          " (select matter, case when number = 1 then 1 else 0 end as first, ready,"
          " case when number = 1 then null else reason end as reason, count(*) as count from case_trips"
          " where venue = :venue and day >= :from and day <= :until and ended_at is null group by 1, 2, 3, 4) n"
          " join matters m on m.key = n.matter join matter_definitions d on d.hash = m.hash"
          " order by n.matter, n.count desc, n.reason",
          {{"venue", wish.venue}, {"from", wish.from}, {"until", wish.until}})) {
    if (counts.matters.empty() || counts.matters.back().matter.key != row.matter) {
      const auto matter = read_json<MatterDefinition>(row.body);
      counts.matters.push_back({.matter = {matter.key, matter.name}, .why_again = {}});
    }
    add(counts.matters.back(), row);
  }
  return counts;
}

}  // namespace doorstep::cases
