// The table of who gets in at which route. It stands in a file for each part of the house; roles_test.cpp
// tries it.
#pragma once

#include <iterator>
#include <string>
#include <vector>

namespace doorstep::testing {

// What a caller meets at the door. Whoever is let in may still be
// refused for another reason: no ticket, no such case.
enum class Door { in, sign_in, no };
inline constexpr auto in = Door::in;                  // let in
inline constexpr auto sign_in_first = Door::sign_in;  // 401 not_signed_in
inline constexpr auto no = Door::no;                  // 403 not_allowed

inline constexpr const char* callers[] = {"nobody",   "greeter",
                                          "officer1", "elsewhere",
                                          "manager",  "manager_elsewhere",
                                          "director", "director_elsewhere",
                                          "auditor",  "admin"};

struct Row {
  std::string name;  // of the operation
  Door doors[std::size(callers)];
  std::string body = "";
};

std::vector<Row> roles_of_people();
std::vector<Row> roles_of_places();
std::vector<Row> roles_of_sheets();

}  // namespace doorstep::testing
