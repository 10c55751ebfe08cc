#include "cases/definition.hpp"

#include <algorithm>
#include <functional>

#include <gmock/gmock.h>

#include "base/enums.hpp"
#include "base/json_value.hpp"

namespace doorstep::cases {
namespace {

// One with everything in it.
MatterDefinition sound() {
  return {.key = "sample",
          .name = {},
          .summary = {},
          .authority = {},
          .promised_working_days = 5,
          .materials = {{"letter", {}, {}, false, std::vector<Condition>{{"from", {"far"}}}, {}, {}, true},
                        {"card", {}, {}, true}},
          .steps =
              {{"begin", {}, {}, Phase::submitted, {"ask", "branch", "end"}},
               {"ask", {}, {}, Phase::waiting_for_resident, {"end"}, Actor::resident},
               {"branch", {}, {}, Phase::waiting_for_other, {"end"}, Actor::unit, "branch", StepLimit{5, {}}},
               {"end", {}, {}, Phase::done, {}}},
          .advice = {},
          .source = {},
          .legal = LegalLimit{30, {}},
          .supplement_working_days = 10,
          .follow_working_days = 10,
          .questions =
              {{{"from", {}, {}, {{"near", {}}, {"far", {}}}},
                {"how", {}, {}, {{"paper", {}}, {"system", {}}}, std::vector<Condition>{{"from", {"far"}}}}}},
          .trip = {{{std::vector<Condition>{{"from", {"near"}}}, false, {}}, {{}, true, {}}}},
          .form = {{{"valid_until",
                     FieldKind::day,
                     {},
                     {},
                     {},
                     {},
                     std::vector<Condition>{{"how", {"paper"}}},
                     "expired"},
                    {"kind", FieldKind::choice, {}, {}, {{{"full", {}}, {"probationary", {}}}}}}},
          .units = {{{"branch", {}}}},
          .refusals = {{{"expired", {}, {}}}}};
}

TEST(Definitions, AreSoundOrSayWhereTheyAreNot) {
  const auto fault_of_sound = find_fault(sound());
  EXPECT_FALSE(fault_of_sound) << fault_of_sound->path << ": " << fault_of_sound->what;
  using M = MatterDefinition;
  const struct {
    const char* what;
    const char* path;
    std::function<void(M&)> spoil;
  } faults[] = {
      {"no key", "key", [](M& m) { m.key.clear(); }},
      {"no steps", "steps", [](M& m) { m.steps.clear(); }},
      {"begins at an end", "steps[0].phase", [](M& m) { m.steps.erase(m.steps.begin(), m.steps.end() - 1); }},
      {"promises no day", "promised_working_days", [](M& m) { m.promised_working_days = 0; }},
      {"promises later than the law", "promised_working_days", [](M& m) { m.promised_working_days = 31; }},
      {"no day to supplement", "supplement_working_days", [](M& m) { m.supplement_working_days = 0; }},
      {"no day for papers to follow", "follow_working_days", [](M& m) { m.follow_working_days = 0; }},
      {"nothing may follow", "follow_working_days", [](M& m) { m.materials[1].secondary = false; }},
      {"a law without a day", "legal.working_days", [](M& m) { m.legal->working_days = 0; }},
      {"a step twice", "steps[4].key", [](M& m) { m.steps.push_back(m.steps[3]); }},
      {"a way to nowhere", "steps[0].next", [](M& m) { m.steps[0].next.emplace_back("elsewhere"); }},
      {"a dead end", "steps[0].next", [](M& m) { m.steps[0].next.clear(); }},
      {"an end that goes on", "steps[3].next", [](M& m) { m.steps[3].next.emplace_back("begin"); }},
      {"a resident acts while others are waited for", "steps[1].actor",
       [](M& m) { m.steps[1].phase = Phase::in_work; }},
      {"a unit acts before anybody took it in", "steps[0].actor",
       [](M& m) {
         m.steps[0].actor = Actor::unit;
         m.steps[0].unit = "branch";
       }},
      {"a unit acts, but which", "steps[2].unit", [](M& m) { m.steps[2].unit.reset(); }},
      {"a unit is named that does not act", "steps[0].unit", [](M& m) { m.steps[0].unit = "branch"; }},
      {"a unit that nobody knows", "steps[2].unit", [](M& m) { m.units.reset(); }},
      {"a unit twice", "units[1].key", [](M& m) { m.units->push_back(m.units->front()); }},
      {"a limit of two kinds", "steps[2].limit", [](M& m) { m.steps[2].limit->months = 1; }},
      {"a limit of no kind", "steps[2].limit", [](M& m) { m.steps[2].limit->working_days.reset(); }},
      {"a limit of no days", "steps[2].limit", [](M& m) { m.steps[2].limit->working_days = 0; }},
      {"a material twice", "materials[1].key", [](M& m) { m.materials[1].key = "letter"; }},
      {"a proof of membership that follows", "materials[0].secondary",
       [](M& m) { m.materials[0].secondary = true; }},
      {"a material for an answer that there is not", "materials[0].when[0].answers",
       [](M& m) { m.materials[0].when->front().answers = {"nowhere"}; }},
      {"six questions", "questions", [](M& m) { m.questions->resize(6, m.questions->front()); }},
      {"a question twice", "questions[1].key", [](M& m) { (*m.questions)[1].key = "from"; }},
      {"a question with one answer", "questions[0].answers",
       [](M& m) { m.questions->front().answers.resize(1); }},
      {"an answer twice", "questions[0].answers[1].key",
       [](M& m) { m.questions->front().answers[1].key = "near"; }},
      {"a question that waits for a later one", "questions[0].when[0].question",
       [](M& m) { m.questions->front().when = std::vector<Condition>{{"how", {"paper"}}}; }},
      {"a trip for an unknown question", "trip[0].when[0].question",
       [](M& m) { m.trip->front().when->front().question = "why"; }},
      {"a condition without an answer", "trip[0].when[0].answers",
       [](M& m) { m.trip->front().when->front().answers.clear(); }},
      {"a field twice", "form[1].key", [](M& m) { (*m.form)[1].key = "valid_until"; }},
      {"a choice of nothing", "form[1].choices", [](M& m) { (*m.form)[1].choices.reset(); }},
      {"choices of a day", "form[0].choices", [](M& m) { (*m.form)[0].choices = (*m.form)[1].choices; }},
      {"a field for an unknown question", "form[0].when[0].question",
       [](M& m) { m.form->front().when->front().question = "why"; }},
      {"a choice that passes", "form[1].refused_once_past",
       [](M& m) { (*m.form)[1].refused_once_past = "expired"; }},
      {"a day that is refused for nothing", "form[0].refused_once_past",
       [](M& m) { m.form->front().refused_once_past = "late"; }},
      {"a refusal twice", "refusals[1].key", [](M& m) { m.refusals->push_back(m.refusals->front()); }},
  };
  for (const auto& fault : faults) {
    SCOPED_TRACE(fault.what);
    auto matter = sound();
    fault.spoil(matter);
    const auto found = find_fault(matter);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->path, fault.path) << found->what;
  }
}

TEST(Definitions, OfTheFirstEditionReadAsTheyAre) {
  const auto old = read_json<MatterDefinition>(
      R"({"key":"old","name":{"zh":"旧","en":"Old"},"summary":{"zh":"","en":""},"authority":{"zh":"","en":""},)"
      R"("promised_working_days":null,"materials":[{"key":"card","name":{"zh":"","en":""},"note":{"zh":"","en":""},)"
      R"("secondary":false}],"steps":[{"key":"begin","name":{"zh":"","en":""},"who":{"zh":"","en":""},)"
      R"("phase":"submitted","next":["end"]},{"key":"end","name":{"zh":"","en":""},"who":{"zh":"","en":""},)"
      R"("phase":"done","next":[]}],"advice":[],"source":{"zh":"","en":""}})");
  EXPECT_FALSE(find_fault(old));
  EXPECT_TRUE(hold(old.materials.front().when, {}));
}

TEST(Definitions, AskForWhatTheAnswersCallFor) {
  const std::vector<Condition> both{{"from", {"far", "farther"}}, {"how", {"paper"}}};
  EXPECT_TRUE(hold(std::nullopt, {}));
  EXPECT_TRUE(hold(both, {{"from", "farther"}, {"how", "paper"}}));
  EXPECT_FALSE(hold(both, {{"from", "near"}, {"how", "paper"}}));
  EXPECT_FALSE(hold(both, {{"from", "far"}})) << "not answered";
}

TEST(Phases, EndInThreeWays) {
  const Phase ends[] = {Phase::done, Phase::refused, Phase::withdrawn};
  for (const auto phase : {Phase::draft, Phase::submitted, Phase::in_work, Phase::waiting_for_resident,
                           Phase::waiting_for_other, Phase::done, Phase::refused, Phase::withdrawn}) {
    EXPECT_EQ(is_over(phase), std::ranges::find(ends, phase) != std::end(ends)) << name_of(phase);
  }
}

}  // namespace
}  // namespace doorstep::cases
