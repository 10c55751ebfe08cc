// A matter that has every kind of deadline.
#pragma once

#include "cases/matter.hpp"

namespace doorstep::testing {

// The law gives twenty working days, the town promises five, the resident has three to bring what is missing,
// the office two for its check.
inline cases::MatterDefinition permit() {
  using cases::Phase;
  cases::MatterDefinition matter{
      .key = "permit",
      .name = {"示例许可", "Permit"},
      .summary = {"示例", "Sample"},
      .authority = {"示例", "Sample"},
      .promised_working_days = 5,
      .materials = {},
      .steps =
          {{"taken_in", {"收下", "Taken in"}, {"窗口", "Window"}, Phase::submitted, {"check", "missing"}},
           {"check",
            {"核查", "Check"},
            {"示例科", "Sample office"},
            Phase::waiting_for_other,
            {"missing", "done"}},
           {"missing",
            {"补材料", "Papers"},
            {"您", "You"},
            Phase::waiting_for_resident,
            {"taken_in", "check", "withdrawn", "done"}},
           {"done", {"办结", "Done"}, {"窗口", "Window"}, Phase::done, {}},
           {"withdrawn", {"撤回", "Withdrawn"}, {"您", "You"}, Phase::withdrawn, {}}},
      .advice = {},
      .source = {"示例", "Sample"}};
  matter.steps[1].limit = cases::StepLimit{.working_days = 2};
  matter.legal = cases::LegalLimit{20, {"示例条例", "Sample law"}};
  matter.supplement_working_days = 3;
  return matter;
}

}  // namespace doorstep::testing
