// Every refusal that Doorstep knows, in the words that people read, by what it is about. Each detail says
// what to do next.
//
// Chinese stands first, with full-width punctuation; {0}, {1} are filled from Problem::arguments and mean the
// same in both languages. problem_catalogue_test.cpp holds these rules.
#pragma once

#include <span>

#include "base/problem.hpp"

namespace doorstep {

std::span<const ProblemText> problem_texts_of_requests();
std::span<const ProblemText> problem_texts_of_hall();
std::span<const ProblemText> problem_texts_of_people();
std::span<const ProblemText> problem_texts_of_network();
std::span<const ProblemText> problem_texts_of_imports();
std::span<const ProblemText> problem_texts_of_devices();

}  // namespace doorstep
