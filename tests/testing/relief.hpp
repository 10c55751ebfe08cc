// A matter with all that may happen around taking in: a step that waits for the resident, one for those who
// withdraw, reasons to refuse it, papers that may follow, and a declaration in place of a proof. Another
// system decides it.
#pragma once

#include "cases/definition.hpp"

namespace doorstep::testing {

inline cases::MatterDefinition relief() {
  using cases::Material;
  using cases::Phase;
  return {
      .key = "relief",
      .name = {"临时救助", "Relief"},
      .summary = {"示例", "Sample"},
      .authority = {"示例", "Sample"},
      .promised_working_days = 5,
      .materials =
          {Material{.key = "form", .name = {"申请表", "Form"}, .note = {"", ""}},
           Material{.key = "card", .name = {"身份证", "Card"}, .note = {"", ""}},
           Material{.key = "bank", .name = {"银行卡", "Bank card"}, .note = {"", ""}, .secondary = true},
           Material{
               .key = "letter", .name = {"介绍信", "Letter"}, .note = {"", ""}, .proves_membership = true}},
      .steps = {{"taken_in",
                 {"收件", "Taken in"},
                 {"窗口", "Window"},
                 Phase::submitted,
                 {"papers", "check", "refused"}},
                {"papers",
                 {"等补材料", "Waiting for papers"},
                 {"申请人", "Applicant"},
                 Phase::waiting_for_resident,
                 {"check", "refused"}},
                {"check",
                 {"审核", "Check"},
                 {"承办人", "Handler"},
                 Phase::in_work,
                 {"papers", "decided", "done", "refused"}},
                {"decided", {"决定", "Decided"}, {"承办人", "Handler"}, Phase::in_work, {"done"}},
                {"done", {"办结", "Done"}, {"窗口", "Window"}, Phase::done, {}},
                {"refused", {"不予办理", "Refused"}, {"窗口", "Window"}, Phase::refused, {}},
                {"withdrawn", {"已撤回", "Withdrawn"}, {"申请人", "Applicant"}, Phase::withdrawn, {}}},
      .advice = {},
      .source = {"示例", "Sample"},
      .system = cases::OtherSystem::member_system,
      .follow_working_days = 3,
      .declaration = Text{"我声明情况属实", "I declare that this is true"},
      .refusals = {{{.key = "not_here",
                     .reason = {"不归本镇管", "Not of this town"},
                     .remedy = {"请到户籍所在地去办", "Please go where you are registered"}}}}};
}

// The same, where the letter is needed of those alone who come for somebody else.
inline cases::MatterDefinition relief_by_who_comes() {
  auto matter = relief();
  matter.questions = {{{.key = "who",
                        .ask = {"谁来？", "Who comes?"},
                        .answers = {{"self", {"本人", "I"}}, {"other", {"别人", "Somebody else"}}}}}};
  matter.materials[3].when = {{{"who", {"other"}}}};
  return matter;
}

}  // namespace doorstep::testing
