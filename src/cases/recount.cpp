#include "cases/recount.hpp"

#include <algorithm>

#include "cases/deadlines.hpp"

namespace doorstep::cases {

namespace {

constexpr std::string_view the_town = "town";

// Where the next ones begin.
struct From {
  std::int64_t after = 0;
};
BOOST_DESCRIBE_STRUCT(From, (), (after))

struct ProvisionalRow {
  DeadlineId id;
  CaseId case_id;
  Day counted_from;
};
BOOST_DESCRIBE_STRUCT(ProvisionalRow, (), (id, case_id, counted_from))

void recount_case(Transaction& tx, const Caller& caller, CaseId id, const Reckoning& now) {
  const auto row = find_case(tx, id);
  auto deadlines = open_deadlines(tx, id);
  const auto before = deadlines;
  bool moved = false;
  for (auto& deadline : deadlines) {
    // What has passed, or does in the next moment, is its timer's.
    if (!deadline.provisional || deadline.due < now.today) continue;
    const auto due = deadline.due;
    count(deadline, now);
    if (deadline.due == due) continue;
    moved = true;
    add_history(tx,
                {.case_id = id,
                 .kind = HistoryKind::overdue,
                 .step = row->step,
                 .deadline = deadline.kind,
                 .news = DeadlineNews::moved},
                caller);
  }
  if (deadlines == before) return;
  keep_deadlines(tx, now.zone, before, deadlines);
  const auto promise = promise_among(deadlines);
  tx.run(
      "update cases set promised_by = :by, provisional = :provisional, version = version + :moved where id = :id",
      {{"by", promise.by}, {"provisional", promise.provisional}, {"moved", moved ? 1 : 0}, {"id", id}});
  if (moved) tell_changed(tx, *row);
}

}  // namespace

void recount_deadlines(Transaction& tx, Instant at) {
  tx.set_timer(recount_timer, the_town, at, write_json(From{}));
}

void recount_some(Transaction& tx, const Caller& caller, const std::string&, const std::string& body_json) {
  const auto rows = tx.all<ProvisionalRow>(
      "select id, case_id, counted_from from case_deadlines where provisional = 1 and ended_at is null"
      " and counted_from is not null and id > :after order by id limit :limit",
      {{"after", read_json<From>(body_json).after}, {"limit", recount_at_once}});
  if (rows.empty()) return;
  auto now = reckon(tx, caller.at);
  const auto earliest = std::ranges::min_element(rows, {}, &ProvisionalRow::counted_from)->counted_from;
  if (year_of(earliest) < year_of(now.today)) now.calendar = network::calendar_from(tx, earliest);
  std::vector<CaseId> counted;
  for (const auto& row : rows) {
    if (std::ranges::find(counted, row.case_id) != counted.end()) continue;
    recount_case(tx, caller, row.case_id, now);
    counted.push_back(row.case_id);
  }
  if (std::ssize(rows) == recount_at_once)
    tx.set_timer(recount_timer, the_town, caller.at, write_json(From{rows.back().id.value}));
}

}  // namespace doorstep::cases
