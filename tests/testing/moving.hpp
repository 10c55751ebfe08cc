// A matter that is asked for from a phone: one question of the pre-check and a form of two.
#pragma once

#include "cases/definition.hpp"

namespace doorstep::testing {

inline cases::MatterDefinition moving() {
  using cases::Phase;
  return {
      .key = "moving",
      .name = {"转入", "Moving"},
      .summary = {"示例", "Sample"},
      .authority = {"示例", "Sample"},
      .promised_working_days = 5,
      .materials = {},
      .steps = {{"taken_in", {"收下", "Taken in"}, {"窗口", "Window"}, Phase::submitted, {"done"}},
                {"done", {"办结", "Done"}, {"窗口", "Window"}, Phase::done, {}}},
      .advice = {},
      .source = {"示例", "Sample"},
      .questions = {{{"from",
                      {"从哪里来", "Where from"},
                      {},
                      {{"near", {"本市", "This city"}}, {"far", {"外省市", "Elsewhere"}}}}}},
      .form = {{{.key = "valid_until",
                 .kind = cases::FieldKind::day,
                 .ask = {"介绍信到哪天", "Until when the letter is valid"},
                 .when = std::vector<cases::Condition>{{"from", {"far"}}},
                 .refused_once_past = "expired"},
                {.key = "file_checked",
                 .kind = cases::FieldKind::yes_no,
                 .ask = {"档案核对过吗", "Has the file been checked?"},
                 .optional = true}}},
      .refusals = {
          {{"expired", {"介绍信过期了", "The letter has expired"}, {"请重新开一封", "Ask for a new one"}}}}};
}

}  // namespace doorstep::testing
