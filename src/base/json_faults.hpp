// Reading a document whose author wants to hear of all that is wrong with it, and not of the first thing
// only: a file that an engineer wrote.
#pragma once

#include <vector>

#include "base/json_value.hpp"
#include "base/problem.hpp"

namespace doorstep {

namespace json_detail {

// The root of a reader that goes on after a fault. A root has no name that anybody would see, so it is known
// by having one.
struct CollectingRoot : Path {
  explicit CollectingRoot(std::vector<Problem>& faults_) : Path{.member = "all"}, faults(faults_) {}

  std::vector<Problem>& faults;
};

}  // namespace json_detail

// As read_value, but each fault goes to `faults`, in the order of the document; what is faulty stays empty.
template <class T>
T read_all(const boost::json::value& value, std::vector<Problem>& faults) {
  T out{};
  const json_detail::CollectingRoot root{faults};
  try {
    json_detail::read_into(out, value, root, json_detail::MemberBounds{});
  } catch (const Problem& fault) {
    faults.push_back(fault);  // the document as a whole
  }
  return out;
}

}  // namespace doorstep
