#include "cases/ending.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "cases/child.hpp"
#include "cases/follow.hpp"

namespace doorstep::cases {

namespace {

struct RefusalTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "rf";
};
using RefusalId = Id<RefusalTag>;

struct RefusalRow {
  RefusalId id;
  std::optional<std::string> refusal;
  std::optional<storage::Bytes> sealed_reason, sealed_remedy;
};
BOOST_DESCRIBE_STRUCT(RefusalRow, (), (id, refusal, sealed_reason, sealed_remedy))

struct StepRow {
  std::string step;
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (step))

// One of the matter's reasons and none of one's own, or the other way round; and always what helps now.
bool says_enough(const RefusalWish& wish, const MatterDefinition& matter) {
  if (wish.refusal) return !wish.reason && find_refusal(matter, *wish.refusal) != nullptr;
  return wish.reason && wish.remedy;
}

// Where a withdrawn case ends: the matter's step for it, or else where it is.
StepDefinition withdrawn_step(const MatterDefinition& matter, const StoredCase& row) {
  const auto found = std::ranges::find(matter.steps, Phase::withdrawn, &StepDefinition::phase);
  if (found != matter.steps.end()) return *found;
  return {.key = row.step, .name = {}, .who = {}, .phase = Phase::withdrawn, .next = {}};
}

void withdraw(Transaction& tx, const Caller& caller, const StoredCase& row) {
  require_running(row);
  const auto to = withdrawn_step(matter_by_hash(tx, row.definition), row);
  enter_step(tx, caller, row, to, {.case_id = row.id, .kind = HistoryKind::withdrawn, .step = to.key});
}

// Where it was before it ended. Of one that ended where it was, that is where it still is.
const StepDefinition& step_before_end(Snapshot& snapshot, const StoredCase& row,
                                      const MatterDefinition& matter) {
  const auto* here = find_step(matter, row.step);
  if (here != nullptr && !is_over(here->phase)) return *here;
  for (const auto& entry : snapshot.all<StepRow>(
           "select step from case_history where case_id = :case and step is not null order by id desc",
           {{"case", row.id}})) {
    const auto* step = find_step(matter, entry.step);
    if (step != nullptr && !is_over(step->phase)) return *step;
  }
  return matter.steps.front();
}

// One statement.
bool may_still_be_reopened(Snapshot& snapshot, const Caller& caller, const StoredCase& row,
                           const Zone& zone) {
  const auto ended_at =
      snapshot.value<Instant>("select ended_at from cases where id = :id", {{"id", row.id}});
  return zone.day_of(caller.at) <= zone.day_of(ended_at) + reopen_days_max;
}

}  // namespace

CaseView withdraw_case(Transaction& tx, const Caller& caller, const WithdrawCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  withdraw(tx, caller, row);
  return read_case(tx, caller, {row.id});
}

Nothing withdraw_own_case(Transaction& tx, const Caller& caller, const WithdrawOwnCase& wish) {
  const auto row = find_case(tx, wish.token);
  if (!row) throw Problem{"no_such_case"};
  withdraw(tx, as_holder(caller), *row);
  return {};
}

CaseView reopen_case(Transaction& tx, const Caller& caller, const ReopenCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  if (!is_over(row.phase)) throw Problem{"case_running"};
  const Zone zone{network::town(tx).zone};
  if (!may_still_be_reopened(tx, caller, row, zone)) throw Problem{"too_late_to_reopen"};
  require_parent_not_done(tx, row.id);
  const auto matter = matter_by_hash(tx, row.definition);
  const auto& to = step_before_end(tx, row, matter);
  enter_step(tx, caller, row, to,
             {.case_id = row.id, .kind = HistoryKind::reopened, .step = to.key, .note = wish.reason});
  set_follow_timer(tx, zone, row.id);
  return read_case(tx, caller, {row.id});
}

void keep_refusal(Transaction& tx, const StoredCase& row, const MatterDefinition& matter,
                  const StepDefinition& to, const std::optional<RefusalWish>& wish) {
  if (to.phase != Phase::refused) {
    if (wish) throw Problem{"refusal_not_asked"};
    return;
  }
  if (!wish || !says_enough(*wish, matter)) throw Problem{"refusal_needs_reason"};
  const auto id = tx.new_id<RefusalId>();
  const auto sealed = [&](const std::optional<std::string>& words, std::string_view column) {
    return words ? std::optional{sealed_note(tx.keys(), "case_refusals", id.value, *words, column)}
                 : std::nullopt;
  };
  tx.run(
      "insert into case_refusals (id, case_id, refusal, sealed_reason, sealed_remedy)"
      " values (:id, :case, :refusal, :reason, :remedy)",
      {{"id", id},
       {"case", row.id},
       {"refusal", wish->refusal},
       {"reason", sealed(wish->reason, "sealed_reason")},
       {"remedy", sealed(wish->remedy, "sealed_remedy")}});
}

std::optional<RefusalView> refusal_of(Snapshot& snapshot, const StoredCase& row,
                                      const MatterDefinition& matter) {
  if (row.phase != Phase::refused) return std::nullopt;
  const auto kept = snapshot.maybe<RefusalRow>(
      "select id, refusal, sealed_reason, sealed_remedy from case_refusals where case_id = :case"
      " order by id desc limit 1",
      {{"case", row.id}});
  if (!kept) return std::nullopt;  // refused before reasons were kept
  RefusalView view;
  if (const auto* standard = kept->refusal ? find_refusal(matter, *kept->refusal) : nullptr)
    view = {standard->reason, standard->remedy};
  const auto own = [&](const std::optional<storage::Bytes>& sealed, std::string_view column, Text& words) {
    if (!sealed) return;
    const auto said = open_note(snapshot.keys(), "case_refusals", kept->id.value, *sealed, column);
    words = {said, said};
  };
  own(kept->sealed_reason, "sealed_reason", view.reason);
  own(kept->sealed_remedy, "sealed_remedy", view.remedy);
  return view;
}

}  // namespace doorstep::cases
