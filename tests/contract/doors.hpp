// Who stands at a door, and what they meet there; roles_test.cpp tries them all.
#pragma once

#include <iterator>
#include <string>

namespace doorstep::testing {

// What a caller meets at the door. Whoever is let in may still be
// refused for another reason: no ticket, no such case.
enum class Door { in, sign_in, no };
inline constexpr auto in = Door::in;                  // let in
inline constexpr auto sign_in_first = Door::sign_in;  // 401 not_signed_in
inline constexpr auto no = Door::no;                  // 403 not_allowed

// "resident" has a phone that speaks for the person whom the routes name, "neighbour" another phone.
inline constexpr const char* residents[] = {"resident", "neighbour"};

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

}  // namespace doorstep::testing
