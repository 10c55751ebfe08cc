#include "cases/people_routes.hpp"

#include "cases/handing_over.hpp"

namespace doorstep::cases {

void add_people_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.write<OfferCase, CaseView>("POST", "/api/desk/cases/{id}/offer", offer_case,
                                 {.who = staff,
                                  .summary = "Ask another officer of the venue to take a case over",
                                  .problems = {"no_such_case", "not_your_case", "case_over",
                                               "offered_already", "handles_already", "no_such_staff"},
                                  .queries = 25,
                                  .if_match = true});
  api.write<TakeOverCase, CaseView>("POST", "/api/desk/cases/{id}/offer/accept", take_over_case,
                                    {.who = staff,
                                     .summary = "Take over a case that was offered to oneself",
                                     .problems = {"no_such_case", "not_your_case", "case_over", "no_offer"},
                                     .queries = 23,
                                     .if_match = true});
  api.write<DeclineCase, CaseView>("POST", "/api/desk/cases/{id}/offer/decline", decline_case,
                                   {.who = staff,
                                    .summary = "Decline a case that was offered to oneself, with a reason",
                                    .problems = {"no_such_case", "not_your_case", "case_over", "no_offer"},
                                    .queries = 23,
                                    .if_match = true});
  api.write<WithdrawOffer, CaseView>("POST", "/api/desk/cases/{id}/offer/withdraw", withdraw_offer,
                                     {.who = staff,
                                      .summary = "Take back the offer of a case",
                                      .problems = {"no_such_case", "not_your_case", "case_over", "no_offer"},
                                      .queries = 23,
                                      .if_match = true});
}

}  // namespace doorstep::cases
