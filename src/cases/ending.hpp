// How a case ends before it is done, and how it begins again.
//
// It is refused only with a reason and with what helps now. Whoever asked for it may withdraw at any time and
// says no reason: with the token, or at a window of the venue. What has ended may be taken up again for some
// time, where it was.
#pragma once

#include "api/outcome.hpp"
#include "base/limits.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct WithdrawCase {
  CaseId id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(WithdrawCase, (), (id, version))

struct WithdrawOwnCase {
  std::string token;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = 64}; }
};
BOOST_DESCRIBE_STRUCT(WithdrawOwnCase, (), (token))

struct ReopenCase {
  CaseId id;
  std::int64_t version = 0;
  std::string reason;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = note_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(ReopenCase, (), (id, version, reason))

inline constexpr int reopen_days_max = 30;

CaseView withdraw_case(Transaction& tx, const Caller& caller, const WithdrawCase& wish);
// By whoever holds the token.
Nothing withdraw_own_case(Transaction& tx, const Caller& caller, const WithdrawOwnCase& wish);
// By the one who handles it, or a manager. Throws Problem case_running, too_late_to_reopen,
// parent_over.
CaseView reopen_case(Transaction& tx, const Caller& caller, const ReopenCase& wish);

// Keeps why a case is refused, where `to` refuses it. Throws Problem refusal_needs_reason; refusal_not_asked
// where it does not.
void keep_refusal(Transaction& tx, const StoredCase& row, const MatterDefinition& matter,
                  const StepDefinition& to, const std::optional<RefusalWish>& wish);
// Why it was refused, if it was. One statement then.
std::optional<RefusalView> refusal_of(Snapshot& snapshot, const StoredCase& row,
                                      const MatterDefinition& matter);

}  // namespace doorstep::cases
