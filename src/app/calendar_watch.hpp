// Looks whether the year that deadlines may reach into is in the calendar, for the log and the metrics: the
// State Council announces it late in the year before, and somebody has to import it.
#pragma once

#include <atomic>

#include "journal/journal.hpp"
#include "journal/worker.hpp"

namespace doorstep::app {

class CalendarWatch {
 public:
  explicit CalendarWatch(Journal& journal);

  void start() { worker_.start(); }
  void stop() { worker_.stop(); }

  // One round.
  void look();
  // Whether a year was missing when it was last looked at.
  bool is_missing() const { return missing_ != 0; }

  static constexpr std::chrono::minutes interval{10};

 private:
  Journal& journal_;
  std::atomic<int> missing_{0};  // the year; 0: none
  Worker worker_;                // last: its thread uses all of the above
};

}  // namespace doorstep::app
