#include "app/calendar_watch.hpp"

#include "base/log.hpp"
#include "network/calendar.hpp"

namespace doorstep::app {

CalendarWatch::CalendarWatch(Journal& journal)
    : journal_(journal), worker_("calendar watch", [this] {
        look();
        return Worker::Duration{interval};
      }) {}

void CalendarWatch::look() {
  int year = 0;
  journal_.read_now(
      [&](Snapshot& snapshot, Instant at) { year = network::missing_year(snapshot, at).value_or(0); });
  if (missing_.exchange(year) != year && year != 0) log_warning("calendar_year_missing", {{"year", year}});
}

}  // namespace doorstep::app
