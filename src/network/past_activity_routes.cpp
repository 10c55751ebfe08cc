#include "network/list_sheets.hpp"
#include "network/past_activity.hpp"
#include "network/routes.hpp"

namespace doorstep::network {

void add_past_activity_routes(api::Api& api, const api::Who& managers) {
  api::Rules list{
      .who = api::Who::signed_in(),
      .summary = "Activities that were held, the latest day first; by organisation, venue or kind",
      .queries = 2};
  api.read<ListPastActivities, Page<PastActivityView>>("/api/past-activities", list_past_activities, list);
  --list.queries;  // it begins at no cursor
  api.read_sheet<ListPastActivities>("/api/past-activities.xlsx", list_past_activities, std::move(list),
                                     past_activity_sheet());
  api.write<RecordPastActivity, PastActivityView>(
      "POST", "/api/past-activities", record_past_activity,
      {.who = managers,
       .summary = "Record an activity that was held; nobody is named in it",
       .problems = {"no_such_organisation", "no_such_venue", "day_to_come"},
       .queries = 5,
       .success = 201});
  api.write<EditPastActivity, PastActivityView>(
      "PATCH", "/api/past-activities/{activity}", edit_past_activity,
      {.who = managers,
       .summary = "Put right what is on record of an activity",
       .problems = {"no_such_past_activity", "past_activity_ended", "no_such_venue", "day_to_come"},
       .queries = 5,
       .if_match = true});
  api.write<EndPastActivity, PastActivityView>("POST", "/api/past-activities/{activity}/end",
                                               end_past_activity,
                                               {.who = managers,
                                                .summary = "An activity was recorded by mistake",
                                                .problems = {"no_such_past_activity", "past_activity_ended"},
                                                .queries = 3,
                                                .if_match = true});
}

}  // namespace doorstep::network
