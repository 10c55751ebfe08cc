// What a sound definition is.
#include "cases/definition.hpp"

#include <algorithm>
#include <set>
#include <span>

#include <fmt/format.h>

namespace doorstep::cases {

namespace {

using Found = std::optional<Fault>;

std::string at(std::string_view list, std::size_t index, std::string_view member) {
  return fmt::format("{}[{}].{}", list, index, member);
}

template <class T>
const std::vector<T>& some(const std::optional<std::vector<T>>& list) {
  static const std::vector<T> none;
  return list ? *list : none;
}

template <class T>
const T* find(const std::vector<T>& list, std::string_view key) {
  const auto found = std::ranges::find(list, key, &T::key);
  return found == list.end() ? nullptr : &*found;
}

// Keys that stand twice, and keys that are none.
template <class T>
Found find_key_fault(const std::vector<T>& list, std::string_view name) {
  std::set<std::string_view> keys;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].key.empty()) return Fault{at(name, i, "key"), "it has a key"};
    if (!keys.insert(list[i].key).second) return Fault{at(name, i, "key"), "this key stands twice"};
  }
  return std::nullopt;
}

// `asked` are the questions that may be referred to here.
Found find_when_fault(const std::optional<std::vector<Condition>>& when, std::span<const Question> asked,
                      const std::string& path) {
  for (std::size_t i = 0; i < some(when).size(); ++i) {
    const auto& condition = (*when)[i];
    const auto question = std::ranges::find(asked, condition.question, &Question::key);
    if (question == asked.end())
      return Fault{at(path, i, "question"), "no question before it is called " + condition.question};
    if (condition.answers.empty()) return Fault{at(path, i, "answers"), "it names at least one answer"};
    for (const auto& answer : condition.answers) {
      if (find(question->answers, answer) == nullptr)
        return Fault{at(path, i, "answers"), "this question has no answer " + answer};
    }
  }
  return std::nullopt;
}

Found find_limit_fault(const std::optional<std::int32_t>& days, const char* path) {
  if (days && *days < 1) return Fault{path, "it is at least one working day"};
  return std::nullopt;
}

Found find_limits_fault(const MatterDefinition& matter) {
  if (auto fault = find_limit_fault(matter.promised_working_days, "promised_working_days")) return fault;
  if (auto fault = find_limit_fault(matter.supplement_working_days, "supplement_working_days")) return fault;
  if (auto fault = find_limit_fault(matter.follow_working_days, "follow_working_days")) return fault;
  if (!matter.legal) return std::nullopt;
  if (matter.legal->working_days < 1) return Fault{"legal.working_days", "it is at least one working day"};
  if (matter.promised_working_days && *matter.promised_working_days > matter.legal->working_days)
    return Fault{"promised_working_days", "no town promises later than the law allows"};
  return std::nullopt;
}

Found find_questions_fault(const MatterDefinition& matter) {
  const auto& questions = some(matter.questions);
  if (questions.size() > questions_max)
    return Fault{"questions", fmt::format("a pre-check asks {} questions at most", questions_max)};
  if (auto fault = find_key_fault(questions, "questions")) return fault;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].answers.size() < 2)
      return Fault{at("questions", i, "answers"), "a question has two answers or more"};
    if (auto fault = find_key_fault(questions[i].answers, at("questions", i, "answers"))) return fault;
    if (auto fault =
            find_when_fault(questions[i].when, std::span{questions}.first(i), at("questions", i, "when")))
      return fault;
  }
  return std::nullopt;
}

Found find_materials_fault(const MatterDefinition& matter) {
  if (auto fault = find_key_fault(matter.materials, "materials")) return fault;
  for (std::size_t i = 0; i < matter.materials.size(); ++i) {
    const auto& material = matter.materials[i];
    if (material.secondary && material.proves_membership.value_or(false))
      return Fault{at("materials", i, "secondary"), "a proof of membership never follows later"};
    if (auto fault = find_when_fault(material.when, some(matter.questions), at("materials", i, "when")))
      return fault;
  }
  if (matter.follow_working_days && std::ranges::none_of(matter.materials, &Material::secondary))
    return Fault{"follow_working_days", "no paper of it may follow later"};
  return std::nullopt;
}

Found find_trip_fault(const MatterDefinition& matter) {
  const auto& rules = some(matter.trip);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (auto fault = find_when_fault(rules[i].when, some(matter.questions), at("trip", i, "when")))
      return fault;
  }
  return std::nullopt;
}

