#include "cases/apply.hpp"
#include "cases/attachment.hpp"
#include "cases/case.hpp"
#include "cases/case_search.hpp"
#include "cases/deadline_routes.hpp"
#include "cases/follow.hpp"
#include "cases/further.hpp"
#include "cases/inquiry_routes.hpp"
#include "cases/intake_routes.hpp"
#include "cases/list_sheet.hpp"
#include "cases/people_routes.hpp"
#include "cases/rating.hpp"
#include "cases/system.hpp"
#include "cases/trips.hpp"

namespace doorstep::cases {

void add_routes(api::Api& api, FileStore& files) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.section("cases", "What people ask for, and those who answer for it.");

  api.read<ReadMatter, MatterView>("/api/matters/{matter}", read_matter,
                                   {.who = api::anyone,
                                    .summary = "What a matter needs, how long it takes, and who does what",
                                    .problems = {"no_such_matter"},
                                    .queries = 1});
  api.read<ReadProgress, CaseProgress>("/api/cases/{token}", read_progress,
                                       {.who = api::anyone,
                                        .summary = "How a case stands, for the one who holds its token",
                                        .problems = {"no_such_case"},
                                        .queries = 20});
  api.read<ListCases, Page<CaseRow>>(
      "/api/desk/cases", list_cases,
      {.who = staff, .summary = "A venue's cases, the newest first", .queries = 1}, case_sheet());
  api.read<ReadCase, CaseView>(
      "/api/desk/cases/{id}", read_case,
      {.who = staff, .summary = "A case, as staff see it", .problems = {"no_such_case"}, .queries = 22});
  api.write<AcceptCase, CaseView>(
      "POST", "/api/desk/cases/{id}/accept", accept_case,
      {.who = staff,
       .summary = "Become a case's handler",
       .problems = {"no_such_case", "already_accepted", "offered_already", "case_over"},
       .queries = 32,
       .if_match = true});
  api.write<AdvanceCase, CaseView>(
      "POST", "/api/desk/cases/{id}/advance", advance_case,
      {.who = staff,
       .summary = "Take a case to its next step",
       .problems = {"no_such_case", "not_your_case", "step_not_allowed", "case_over", "refusal_needs_reason",
                    "refusal_not_asked", "unit_not_named", "unit_must_act", "no_unit_acts", "day_to_come",
                    "papers_to_follow", "child_running"},
       .queries = 39,
       .if_match = true});
  api.look<LookAtApplicant, Applicant>("/api/desk/cases/{id}/applicant", look_at_applicant,
                                       {.who = api::Who::signed_in(),
                                        .summary = "See who applied; the look is recorded with its purpose",
                                        .problems = {"no_such_case", "purpose_missing", "no_applicant"},
                                        .queries = 3});
  add_application_routes(api);
  add_attachment_routes(api, files);
  add_rating_routes(api);
  add_trip_routes(api);
  add_system_routes(api);
  add_further_routes(api);
  add_search_routes(api);
  add_people_routes(api);
  add_intake_routes(api);
  add_deadline_routes(api);
  add_inquiry_routes(api);
  api.topic("case", {"no_such_case"}, listen_to_case);
  api.topic("desk", {}, listen_to_desk);
}

void add_timers(Journal& journal) {
  add_deadline_timers(journal);
  journal.on_timer(std::string{follow_timer}, pass_follow);
  journal.on_timer(std::string{marks_timer}, make_earlier_marks);
}

}  // namespace doorstep::cases
