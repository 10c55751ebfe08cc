// What happens around taking in: papers that come later, what is missing told once, and how a case ends.
#include "cases/intake_routes.hpp"

#include "cases/child.hpp"
#include "cases/ending.hpp"
#include "cases/follow.hpp"
#include "cases/materials.hpp"
#include "cases/note.hpp"
#include "cases/notice.hpp"
#include "cases/receipt.hpp"
#include "cases/result.hpp"

namespace doorstep::cases {

void add_intake_routes(api::Api& api) {
  const auto staff = api::Who::staff(at_cases);
  api.write<ReceiveMaterial, CaseView>(
      "POST", "/api/desk/cases/{id}/materials", receive_material,
      {.who = staff,
       .summary = "Take in a paper that was missing",
       .problems = {"no_such_case", "case_over", "unknown_material", "material_received"},
       .queries = 49,
       .if_match = true});
  api.write<TakeBackMaterial, CaseView>(
      "POST", "/api/desk/cases/{id}/materials/take-back", take_back_material,
      {.who = staff,
       .summary = "Take back a paper's mark that was a mistake, on the same day",
       .problems = {"no_such_case", "case_over", "material_not_received", "mark_not_yours", "mark_too_old"},
       .queries = 41,
       .if_match = true});
  api.write<TellMissing, CaseView>(
      "POST", "/api/desk/cases/{id}/notices", tell_missing,
      {.who = staff,
       .summary = "Tell the applicant at once all that is missing; the case waits for them",
       .problems = {"no_such_case", "not_your_case", "case_over", "nothing_missing", "unknown_material",
                    "material_received", "told_already", "cannot_wait_here"},
       .queries = 121,
       .if_match = true});
  api.write<LetFollow, CaseView>(
      "POST", "/api/desk/cases/{id}/follow", let_follow,
      {.who = staff,
       .summary = "Accept the case with a paper to follow, against the applicant's signed promise",
       .problems = {"no_such_case", "not_your_case", "case_over", "unknown_material", "material_received",
                    "follows_already", "never_follows"},
       .queries = 47,
       .if_match = true});
  api.write<SignDeclaration, CaseView>(
      "POST", "/api/desk/cases/{id}/declaration", sign_declaration,
      {.who = staff,
       .summary = "Record that the declaration was signed in place of a proof",
       .problems = {"no_such_case", "not_your_case", "case_over", "no_declaration", "declared_already"},
       .queries = 34,
       .if_match = true});
  api.write<NoteCase, CaseView>("POST", "/api/desk/cases/{id}/notes", note_case,
                                {.who = staff,
                                 .summary = "Note something about a case, for staff",
                                 .problems = {"no_such_case"},
                                 .queries = 31});
  api.read<ReadReceipt, ReceiptView>("/api/desk/cases/{id}/receipt", read_receipt,
                                     {.who = staff,
                                      .summary = "The receipt of what was handed in, to be printed",
                                      .problems = {"no_such_case"},
                                      .queries = 14});
  api.read<ReadOwnReceipt, ReceiptView>("/api/cases/{token}/receipt", read_own_receipt,
                                        {.who = api::anyone,
                                         .summary = "The receipt, for the one who holds the token",
                                         .problems = {"no_such_case"},
                                         .queries = 8});
  api.write<OpenChildCase, CaseView>(
      "POST", "/api/desk/cases/{id}/children", open_child_case,
      {.who = staff,
       .summary = "Open a case that belongs to this one, for the same applicant",
       .problems = {"no_such_case", "not_your_case", "case_over", "no_such_matter", "child_of_a_child",
                    "too_many_children"},
       .queries = 66,
       .success = 201,
       .if_match = true});
  api.write<WithdrawCase, CaseView>("POST", "/api/desk/cases/{id}/withdraw", withdraw_case,
                                    {.who = staff,
                                     .summary = "Withdraw a case, as the applicant at the window wishes",
                                     .problems = {"no_such_case", "case_over"},
                                     .queries = 37,
                                     .if_match = true});
  api.write<WithdrawOwnCase, Nothing>("POST", "/api/cases/{token}/withdraw", withdraw_own_case,
                                      {.who = api::anyone,
                                       .summary = "Withdraw a case, by whoever holds its token",
                                       .problems = {"no_such_case", "case_over"},
                                       .queries = 11,
                                       .success = 204});
  api.write<ReopenCase, CaseView>(
      "POST", "/api/desk/cases/{id}/reopen", reopen_case,
      {.who = staff,
       .summary = "Take up a case again that has ended, where it was",
       .problems = {"no_such_case", "not_your_case", "case_running", "too_late_to_reopen", "parent_over"},
       .queries = 44,
       .if_match = true});
  api.write<ChooseResultWay, CaseView>(
      "POST", "/api/desk/cases/{id}/result", choose_result_way,
      {.who = staff,
       .summary = "Choose how the result is handed out",
       .problems = {"no_such_case", "no_result", "result_handed_out", "station_unclear", "no_such_venue"},
       .queries = 34,
       .if_match = true});
  api.write<ChooseOwnResultWay, Nothing>(
      "POST", "/api/cases/{token}/result", choose_own_result_way,
      {.who = api::anyone,
       .summary = "Choose how the result is handed out, by whoever holds the token",
       .problems = {"no_such_case", "no_result", "result_handed_out", "station_unclear", "no_such_venue"},
       .queries = 6,
       .success = 204});
  api.write<HandOutResult, CaseView>("POST", "/api/desk/cases/{id}/result/handed-out", hand_out_result,
                                     {.who = staff,
                                      .summary = "Record that the result was handed out, and to whom",
                                      .problems = {"no_such_case", "no_result", "result_handed_out"},
                                      .queries = 39,
                                      .if_match = true});
}

}  // namespace doorstep::cases
