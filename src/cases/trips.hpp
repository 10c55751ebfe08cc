// How often somebody had to come for a case: at most one trip is the promise. 最多跑一趟
//
// A trip is a day on which they came, whoever was asked what. The first counts as ready when all that was
// needed was there that day; each further one has its reason. When the pre-check had not said what was
// needed, a correction of the matter's guide is opened, as a case of its own, or told to the one that runs
// already. What is counted is counted by matter, never by officer.
#pragma once

#include "base/limits.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct TripTag {
  static constexpr std::string_view prefix = "tp";
};
using TripId = Id<TripTag>;

enum class TripReason { not_said, not_brought, nobody_there, to_sign, to_collect, own_wish, other };
BOOST_DESCRIBE_ENUM(TripReason, not_said, not_brought, nobody_there, to_sign, to_collect, own_wish, other)

// The matter under which a guide is corrected; a town that has none keeps the words with the trip.
inline constexpr std::string_view correction_matter = "guide_correction";

struct Correction {
  CaseId id;
  std::string reference;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (id, reference))

struct TripView {
  TripId id;
  Day day;
  bool ready = false;  // of the first: all that was needed was there that day
  std::optional<TripReason> reason;
  std::optional<std::string> words;
  std::optional<Correction> correction;
};
BOOST_DESCRIBE_STRUCT(TripView, (), (id, day, ready, reason, words, correction))

struct TripsView {
  std::vector<TripView> trips;  // in order
  bool today = false;           // the last one is today's
};
BOOST_DESCRIBE_STRUCT(TripsView, (), (trips, today))

struct ReadTrips {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(ReadTrips, (), (id))

// They came today. A day counts once, so no version has to be seen.
struct RecordTrip {
  CaseId id;
  std::optional<TripReason> reason;  // from the second one on
  std::optional<std::string> words;  // what the pre-check did not say, for the correction

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(RecordTrip, (), (id, reason, words))

struct TakeBackTrip {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(TakeBackTrip, (), (id))

TripsView read_trips(Snapshot& snapshot, const Caller& caller, const ReadTrips& wish);
// Throws Problem came_already, trip_needs_reason, trip_needs_words.
TripsView record_trip(Transaction& tx, const Caller& caller, const RecordTrip& wish);
// Today's, by whoever recorded it or by a manager; throws Problem no_trip_today, trip_not_yours.
TripsView take_back_trip(Transaction& tx, const Caller& caller, const TakeBackTrip& wish);

// What a trip asks of its case.
struct CaseAt {
  CaseId id;
  VenueId venue;
  Answers answers;
};
CaseAt case_at(const Snapshot& snapshot, const StoredCase& row);

// That they came, where it shows from something else: a case taken in at a window, a result handed out there.
// Nothing where today is counted already. Six statements at most.
void note_trip(Transaction& tx, const Caller& caller, const CaseAt& at, const MatterDefinition& matter,
               std::optional<TripReason> reason);
// After a paper came or a mark was taken back: whether all is there on the day of the first trip. Two
// statements; six where that is today.
void settle_readiness(Transaction& tx, const Caller& caller, const StoredCase& row,
                      const MatterDefinition& matter);

// How often they came. One statement.
std::int64_t trips_of(Snapshot& snapshot, CaseId id);

// From one day to another, both included.
struct CountTrips {
  VenueId venue;
  Day from;
  Day until;
};
BOOST_DESCRIBE_STRUCT(CountTrips, (), (venue, from, until))

struct ReasonCount {
  TripReason reason{};
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ReasonCount, (), (reason, count))

struct MatterTrips {
  MatterName matter;
  std::int64_t first = 0;              // cases for which somebody came
  std::int64_t ready = 0;              // of these, with all that was needed
  std::int64_t again = 0;              // further trips
  std::vector<ReasonCount> why_again;  // of these, the most frequent first
};
BOOST_DESCRIBE_STRUCT(MatterTrips, (), (matter, first, ready, again, why_again))

struct TripCounts {
  std::vector<MatterTrips> matters;
};
BOOST_DESCRIBE_STRUCT(TripCounts, (), (matters))

TripCounts count_trips(Snapshot& snapshot, const Caller& caller, const CountTrips& wish);

void add_trip_routes(api::Api& api);

}  // namespace doorstep::cases
