// The two people of a case as they are shown: who acts for them while they are away, whether it is to
// change hands, and the units that act beside them.
#pragma once

#include <optional>

#include "identity/identity.hpp"

namespace doorstep::cases {

struct StandIn {
  Text who;                                  // their name, or that it is the venue's manager
  std::optional<identity::Officer> officer;  // none: the venue's managers
  std::optional<Day> until;                  // the last day; absent: whom they act for has left
};
BOOST_DESCRIBE_STRUCT(StandIn, (), (who, officer, until))

// Today; each is there only while the person is away.
struct Acting {
  std::optional<StandIn> first_contact;
  std::optional<StandIn> handler;
};
BOOST_DESCRIBE_STRUCT(Acting, (), (first_contact, handler))

// That a case was offered to another officer, who has not answered yet.
struct CaseOffer {
  identity::StaffName to;
  identity::StaffName by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CaseOffer, (), (to, by, at))

// A unit of the matter, and which one it is in this case.
struct CaseUnit {
  std::string key;
  Text unit;
  std::optional<OrganisationId> organisation;  // where it is one of the town's
  std::optional<std::string> name;             // to the letter; absent: not named yet
};
BOOST_DESCRIBE_STRUCT(CaseUnit, (), (key, unit, organisation, name))

// Who said for a unit that it goes on, and how that is known: the number of a letter, a call, a reference in
// another system.
struct RecordedFor {
  std::string name;
  Instant at;
  std::string proof;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 500}; }
};
BOOST_DESCRIBE_STRUCT(RecordedFor, (), (name, at, proof))

}  // namespace doorstep::cases
