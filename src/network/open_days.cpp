#include <set>

#include "network/duty.hpp"

namespace doorstep::network {

namespace {

struct ClosedRow {
  VenueId venue;
  Day day;
};
BOOST_DESCRIBE_STRUCT(ClosedRow, (), (venue, day))

struct NamedRow {
  Day day;
  bool workday = false;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (day, workday))

struct WeekRow {
  VenueId venue;
  int weekday = 0;
};
BOOST_DESCRIBE_STRUCT(WeekRow, (), (venue, weekday))

}  // namespace

std::map<VenueId, std::vector<Day>> open_days(Snapshot& snapshot, const std::vector<VenueId>& venues,
                                              Day from, Day until) {
  std::set<std::pair<VenueId, Day>> closed;
  for (const auto& row :
       snapshot.all<ClosedRow>("select venue, day from venue_exceptions"
                               " where venue in (:venues) and day between :from and :until and closed = 1",
                               {{"venues", storage::in(venues)}, {"from", from}, {"until", until}})) {
    closed.emplace(row.venue, row.day);
  }
  std::map<Day, bool> named;
  for (const auto& row :
       snapshot.all<NamedRow>("select day, workday from calendar_days where day between :from and :until",
                              {{"from", from}, {"until", until}})) {
    named.emplace(row.day, row.workday);
  }
  std::map<VenueId, std::set<int>> week;
  for (const auto& row : snapshot.all<WeekRow>(
           "select distinct venue, weekday from venue_hours where venue in (:venues) order by venue, weekday",
           {{"venues", storage::in(venues)}})) {
    week[row.venue].insert(row.weekday);
  }
  std::map<VenueId, std::vector<Day>> open;
  for (const auto venue : venues) {
    for (auto day = from; day <= until; day = day + 1) {
      const auto known = named.find(day);
      const auto kept = kept_weekday(day, known == named.end() ? std::nullopt : std::optional{known->second});
      if (week[venue].contains(kept) && !closed.contains({venue, day})) open[venue].push_back(day);
    }
  }
  return open;
}

}  // namespace doorstep::network
