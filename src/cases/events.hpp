// What a case tells those who follow it: that something changed, never what or of whom.
#pragma once

#include <string_view>

#include "cases/cases.hpp"

namespace doorstep::cases {

struct CaseChanged {
  static constexpr std::string_view kind = "case_changed";
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(CaseChanged, (), (version))

// To the officers of the venue: a case is new, changed or late.
struct CaseListed {
  static constexpr std::string_view kind = "case_listed";
  std::string reference;
};
BOOST_DESCRIBE_STRUCT(CaseListed, (), (reference))

inline Topic desk_topic(VenueId venue) { return topic("desk", venue); }
inline Topic case_topic(CaseId id) { return topic("case", id); }

}  // namespace doorstep::cases
