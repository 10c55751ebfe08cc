// What venues serve as, from a day on and until another.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "network/venue.hpp"

namespace doorstep::network {

struct VenueFunctionView {
  VenueFunction function{};
  std::optional<Day> since;  // none: for longer than was recorded
  std::optional<Day> until;  // the first day on which it is so no longer
};
BOOST_DESCRIBE_STRUCT(VenueFunctionView, (), (function, since, until))

struct BeginFunction {
  VenueId venue;
  VenueFunction function{};
  std::optional<Day> since;  // absent: today
};
BOOST_DESCRIBE_STRUCT(BeginFunction, (), (venue, function, since))

struct EndFunction {
  VenueId venue;
  VenueFunction function{};
  std::optional<Day> until;  // absent: today
};
BOOST_DESCRIBE_STRUCT(EndFunction, (), (venue, function, until))

VenueFunctionView begin_function(Transaction& tx, const Caller& caller, const BeginFunction& wish);
VenueFunctionView end_function(Transaction& tx, const Caller& caller, const EndFunction& wish);

// Those of a day, of many venues. One statement.
std::map<VenueId, std::vector<VenueFunction>> functions_on(Snapshot& snapshot,
                                                           const std::vector<VenueId>& venues, Day day);
// All that one had, has or is to have, in the order of their names and days. One statement.
std::vector<VenueFunctionView> functions_of(Snapshot& snapshot, VenueId venue);

}  // namespace doorstep::network
