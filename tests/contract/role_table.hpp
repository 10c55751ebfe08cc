// Who may what: for each route and each topic who is let in; roles_test.cpp tries all of them.
#pragma once

#include <iterator>
#include <string>
#include <vector>

namespace doorstep::testing {

// What a caller meets at the door. Whoever is let in may still be
// refused for another reason: no ticket, no such case.
enum class Door {
  in,       // let in
  sign_in,  // 401 not_signed_in
  no        // 403 not_allowed
};
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

// By staff and by whoever is not signed in.
const std::vector<Row>& role_table();

// What is a resident's alone: nobody of the staff has that door. Whoever else's phone it is is told that
// there is no such person.
struct ResidentRow {
  std::string name;
  std::string body = "";
  std::string to_others = "no_such_person";
};
const std::vector<ResidentRow>& resident_table();

// What is a paired device's alone.
const std::vector<std::string>& device_table();

// Who may hear which topic.
const std::vector<Row>& topic_table();

}  // namespace doorstep::testing
