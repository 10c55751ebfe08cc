#include "cases/trips.hpp"

namespace doorstep::cases {

void add_trip_routes(api::Api& api) {
  const auto staff = api::Who::staff(at_cases);
  api.read<ReadTrips, TripsView>("/api/desk/cases/{id}/trips", read_trips,
                                 {.who = staff,
                                  .summary = "The days on which somebody came for a case, and why again",
                                  .problems = {"no_such_case"},
                                  .queries = 9});
  api.write<RecordTrip, TripsView>(
      "POST", "/api/desk/cases/{id}/trips", record_trip,
      {.who = staff,
       .summary = "They came today; from the second time on with the reason",
       .problems = {"no_such_case", "came_already", "trip_needs_reason", "trip_needs_words"},
       .queries = 33,
       .success = 201});
  api.write<TakeBackTrip, TripsView>("POST", "/api/desk/cases/{id}/trips/take-back", take_back_trip,
                                     {.who = staff,
                                      .summary = "Take back today's trip that was a mistake",
                                      .problems = {"no_such_case", "no_trip_today", "trip_not_yours"},
                                      .queries = 23});
  api.read<CountTrips, TripCounts>(
      "/api/desk/trips/counts", count_trips,
      {.who = api::Who::staff({Role::centre_manager}),
       .summary =
           "How often people came for each matter in a time, and who had all with them; never by officer",
       .queries = 1});
}

}  // namespace doorstep::cases
