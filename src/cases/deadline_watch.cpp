// What happens to deadlines by itself: a reminder before, an alarm after, and another one when nobody
// answers.
#include <charconv>

#include <fmt/format.h>

#include "cases/alarms.hpp"
#include "cases/deadlines.hpp"

namespace doorstep::cases {

namespace {

// Their own time to bring what is missing: nobody finds out by coming in vain.
void tell_resident(Transaction& tx, const Caller& caller, const StoredCase& row, const std::string& body) {
  if (!row.has_applicant) return;
  tx.send({.channel = Channel::phone,
           .recipient = applicant_of(tx, row.id).value().phone,
           .subject = row.reference,
           .body = body,
           .deliver_before = caller.at + std::chrono::hours{24}},
          caller.at);
}

void note(Transaction& tx, const Caller& caller, const StoredCase& row, const CaseDeadline& deadline,
          DeadlineNews news) {
  add_history(tx,
              {.case_id = row.id,
               .kind = HistoryKind::overdue,
               .step = row.step,
               .deadline = deadline.kind,
               .news = news},
              caller);
}

void remind(Transaction& tx, const Caller& caller, const StoredCase& row, CaseDeadline& deadline) {
  deadline.next_on = deadline.due + 1;
  note(tx, caller, row, deadline, DeadlineNews::reminded);
  if (deadline.kind == DeadlineKind::supplement)
    tell_resident(
        tx, caller, row,
        fmt::format(
            "您的事项 {0} 还缺材料，请在 {1} 前补齐；来不了请联系首问责任人。Papers are missing for {0};"
            " please bring them by {1}, or talk to your first contact.",
            row.reference, to_string(deadline.due)));
}

void pass(Transaction& tx, const Caller& caller, const StoredCase& row, CaseDeadline& deadline,
          const Reckoning& now) {
  miss(deadline, now);
  note(tx, caller, row, deadline, DeadlineNews::passed);
  if (deadline.kind == DeadlineKind::supplement)
    tell_resident(
        tx, caller, row,
        fmt::format("您的事项 {0} 补材料的时间到了，事情没有关，请联系首问责任人。The time to bring what is"
                    " missing for {0} has passed; it stays open, please talk to your first contact.",
                    row.reference));
}

void escalate(Transaction& tx, const Caller& caller, const StoredCase& row, CaseDeadline& deadline) {
  deadline.next_on = std::nullopt;
  note(tx, caller, row, deadline, DeadlineNews::escalated);
  raise_alarm_further(tx, deadline.id);
}

// One from before deadlines had rows: it was counted from the day of its case.
void adopt(Transaction& tx, const StoredCase& row, CaseDeadline& deadline, const Reckoning& now) {
  const auto promised = matter_by_hash(tx, row.definition).promised_working_days.value_or(0);
  deadline.counted_from = now.zone.day_of(row.opened_at);
  deadline.working_days = promised;
  deadline.next_on = deadline.due + 1;
  if (row.phase == Phase::waiting_for_resident) pause(deadline, now);
}

// The case of a timer's key. Those that a migration set for cases from before have its plain number: it can
// count and not write ids.
std::optional<CaseId> case_of(const std::string& key) {
  if (const auto id = parse_id<CaseTag>(key)) return id;
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(key.data(), key.data() + key.size(), number);
  if (fault != std::errc{} || end != key.data() + key.size()) return std::nullopt;
  return CaseId{number};
}

}  // namespace

void watch_deadlines(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  const auto id = case_of(key);
  const auto row = id ? find_case(tx, *id) : std::nullopt;
  if (!row || is_over(row->phase)) return;
  auto deadlines = open_deadlines(tx, row->id);
  const auto before = deadlines;
  const auto now = reckon(tx, caller.at);
  std::vector<CaseDeadline> passed;
  bool is_news = false;
  for (auto& deadline : deadlines) {
    if (!deadline.counted_from) adopt(tx, *row, deadline, now);
    if (!deadline.next_on || *deadline.next_on > now.today) continue;
    is_news = true;
    if (deadline.state == DeadlineState::missed) {
      escalate(tx, caller, *row, deadline);
    } else if (now.today <= deadline.due) {
      remind(tx, caller, *row, deadline);
    } else {
      pass(tx, caller, *row, deadline, now);
      passed.push_back(deadline);
    }
  }
  keep_deadlines(tx, now.zone, before, deadlines);
  // The timer that fired is gone; where the next thing is due on the same day as the last, it is not moved.
  if (next_of(before) && next_of(deadlines) == next_of(before))
    set_watch(tx, now.zone, row->id, next_of(deadlines));
  raise_alarms(tx, caller, passed);
  const auto promise = promise_among(deadlines);
  if (!is_news && promise.by == row->promised_by) return;
  tx.run(
      "update cases set promised_by = :by, provisional = :provisional, version = version + 1 where id = :id",
      {{"by", promise.by}, {"provisional", promise.provisional}, {"id", row->id}});
  tell_changed(tx, *row);
}

}  // namespace doorstep::cases
