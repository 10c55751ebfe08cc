#include "cases/apply.hpp"

namespace doorstep::cases {

void add_application_routes(api::Api& api) {
  api.write<ApplyForMatter, Application>(
      "POST", "/api/matters/{matter}/cases", apply_for_matter,
      {.who = api::Who::anyone_or_resident(),
       .summary =
           "Ask for something from a phone; says who answers for it, or at once why it cannot be accepted",
       .problems = {"no_such_matter", "no_such_venue", "unknown_answer", "answer_missing",
                    "too_many_applications", "nobody_answers"},
       .queries = 19,
       .success = 201});
  api.read<ListOwnCases, Page<OwnCase>>("/api/my/cases", list_own_cases,
                                        {.who = api::Who::resident(),
                                         .summary = "What this account asked for, the newest first",
                                         .queries = 1});
  api.look<LookAtAnswers, AnswersView>(
      "/api/desk/cases/{id}/answers", look_at_answers,
      {.who = api::Who::signed_in(),
       .summary = "See what was answered; the look is recorded with its purpose",
       .problems = {"no_such_case", "purpose_missing", "no_answers"},
       .queries = 4});
}

}  // namespace doorstep::cases
