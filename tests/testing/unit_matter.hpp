// A matter in which other units act: a branch of the town, and an office of the district.
#pragma once

#include "cases/definition.hpp"

namespace doorstep::testing {

inline cases::MatterDefinition relay_matter() {
  using cases::Actor;
  using cases::Phase;
  return {.key = "relay",
          .name = {"示例转办", "Relay"},
          .summary = {"示例", "Sample"},
          .authority = {"示例", "Sample"},
          .promised_working_days = 5,
          .materials = {{"letter", {"介绍信", "Letter"}, {"", ""}, false},
                        {"photo", {"照片", "Photo"}, {"", ""}, true}},
          .steps = {{.key = "taken_in",
                     .name = {"收下", "Taken in"},
                     .who = {"窗口", "Window"},
                     .phase = Phase::submitted,
                     .next = {"with_branch", "with_district", "done"}},
                    {.key = "with_branch",
                     .name = {"等支部接收", "With the branch"},
                     .who = {"接收支部", "Receiving branch"},
                     .phase = Phase::waiting_for_other,
                     .next = {"with_district", "done", "refused"},
                     .actor = Actor::unit,
                     .unit = "branch"},
                    {.key = "with_district",
                     .name = {"等区里答复", "With the district"},
                     .who = {"区里", "District"},
                     .phase = Phase::waiting_for_other,
                     .next = {"with_branch", "done"},
                     .actor = Actor::unit,
                     .unit = "district"},
                    {.key = "done",
                     .name = {"办结", "Done"},
                     .who = {"窗口", "Window"},
                     .phase = Phase::done,
                     .next = {}},
                    {.key = "refused",
                     .name = {"不予办理", "Refused"},
                     .who = {"窗口", "Window"},
                     .phase = Phase::refused,
                     .next = {}}},
          .advice = {},
          .source = {"示例", "Sample"},
          .follow_working_days = 10,
          .declaration = Text{"示例", "Sample"},
          .units = {{{"branch", {"接收支部", "Receiving branch"}},
                     {"district", {"区里的部门", "Office of the district"}}}}};
}

}  // namespace doorstep::testing
