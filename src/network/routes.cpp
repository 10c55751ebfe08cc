#include "network/routes.hpp"

#include <memory>

#include "network/grants.hpp"
#include "network/list_sheets.hpp"
#include "network/organisation.hpp"
#include "network/tree.hpp"
#include "network/venue.hpp"

namespace doorstep::network {

namespace {

void add_organisation_routes(api::Api& api, const api::Who& managers) {
  api.read<ListOrganisations, Page<OrganisationView>>(
      "/api/organisations", list_organisations,
      {.who = api::Who::signed_in(),
       .summary = "The organisations directly below one, or the roots",
       .problems = {"no_such_organisation"},
       .queries = 2});
  api.read_sheet<ListOrganisationTree>(
      "/api/organisations.xlsx", organisation_lines,
      {.who = api::Who::signed_in(),
       .summary = "The organisations anywhere below one, or all of them, as a tree",
       .problems = {"no_such_organisation"},
       .queries = 2},
      organisation_sheet());
  api.read<ReadOrganisation, OrganisationView>("/api/organisations/{organisation}", read_organisation,
                                               {.who = api::Who::signed_in(),
                                                .summary = "An organisation",
                                                .problems = {"no_such_organisation"},
                                                .queries = 1});
  api::Rules run{.who = api::Who::signed_in(),
                 .summary = "The venues that an organisation runs",
                 .problems = {"no_such_organisation"},
                 .queries = 2};
  api.read<ListVenues, Page<VenueView>>("/api/organisations/{organisation}/venues", list_venues, run);
  run.queries += 2;
  api.read_sheet<ListVenues>("/api/organisations/{organisation}/venues.xlsx", run_venue_lines, std::move(run),
                             run_venue_sheet());
  api.write<RecordOrganisation, OrganisationView>("POST", "/api/organisations", record_organisation,
                                                  {.who = managers,
                                                   .summary = "Record an organisation",
                                                   .problems = {"no_such_organisation", "organisation_ended"},
                                                   .queries = 4,
                                                   .success = 201});
  api.write<EditOrganisation, OrganisationView>(
      "PATCH", "/api/organisations/{organisation}", edit_organisation,
      {.who = managers,
       .summary = "Rename an organisation, or move it with all below it",
       .problems = {"no_such_organisation", "organisation_ended", "organisation_below_itself"},
       .queries = 7,
       .if_match = true});
  api.write<EndOrganisation, OrganisationView>(
      "POST", "/api/organisations/{organisation}/end", end_organisation,
      {.who = managers,
       .summary = "End an organisation that nothing stands below; its history stays",
       .problems = {"no_such_organisation", "organisation_ended", "organisation_in_use"},
       .queries = 7,
       .if_match = true});
}

void add_grant_routes(api::Api& api, const api::Who& managers) {
  api::Rules list{.who = managers,
                  .summary = "Who has which role at an organisation, at a venue, or in the whole town",
                  .problems = {"no_such_organisation", "no_such_venue", "one_place_only"},
                  .queries = 2};
  api.read<ListGrants, Page<GrantView>>("/api/grants", list_grants, list);
  ++list.queries;
  api.read_sheet<ListGrants>("/api/grants.xlsx", grant_lines, std::move(list), grant_sheet());
  api.write<GiveRole, GrantView>(
      "POST", "/api/grants", give_role,
      {.who = managers,
       .summary = "Give a member of staff a role",
       .problems = {"no_such_staff", "no_such_organisation", "no_such_venue", "one_place_only",
                    "period_empty", "period_beyond_own", "role_held_already"},
       .queries = 5,
       .success = 201});
  api.write<EndRole, Nothing>("POST", "/api/grants/{grant}/end", end_role,
                              {.who = managers,
                               .summary = "Take a role back",
                               .problems = {"no_such_grant", "last_administrator"},
                               .queries = 3,
                               .success = 204});
}

}  // namespace

void add_routes(api::Api& api, const std::vector<VenueUse>& uses, const HallAt& hall_at) {
  api.section("network", "Organisations and venues, who has which role where, posts and who is there.");
  api.zone_with(local_zone);
  api.reach_with([tree = std::make_shared<Tree>()](Snapshot& snapshot) { return tree->reach(snapshot); });
  const auto managers = api::Who::staff({Role::centre_manager});
  add_organisation_routes(api, managers);
  add_grant_routes(api, managers);
  add_post_routes(api);
  add_venue_routes(api, uses);
  add_device_routes(api, hall_at);
  add_address_routes(api, managers);
  add_grid_routes(api, managers);
  add_past_activity_routes(api, managers);
  add_affiliation_routes(api);
}

}  // namespace doorstep::network