Found find_field_fault(const MatterDefinition& matter, std::size_t index) {
  const auto& field = (*matter.form)[index];
  if ((field.kind == FieldKind::choice) != (some(field.choices).size() >= 2))
    return Fault{at("form", index, "choices"), "a choice, and nothing else, has two choices or more"};
  if (auto fault = find_key_fault(some(field.choices), at("form", index, "choices"))) return fault;
  if (auto fault = find_when_fault(field.when, some(matter.questions), at("form", index, "when")))
    return fault;
  if (!field.refused_once_past) return std::nullopt;
  if (field.kind != FieldKind::day) return Fault{at("form", index, "refused_once_past"), "only a day passes"};
  if (find_refusal(matter, *field.refused_once_past) == nullptr)
    return Fault{at("form", index, "refused_once_past"), "no refusal is called " + *field.refused_once_past};
  return std::nullopt;
}

Found find_form_fault(const MatterDefinition& matter) {
  if (auto fault = find_key_fault(some(matter.form), "form")) return fault;
  for (std::size_t i = 0; i < some(matter.form).size(); ++i) {
    if (auto fault = find_field_fault(matter, i)) return fault;
  }
  return std::nullopt;
}

Found find_actor_fault(const MatterDefinition& matter, std::size_t index) {
  const auto& step = matter.steps[index];
  if ((step.actor == Actor::unit) != step.unit.has_value())
    return Fault{at("steps", index, "unit"), "a unit is named where, and only where, one acts"};
  if (step.unit && find_unit(matter, *step.unit) == nullptr)
    return Fault{at("steps", index, "unit"), "no unit is called " + *step.unit};
  if (step.actor == Actor::resident && step.phase != Phase::waiting_for_resident)
    return Fault{at("steps", index, "actor"), "where the resident acts, the phase is waiting_for_resident"};
  if (!step.limit) return std::nullopt;
  if (step.limit->working_days.has_value() == step.limit->months.has_value())
    return Fault{at("steps", index, "limit"), "a limit is said in working days or in months"};
  if (step.limit->working_days.value_or(1) < 1 || step.limit->months.value_or(1) < 1)
    return Fault{at("steps", index, "limit"), "a limit is at least one"};
  return std::nullopt;
}

Found find_step_fault(const MatterDefinition& matter, std::size_t index) {
  const auto& step = matter.steps[index];
  if (step.next.empty() != is_over(step.phase))
    return Fault{at("steps", index, "next"), "a step is the last one if, and only if, its phase is an end"};
  for (const auto& next : step.next) {
    if (find_step(matter, next) == nullptr)
      return Fault{at("steps", index, "next"), "no step is called " + next};
  }
  return find_actor_fault(matter, index);
}

Found find_steps_fault(const MatterDefinition& matter) {
  if (matter.steps.empty()) return Fault{"steps", "a matter has at least one step"};
  if (is_over(matter.steps.front().phase)) return Fault{"steps[0].phase", "a case does not begin at its end"};
  if (matter.steps.front().actor == Actor::unit)
    return Fault{"steps[0].actor", "a case begins with those who took it in"};
  if (auto fault = find_key_fault(some(matter.units), "units")) return fault;
  if (auto fault = find_key_fault(matter.steps, "steps")) return fault;
  for (std::size_t i = 0; i < matter.steps.size(); ++i) {
    if (auto fault = find_step_fault(matter, i)) return fault;
  }
  return std::nullopt;
}

}  // namespace

bool is_over(Phase phase) {
  switch (phase) {
    case Phase::draft:
    case Phase::submitted:
    case Phase::in_work:
    case Phase::waiting_for_resident:
    case Phase::waiting_for_other: return false;
    case Phase::done:
    case Phase::refused:
    case Phase::withdrawn: return true;
  }
  return false;
}

std::optional<Fault> find_fault(const MatterDefinition& matter) {
  if (matter.key.empty()) return Fault{"key", "a matter has a key"};
  for (const auto rule :
       {find_limits_fault, find_steps_fault, find_questions_fault, find_materials_fault, find_trip_fault}) {
    if (auto fault = rule(matter)) return fault;
  }
  if (auto fault = find_key_fault(some(matter.refusals), "refusals")) return fault;
  return find_form_fault(matter);
}

const StepDefinition* find_step(const MatterDefinition& matter, std::string_view key) {
  return find(matter.steps, key);
}

const Material* find_material(const MatterDefinition& matter, std::string_view key) {
  return find(matter.materials, key);
}

const Unit* find_unit(const MatterDefinition& matter, std::string_view key) {
  return find(some(matter.units), key);
}

const Refusal* find_refusal(const MatterDefinition& matter, std::string_view key) {
  return find(some(matter.refusals), key);
}

bool hold(const std::optional<std::vector<Condition>>& when, const Answers& answers) {
  return std::ranges::all_of(some(when), [&](const Condition& condition) {
    const auto given = answers.find(condition.question);
    return given != answers.end() &&
           std::ranges::find(condition.answers, given->second) != condition.answers.end();
  });
}

}  // namespace doorstep::cases
