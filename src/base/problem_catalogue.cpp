#include "base/problem_texts.hpp"

namespace doorstep {

std::span<const ProblemText> problem_catalogue() {
  static const auto all = [] {
    std::vector<ProblemText> texts;
    for (const auto part :
         {problem_texts_of_requests(), problem_texts_of_hall(), problem_texts_of_people(),
          problem_texts_of_network(), problem_texts_of_imports(), problem_texts_of_devices(),
          problem_texts_of_intake(), problem_texts_of_systems()}) {
      texts.insert(texts.end(), part.begin(), part.end());
    }
    return texts;
  }();
  return all;
}

}  // namespace doorstep
