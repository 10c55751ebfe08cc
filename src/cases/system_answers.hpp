// What one of the city's systems says to the cases that were handed over, as a sheet: each row one case, by
// our number. It comes in as any other sheet does (`imports`), and is taken back as one.
//
// A row says how the case stands there; it takes no case on: that stays with whoever handles it.
#pragma once

#include "cases/system.hpp"

namespace doorstep::cases {

struct SystemAnswerTag {
  static constexpr std::string_view prefix = "sa";
};
using SystemAnswerId = Id<SystemAnswerTag>;

// What became of it there.
enum class SystemSays { registered, returned, settled };
BOOST_DESCRIBE_ENUM(SystemSays, registered, returned, settled)

struct SystemAnswer {
  OtherSystem system{};
  std::string our_number;
  SystemSays says{};
  std::optional<std::string> their_number;
  std::optional<std::string> words;  // why it was returned, for one
};

struct RecordedAnswer {
  SystemAnswerId id;
  std::int64_t version = 0;
};

// By a manager of the case's venue. Throws Problem no_such_case, where it is none of that system's, too;
// system_answer_known, where it stands so already; system_answer_needs_number, system_answer_needs_words, and
// what `stage_after` throws.
RecordedAnswer record_system_answer(Transaction& tx, const Caller& caller, const SystemAnswer& answer);
// What is wrong with it, before: the same problems. Three statements.
void require_fitting(Snapshot& snapshot, const Caller& caller, const SystemAnswer& answer);
// Throws Problem version_differs where anything was noted since.
void take_back_system_answer(Transaction& tx, const Caller& caller, SystemAnswerId id);

}  // namespace doorstep::cases
