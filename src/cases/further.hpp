// The desk for what could not be done: whatever was refused is taken there with one press. 办不成事反映窗口
//
// By whoever holds the slip, or by an officer for somebody at the window. It is a case of its own, whose
// first contact is the venue's nearest manager, with the same applicant; the refused one belongs to it as the
// case it is about. (State Council, 国发〔2022〕5 号: such a window at every hall.)
#pragma once

#include "cases/apply.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

// The matter under which such cases run.
inline constexpr std::string_view further_matter = "cannot_be_done";

struct TakeFurther {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(TakeFurther, (), (id))

struct TakeOwnFurther {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(TakeOwnFurther, (), (token))

// What is shown is the new case. Throw Problem not_refused, taken_further_already (with its number),
// further_ends_here where that desk itself refused, nobody_answers, no_such_matter.
CaseView take_further(Transaction& tx, const Caller& caller, const TakeFurther& wish);
CaseSlip take_own_further(Transaction& tx, const Caller& caller, const TakeOwnFurther& wish);

void add_further_routes(api::Api& api);

}  // namespace doorstep::cases
