// Deadlines that reach into a year whose holidays were not known are counted anew when the calendar changes.
// Those that were said without reserve stay as they were said.
#pragma once

#include "cases/cases.hpp"

namespace doorstep::cases {

// Some at a time: the timer sets itself again until all have been counted.
inline constexpr std::string_view recount_timer = "case_recount";
inline constexpr int recount_at_once = 25;
void recount_some(Transaction& tx, const Caller& caller, const std::string& key,
                  const std::string& body_json);

}  // namespace doorstep::cases
