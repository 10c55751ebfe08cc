// Every refusal that Doorstep knows, in the words that people read, by what it is about. Each detail says
// what to do next.
//
// Chinese stands first, with full-width punctuation; {0}, {1} are filled from Problem::arguments and mean the
// same in both languages. {uses} is the list of them, each in the words of problem_texts_of_uses.
// problem_catalogue_test.cpp holds these rules.
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
std::span<const ProblemText> problem_texts_of_intake();
std::span<const ProblemText> problem_texts_of_systems();

// What still holds something that is to end.
struct UseText {
  std::string_view code;
  std::string_view zh, en;
};
std::span<const UseText> problem_texts_of_uses();

}  // namespace doorstep
