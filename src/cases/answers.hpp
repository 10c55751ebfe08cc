// What somebody answered: whether it fits the matter's questions, and what follows from it. Pure, but for the
// seal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/cases.hpp"
#include "cases/definition.hpp"

namespace doorstep::cases {

inline constexpr std::size_t answer_bytes_max = 2'000;

// Throws Problem unknown_answer (no such question, or none such answer to it), answer_missing; each with its
// path. What is asked only after another answer may be left out without it.
void require_fitting(const MatterDefinition& matter, const Answers& answers);
// The same of those that were given: at a window not everything is asked.
void require_known(const MatterDefinition& matter, const Answers& answers);

// Why it cannot be accepted, as far as the answers tell: a day that has passed. Nothing: it can.
const Refusal* refusal_by_answers(const MatterDefinition& matter, const Answers& answers, Day today);

struct AnswerView {
  Text ask;
  std::string answer;  // as typed, or the words of the choice in the language asked for
};
BOOST_DESCRIBE_STRUCT(AnswerView, (), (ask, answer))

// In the order of the questions. An answer to what the definition does not ask is left out.
std::vector<AnswerView> views_of(const MatterDefinition& matter, const Answers& answers, Language language);

storage::Bytes sealed_answers(const KeyRing& keys, CaseId id, const Answers& answers);
Answers open_answers(const KeyRing& keys, CaseId id, const storage::Bytes& sealed);

}  // namespace doorstep::cases
