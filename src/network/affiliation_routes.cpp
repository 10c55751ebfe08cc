#include "network/membership.hpp"
#include "network/routes.hpp"
#include "network/volunteers.hpp"

namespace doorstep::network {

void add_affiliation_routes(api::Api& api) {
  api.write<PutVolunteering, identity::PersonView>(
      "PUT", "/api/people/{person}/volunteering", put_volunteering,
      {.who = api::Who::staff({Role::greeter, Role::window_officer, Role::centre_manager}),
       .summary = "Somebody helps as a volunteer: skills, since when, where; or no longer",
       .problems = {"no_such_person", "person_erased", "place_unclear", "no_such_venue", "venue_ended",
                    "no_such_organisation", "organisation_ended", "invalid_register_number", "day_to_come"},
       .queries = 14,
       .if_match = true});
  api.look<FindVolunteers, Page<VolunteerView>>(
      "/api/volunteers/find", find_volunteers,
      {.who = api::Who::signed_in(),
       .summary = "The volunteers of a venue or an organisation; masked, and recorded with its purpose",
       .problems = {"place_unclear", "no_such_venue", "no_such_organisation", "purpose_missing"},
       .queries = 8});
  api.write<PutMembership, identity::PersonView>(
      "PUT", "/api/people/{person}/membership", put_membership,
      {.who = api::Who::staff({Role::window_officer, Role::centre_manager}),
       .summary = "Record a person's membership of the Party, or take it off",
       .problems = {"no_such_person", "person_erased", "no_such_organisation", "membership_needs_branch",
                    "organisation_ended", "day_to_come"},
       .queries = 14,
       .if_match = true});
  api.look<LookAtMembership, MembershipView>(
      "/api/people/{person}/membership/look", look_at_membership,
      {.who = api::Who::signed_in(),
       .summary = "See a person's membership of the Party; the look is recorded with its purpose",
       .problems = {"no_such_person", "purpose_missing", "person_erased"},
       .queries = 5});
}

}  // namespace doorstep::network
