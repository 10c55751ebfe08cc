// Handing out the result 出件: at the counter, by post, or at a station near home. The resident chooses, or
// an officer for them, until it was handed out; then it is kept when, by whom, and to whom.
#pragma once

#include "api/outcome.hpp"
#include "base/limits.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct ChooseResultWay {
  CaseId id;
  std::int64_t version = 0;
  ResultWay way{};
  std::optional<VenueId> venue;  // the station, and nothing else has one
};
BOOST_DESCRIBE_STRUCT(ChooseResultWay, (), (id, version, way, venue))

struct ChooseOwnResultWay {
  std::string token;
  ResultWay way{};
  std::optional<VenueId> venue;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(ChooseOwnResultWay, (), (token, way, venue))

struct HandOutResult {
  CaseId id;
  std::int64_t version = 0;
  ResultTaker taken_by{};
  std::string taker;  // their name

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(HandOutResult, (), (id, version, taken_by, taker))

// Throw Problem no_result where the case was refused or withdrawn, result_handed_out, station_unclear,
// no_such_venue.
CaseView choose_result_way(Transaction& tx, const Caller& caller, const ChooseResultWay& wish);
Nothing choose_own_result_way(Transaction& tx, const Caller& caller, const ChooseOwnResultWay& wish);
// Of a case that is done; throws Problem no_result, result_handed_out.
CaseView hand_out_result(Transaction& tx, const Caller& caller, const HandOutResult& wish);

// One statement.
std::optional<ResultView> result_of(Snapshot& snapshot, CaseId id);

}  // namespace doorstep::cases
