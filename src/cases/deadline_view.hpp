// The deadlines of a case as they are shown.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace doorstep::cases {

// What the law gives at most; what the town has promised; how long a step may take; the resident's own time
// to bring what is missing.
enum class DeadlineKind { legal, promised, step, supplement };
BOOST_DESCRIBE_ENUM(DeadlineKind, legal, promised, step, supplement)

//   running → met, missed;  running ↔ paused;  running, paused → dropped (there is nothing left to be met)
enum class DeadlineState { running, paused, met, missed, dropped };
BOOST_DESCRIBE_ENUM(DeadlineState, running, paused, met, missed, dropped)

// One that is of account now, as staff see it.
struct DeadlineView {
  DeadlineKind kind{};
  DeadlineState state{};
  std::optional<Text> step;  // of a step's
  std::optional<Day> due;    // none while it is paused
  bool provisional = false;
  std::optional<std::int32_t> working_days_left;  // none once it is missed
};
BOOST_DESCRIBE_STRUCT(DeadlineView, (), (kind, state, step, due, provisional, working_days_left))

// The same in words, for the one who asked.
struct DeadlineWords {
  DeadlineKind kind{};
  Text text;
  std::optional<Day> due;
  bool provisional = false;
};
BOOST_DESCRIBE_STRUCT(DeadlineWords, (), (kind, text, due, provisional))

}  // namespace doorstep::cases
