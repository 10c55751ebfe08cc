#include "network/directory.hpp"
#include "network/list_sheets.hpp"
#include "network/routes.hpp"

namespace doorstep::network {

namespace {

void add_public_routes(api::Api& api) {
  api::Rules list{
      .who = api::anyone,
      .summary = "The venues of the network, by level, by function, by community, by words, those open now",
      .queries = 6};
  api.read<FindVenues, Page<VenueListing>>("/api/venues", find_venues, list);
  list.queries += 2;
  api.read_sheet<FindVenues>("/api/venues.xlsx", venue_lines, std::move(list), venue_sheet());
  api.read<NearestVenues, NearVenues>(
      "/api/venues/nearest", nearest_venues,
      {.who = api::anyone,
       .summary = "The venues nearest to a point that are open now, by distance in a straight line",
       .queries = 6});
  api.read<ReadVenue, VenuePage>(
      "/api/venues/{venue}", read_venue,
      {.who = api::anyone,
       .summary = "A venue: when it is open, what it serves as, its rooms, its names over the years",
       .problems = {"no_such_venue"},
       .queries = 9});
}

void add_manager_routes(api::Api& api, const api::Who& managers, const std::vector<VenueUse>& uses) {
  api.write<RecordVenue, VenueView>(
      "POST", "/api/venues", record_venue,
      {.who = managers,
       .summary = "Record a venue",
       .problems = {"no_such_organisation", "organisation_ended", "no_such_community", "day_to_come"},
       .queries = 10,
       .success = 201});
  api.write<EditVenue, VenueView>("PATCH", "/api/venues/{venue}", edit_venue,
                                  {.who = managers,
                                   .summary = "Edit a venue, or give it into other hands",
                                   .problems = {"no_such_venue", "no_such_organisation", "organisation_ended",
                                                "no_such_community", "venue_ended"},
                                   .queries = 10,
                                   .if_match = true});
  api.write<RenameVenue, VenueView>(
      "POST", "/api/venues/{venue}/names", rename_venue,
      {.who = managers,
       .summary = "A venue's name from a day on; the old one stays in its history",
       .problems = {"no_such_venue", "venue_ended", "day_to_come"},
       .queries = 7,
       .if_match = true});
  api.write<EndVenue, VenueView>("POST", "/api/venues/{venue}/end",
                                 [uses](Transaction& tx, const Caller& caller, const EndVenue& wish) {
                                   return end_venue(tx, caller, wish, uses);
                                 },
                                 {.who = managers,
                                  .summary = "End a venue that nothing is in hand at; its history stays",
                                  .problems = {"no_such_venue", "venue_ended", "venue_in_use"},
                                  .queries = 7 + static_cast<int>(uses.size()),
                                  .if_match = true});
  api.write<BeginFunction, VenueFunctionView>(
      "POST", "/api/venues/{venue}/functions", begin_function,
      {.who = managers,
       .summary = "A venue serves as something from a day on",
       .problems = {"no_such_venue", "venue_ended", "function_held_already"},
       .queries = 5,
       .success = 201});
  api.write<EndFunction, VenueFunctionView>(
      "POST", "/api/venues/{venue}/functions/end", end_function,
      {.who = managers,
       .summary = "A venue serves as something no longer, from a day on",
       .problems = {"no_such_venue", "venue_ended", "no_such_function"},
       .queries = 4});
}

void add_keeper_routes(api::Api& api) {
  const auto keepers = api::Who::staff({Role::centre_manager, Role::station_keeper});
  api.write<PutHours, WeekView>(
      "PUT", "/api/venues/{venue}/hours", put_hours,
      {.who = keepers,
       .summary = "A venue's weekly hours, as a whole",
       .problems = {"no_such_venue", "venue_ended", "hours_backwards", "hours_overlap"},
       .queries = 87,
       .if_match = true});
  api.write<PutException, ExceptionView>(
      "PUT", "/api/venues/{venue}/exceptions/{day}", put_exception,
      {.who = keepers,
       .summary = "A day on which a venue does not keep its week",
       .problems = {"no_such_venue", "venue_ended", "day_past", "hours_while_closed", "hours_backwards",
                    "hours_overlap"},
       .queries = 12});
  api.write<RemoveException, Nothing>("DELETE", "/api/venues/{venue}/exceptions/{day}", remove_exception,
                                      {.who = keepers,
                                       .summary = "A venue keeps its week on that day after all",
                                       .problems = {"no_such_venue", "venue_ended"},
                                       .queries = 2,
                                       .success = 204});
  api.write<RecordRoom, RoomView>("POST", "/api/venues/{venue}/rooms", record_room,
                                  {.who = keepers,
                                   .summary = "Record a room of a venue",
                                   .problems = {"no_such_venue", "venue_ended"},
                                   .queries = 3,
                                   .success = 201});
  api.write<EditRoom, RoomView>("PATCH", "/api/rooms/{room}", edit_room,
                                {.who = keepers,
                                 .summary = "Edit a room",
                                 .problems = {"no_such_room", "venue_ended", "room_ended"},
                                 .queries = 4,
                                 .if_match = true});
  api.write<EndRoom, RoomView>("POST", "/api/rooms/{room}/end", end_room,
                               {.who = keepers,
                                .summary = "End a room",
                                .problems = {"no_such_room", "venue_ended", "room_ended"},
                                .queries = 4,
                                .if_match = true});
}

}  // namespace

void add_venue_routes(api::Api& api, const std::vector<VenueUse>& uses) {
  add_public_routes(api);
  add_manager_routes(api, api::Who::staff({Role::centre_manager}), uses);
  add_keeper_routes(api);
}

}  // namespace doorstep::network
