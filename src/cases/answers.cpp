#include "cases/answers.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/sealed.hpp"

namespace doorstep::cases {

namespace {

const std::vector<Question>& questions_of(const MatterDefinition& matter) {
  static const std::vector<Question> none;
  return matter.questions ? *matter.questions : none;
}

const std::vector<Field>& form_of(const MatterDefinition& matter) {
  static const std::vector<Field> none;
  return matter.form ? *matter.form : none;
}

std::string path_of(const std::string& key) { return "answers." + key; }

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 18 &&
         std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool is_phone(const std::string& text) {
  return text.size() >= 3 && text.size() <= 30 && std::ranges::all_of(text, [](char letter) {
           return (letter >= '0' && letter <= '9') || letter == '+' || letter == '-' || letter == ' ';
         });
}

bool is_one_of(const std::vector<AnswerChoice>& choices, const std::string& given) {
  return std::ranges::find(choices, given, &AnswerChoice::key) != choices.end();
}

bool fits(const Field& field, const std::string& given) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::long_text: return true;
    case FieldKind::choice: return is_one_of(field.choices.value(), given);
    case FieldKind::day: return parse_day(given).has_value();
    case FieldKind::yes_no: return given == "yes" || given == "no";
    case FieldKind::number: return is_number(given);
    case FieldKind::phone: return is_phone(given);
  }
  return false;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

// Whether it is asked, and may be answered so. An empty one says nothing.
bool is_known(const MatterDefinition& matter, const std::string& key, const std::string& given) {
  const auto& questions = questions_of(matter);
  if (const auto question = std::ranges::find(questions, key, &Question::key); question != questions.end())
    return is_one_of(question->answers, given);
  const auto& form = form_of(matter);
  const auto field = std::ranges::find(form, key, &Field::key);
  return field != form.end() && (is_blank(given) || fits(*field, given));
}

void require_answer(const Answers& answers, const std::string& key) {
  const auto given = answers.find(key);
  if (given == answers.end() || is_blank(given->second)) throw Problem{"answer_missing", {}, path_of(key)};
}

std::string words_of(const Field& field, const std::string& given, Language language) {
  if (field.kind == FieldKind::yes_no) {
    const Text words = given == "yes" ? Text{"是", "Yes"} : Text{"否", "No"};
    return words.in(language);
  }
  if (!field.choices) return given;
  const auto choice = std::ranges::find(*field.choices, given, &AnswerChoice::key);
  return choice == field.choices->end() ? given : choice->text.in(language);
}

}  // namespace

void require_known(const MatterDefinition& matter, const Answers& answers) {
  for (const auto& [key, given] : answers) {
    if (!is_known(matter, key, given)) throw Problem{"unknown_answer", {}, path_of(key)};
  }
}

void require_fitting(const MatterDefinition& matter, const Answers& answers) {
  require_known(matter, answers);
  for (const auto& question : questions_of(matter)) {
    if (hold(question.when, answers)) require_answer(answers, question.key);
  }
  for (const auto& field : form_of(matter)) {
    if (hold(field.when, answers) && !field.optional.value_or(false)) require_answer(answers, field.key);
  }
}

const Refusal* refusal_by_answers(const MatterDefinition& matter, const Answers& answers, Day today) {
  for (const auto& field : form_of(matter)) {
    const auto given = answers.find(field.key);
    if (!field.refused_once_past || given == answers.end() || !hold(field.when, answers)) continue;
    if (const auto day = parse_day(given->second); day && *day < today)
      return find_refusal(matter, *field.refused_once_past);
  }
  return nullptr;
}

std::vector<AnswerView> views_of(const MatterDefinition& matter, const Answers& answers, Language language) {
  std::vector<AnswerView> views;
  for (const auto& question : questions_of(matter)) {
    const auto given = answers.find(question.key);
    if (given == answers.end()) continue;
    const auto choice = std::ranges::find(question.answers, given->second, &AnswerChoice::key);
    views.push_back(
        {question.ask, choice == question.answers.end() ? given->second : choice->text.in(language)});
  }
  for (const auto& field : form_of(matter)) {
    const auto given = answers.find(field.key);
    if (given != answers.end() && !is_blank(given->second))
      views.push_back({field.ask, words_of(field, given->second, language)});
  }
  return views;
}

storage::Bytes sealed_answers(const KeyRing& keys, CaseId id, const Answers& answers) {
  const auto sealed = seal(keys, answers, {"cases", "sealed_answers", id.value});
  return {sealed.bytes().begin(), sealed.bytes().end()};
}

Answers open_answers(const KeyRing& keys, CaseId id, const storage::Bytes& sealed) {
  return open(keys, Sealed<Answers>{std::string{sealed.begin(), sealed.end()}},
              {"cases", "sealed_answers", id.value});
}

}  // namespace doorstep::cases
