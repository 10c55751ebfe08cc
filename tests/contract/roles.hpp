// Who gets in where; roles_test.cpp tries every route by every role.
#pragma once

#include <string>
#include <vector>

namespace doorstep::testing {

// What a caller meets at the door. Whoever is let in may still be
// refused for another reason: no ticket, no such case.
enum class Door { in, sign_in, no };

inline constexpr const char* role_callers[] = {"nobody",   "greeter",
                                               "officer1", "elsewhere",
                                               "manager",  "manager_elsewhere",
                                               "director", "director_elsewhere",
                                               "auditor",  "admin"};

struct Row {
  std::string name;  // of the operation
  Door doors[std::size(role_callers)];
  std::string body = "";
};

// Rows that stand in files of their own.
std::vector<Row> intake_rows();

}  // namespace doorstep::testing
