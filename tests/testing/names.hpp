// Two sets of names that must be the same, and what to do about each name that stands in one only.
#pragma once

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace doorstep::testing {

inline void expect_each_has_one(const std::set<std::string>& wanted, const std::set<std::string>& there,
                                const std::string& missing, const std::string& superfluous) {
  for (const auto& name : wanted) {
    if (!there.contains(name)) ADD_FAILURE() << name << ' ' << missing;
  }
  for (const auto& name : there) {
    if (!wanted.contains(name)) ADD_FAILURE() << name << ' ' << superfluous;
  }
}

}  // namespace doorstep::testing
