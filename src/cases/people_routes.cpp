#include "cases/people_routes.hpp"

#include "cases/handing_over.hpp"
#include "cases/units.hpp"

namespace doorstep::cases {

void add_people_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.write<OfferCase, CaseView>("POST", "/api/desk/cases/{id}/offer", offer_case,
                                 {.who = staff,
                                  .summary = "Ask another officer of the venue to take a case over",
                                  .problems = {"no_such_case", "not_your_case", "case_over",
                                               "offered_already", "handles_already", "no_such_staff"},
                                  .queries = 35,
                                  .if_match = true});
  api.write<TakeOverCase, CaseView>("POST", "/api/desk/cases/{id}/offer/accept", take_over_case,
                                    {.who = staff,
                                     .summary = "Take over a case that was offered to oneself",
                                     .problems = {"no_such_case", "not_your_case", "case_over", "no_offer"},
                                     .queries = 33,
                                     .if_match = true});
  api.write<DeclineCase, CaseView>("POST", "/api/desk/cases/{id}/offer/decline", decline_case,
                                   {.who = staff,
                                    .summary = "Decline a case that was offered to oneself, with a reason",
                                    .problems = {"no_such_case", "not_your_case", "case_over", "no_offer"},
                                    .queries = 33,
                                    .if_match = true});
  api.write<WithdrawOffer, CaseView>("POST", "/api/desk/cases/{id}/offer/withdraw", withdraw_offer,
                                     {.who = staff,
                                      .summary = "Take back the offer of a case",
                                      .problems = {"no_such_case", "not_your_case", "case_over", "no_offer"},
                                      .queries = 33,
                                      .if_match = true});
  const auto at_units = api::Who::staff({Role::branch_secretary, Role::committee_officer});
  api.write<NameUnit, CaseView>(
      "PUT", "/api/desk/cases/{id}/units/{unit}", name_unit,
      {.who = staff,
       .summary = "Say which organisation, or which unit outside, a unit of the matter is in this case",
       .problems = {"no_such_case", "not_your_case", "case_over", "no_such_unit", "unit_unclear",
                    "no_such_organisation", "organisation_ended"},
       .queries = 35,
       .if_match = true});
  api.read<ListUnitCases, Page<UnitCaseRow>>(
      "/api/desk/unit_cases", list_unit_cases,
      {.who = at_units,
       .summary = "The cases that wait for an organisation which one acts for, the newest first",
       .queries = 1});
  api.write<AdvanceUnitCase, Nothing>(
      "POST", "/api/desk/unit_cases/{id}/advance", advance_unit_case,
      {.who = at_units,
       .summary = "Take on a case that waits for one's organisation",
       .problems = {"no_such_case", "step_not_allowed", "unit_not_named", "refusal_needs_reason",
                    "refusal_not_asked", "papers_to_follow", "child_running"},
       .queries = 13,
       .success = 204,
       .if_match = true});
}

}  // namespace doorstep::cases
