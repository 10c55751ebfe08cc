// The two people of a case as they are shown: who acts for them while they are away, and whether it is to
// change hands.
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

}  // namespace doorstep::cases
