// The days by which something has to have happened in a case.
#pragma once

#include "cases/case.hpp"
#include "cases/definition.hpp"

namespace doorstep::cases {

struct Promise {
  std::optional<Day> by;
  bool provisional = false;  // it reaches into a year whose holidays are not known yet
};

// What the matter promises to somebody who comes today. One statement where it promises anything.
Promise promise_of(Snapshot& snapshot, const MatterDefinition& matter, Day today);

// When a case begins: somebody is to notice when its day has passed.
void begin_deadlines(Transaction& tx, const Zone& zone, CaseId id, const Promise& promise);
// When it ends.
void end_deadlines(Transaction& tx, CaseId id);

// The promise's day has passed: fired the morning after it.
inline constexpr std::string_view promise_timer = "case_promise";
void pass_promise(Transaction& tx, const Caller& caller, const std::string& key,
                  const std::string& body_json);

}  // namespace doorstep::cases
