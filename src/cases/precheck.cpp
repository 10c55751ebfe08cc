#include "cases/precheck.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep::cases {

namespace {

Answers answers_in(const std::vector<std::string>& given) {
  Answers answers;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto colon = given[i].find(':');
    if (colon == std::string::npos) throw Problem{"bad_query", {}, "answers[" + std::to_string(i) + ']'};
    answers[given[i].substr(0, colon)] = given[i].substr(colon + 1);
  }
  return answers;
}

const AnswerChoice* choice_of(const Question& question, const Answers& answers) {
  const auto given = answers.find(question.key);
  if (given == answers.end()) return nullptr;
  const auto found = std::ranges::find(question.answers, given->second, &AnswerChoice::key);
  return found == question.answers.end() ? nullptr : &*found;
}

std::vector<ToBring> to_bring(const MatterDefinition& matter, const Answers& counted) {
  std::vector<ToBring> bring;
  for (const auto& material : matter.materials) {
    if (!hold(material.when, counted)) continue;
    bring.push_back({.key = material.key,
                     .name = material.name,
                     .note = material.note,
                     .example = material.example,
                     .from_home = material.from_home.value_or(false),
                     .may_follow = material.secondary && matter.follow_working_days.has_value()});
  }
  return bring;
}

const TripRule* trip_rule(const MatterDefinition& matter, const Answers& counted) {
  if (!matter.trip) return nullptr;
  const auto found =
      std::ranges::find_if(*matter.trip, [&](const TripRule& rule) { return hold(rule.when, counted); });
  return found == matter.trip->end() ? nullptr : &*found;
}

PrecheckOutcome outcome_of(const MatterDefinition& matter, const Answers& counted) {
  const auto* trip = trip_rule(matter, counted);
  return {.bring = to_bring(matter, counted),
          .trip_needed = trip == nullptr || trip->needed,
          .trip = trip == nullptr ? std::nullopt : std::optional{trip->text},
          .promised_working_days = matter.promised_working_days,
          .legal = matter.legal,
          .declaration = matter.declaration,
          .finds_branch = matter.finds_branch.value_or(false),
          .from_phone = matter.form.has_value() && !matter.form->empty(),
          .taken_at = {}};
}

}  // namespace

PrecheckView precheck(const MatterDefinition& matter, const Answers& answers) {
  PrecheckView view{.matter = matter.key, .name = matter.name, .answered = {}, .next = {}, .outcome = {}};
  // Only what is asked counts: an answer from before somebody went back may be to a question that is gone.
  Answers counted;
  for (const auto& question : matter.questions.value_or(std::vector<Question>{})) {
    if (!hold(question.when, counted)) continue;
    const auto* choice = choice_of(question, answers);
    if (choice == nullptr) {
      view.next = QuestionView{question.key, question.ask, question.help, question.answers};
      return view;
    }
    counted[question.key] = choice->key;
    view.answered.push_back({question.key, question.ask, *choice});
  }
  view.outcome = outcome_of(matter, counted);
  return view;
}

PrecheckView read_precheck(Snapshot& snapshot, const Caller& caller, const ReadPrecheck& wish,
                           const Halls& halls) {
  auto view = precheck(current_matter(snapshot, wish.matter).matter,
                       answers_in(wish.answers.value_or(std::vector<std::string>{})));
  if (view.outcome) view.outcome->taken_at = halls.taking(snapshot, wish.matter, caller.at);
  return view;
}

}  // namespace doorstep::cases
