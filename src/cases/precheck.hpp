// The pre-check: a few plain questions before somebody comes, and then exactly what to bring, whether to come
// at all, how long it takes, and where. It is asked without a name, and keeps nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/matter_list.hpp"

namespace doorstep::cases {

// `answers`: "question:answer", in any order. What was asked of another edition of the matter counts for
// nothing, so an address that somebody kept goes on working.
struct ReadPrecheck {
  std::string matter;
  std::optional<std::vector<std::string>> answers;

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "answers") return {.length_max = 2 * questions_max};
    return {.length_max = name_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(ReadPrecheck, (), (matter, answers))

struct QuestionView {
  std::string key;
  Text ask;
  std::optional<Text> help;
  std::vector<AnswerChoice> answers;
};
BOOST_DESCRIBE_STRUCT(QuestionView, (), (key, ask, help, answers))

struct GivenAnswer {
  std::string question;
  Text ask;
  AnswerChoice answer;
};
BOOST_DESCRIBE_STRUCT(GivenAnswer, (), (question, ask, answer))

struct ToBring {
  std::string key;
  Text name;
  Text note;
  std::optional<Text> example;
  bool from_home = false;   // a photo sent ahead will do
  bool may_follow = false;  // later, against a promise
};
BOOST_DESCRIBE_STRUCT(ToBring, (), (key, name, note, example, from_home, may_follow))

struct PrecheckOutcome {
  std::vector<ToBring> bring;
  bool trip_needed = true;
  std::optional<Text> trip;  // why, in the matter's own words
  std::optional<std::int32_t> promised_working_days;
  std::optional<LegalLimit> legal;
  std::optional<Text> declaration;  // signed in place of a proof
  bool finds_branch = false;        // which branch is mine?
  bool from_phone = false;          // it has a form
  std::vector<TakenAt> taken_at;
};
BOOST_DESCRIBE_STRUCT(PrecheckOutcome, (),
                      (bring, trip_needed, trip, promised_working_days, legal, declaration, finds_branch,
                       from_phone, taken_at))

// Either the next question, or the outcome.
struct PrecheckView {
  std::string matter;
  Text name;
  std::vector<GivenAnswer> answered;  // in the order of the questions
  std::optional<QuestionView> next;
  std::optional<PrecheckOutcome> outcome;
};
BOOST_DESCRIBE_STRUCT(PrecheckView, (), (matter, name, answered, next, outcome))

// Pure; who takes it in is not known here.
PrecheckView precheck(const MatterDefinition& matter, const Answers& answers);

PrecheckView read_precheck(Snapshot& snapshot, const Caller& caller, const ReadPrecheck& wish,
                           const Halls& halls);

}  // namespace doorstep::cases
