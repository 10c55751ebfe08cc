#include "cases/history.hpp"

#include "base/sealed.hpp"

namespace doorstep::cases {

namespace {

struct HistoryTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "ch";
};

struct HistoryRow {
  std::int64_t id = 0;
  Instant at;
  HistoryKind kind{};
  std::optional<std::string> step;
  std::optional<std::string> note;  // from before notes were sealed
  std::optional<storage::Bytes> sealed_note, recorded_for;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(HistoryRow, (), (id, at, kind, step, note, sealed_note, recorded_for, name))

constexpr SealContext word_context(std::int64_t entry) { return {"case_history", "recorded_for", entry}; }

constexpr SealContext applicant_context(CaseId id) { return {"cases", "applicant", id.value}; }

RecordedFor open_word(const KeyRing& keys, std::int64_t entry, const storage::Bytes& sealed) {
  return open(keys, Sealed<RecordedFor>{std::string{sealed.begin(), sealed.end()}}, word_context(entry));
}

Text words_for(const HistoryRow& row, const MatterDefinition& matter) {
  switch (row.kind) {
    case HistoryKind::opened:
      return {"材料已收下，事项开始办理", "Your papers were taken in and work has begun"};
    case HistoryKind::accepted: return {"承办人已接手", "Your handler has taken it on"};
    case HistoryKind::advanced: {
      const auto* step = row.step ? find_step(matter, *row.step) : nullptr;
      if (step == nullptr) return {"办理有了进展", "There is progress"};
      return {"进入下一步：" + step->name.zh, "Now at: " + step->name.en};
    }
    case HistoryKind::overdue:
      return {"已过承诺的日期，还在办理", "The promised day has passed and work goes on"};
    case HistoryKind::offered: return {"正在请另一位同事接手", "A colleague was asked to take it over"};
    case HistoryKind::handed_over: return {"换了承办人", "Your handler has changed"};
    case HistoryKind::declined:
      return {"那位同事没有接手，原来的人接着办",
              "The colleague did not take it over; nothing changes hands"};
    case HistoryKind::unit_named: {
      const auto* unit = row.step ? find_unit(matter, *row.step) : nullptr;
      if (unit == nullptr) return {"确定了办理单位", "A unit was named"};
      return {"确定了办理单位：" + unit->name.zh, "Unit named: " + unit->name.en};
    }
    case HistoryKind::offer_withdrawn: return {"不换人了，原来的人接着办", "It is not handed over after all"};
  }
  return {};
}

}  // namespace

void add_history(Transaction& tx, const NewEntry& entry, const Caller& caller) {
  const auto id = tx.new_id<Id<HistoryTag>>();
  std::optional<storage::Bytes> note;
  if (entry.note) note = sealed_note(tx.keys(), "case_history", id.value, *entry.note);
  std::optional<storage::Bytes> word;
  if (entry.recorded_for) {
    const auto sealed = seal(tx.keys(), *entry.recorded_for, word_context(id.value));
    word.emplace(sealed.bytes().begin(), sealed.bytes().end());
  }
  tx.run(
      "insert into case_history (id, case_id, at, staff, kind, step, sealed_note, recorded_for)"
      " values (:id, :case, :at, :staff, :kind, :step, :note, :recorded_for)",
      {{"id", id},
       {"case", entry.case_id},
       {"at", caller.at},
       {"staff", caller.staff_id()},
       {"kind", entry.kind},
       {"step", entry.step},
       {"note", note},
       {"recorded_for", word}});
}

std::vector<HistoryEntry> history_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter) {
  std::vector<HistoryEntry> history;
  for (
      auto& row : snapshot.all<HistoryRow>(
          "select h.id, h.at, h.kind, h.step, h.note, h.sealed_note, h.recorded_for, s.name from case_history h"
          " left join staff s on s.id = h.staff where h.case_id = :case order by h.id",
          {{"case", id}})) {
    auto words = words_for(row, matter);
    if (row.sealed_note) row.note = open_note(snapshot.keys(), "case_history", row.id, *row.sealed_note);
    HistoryEntry entry{row.at, std::move(words), std::move(row.name), std::move(row.note)};
    if (row.recorded_for) entry.recorded_for = open_word(snapshot.keys(), row.id, *row.recorded_for);
    history.push_back(std::move(entry));
  }
  return history;
}

storage::Bytes sealed_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                           const std::string& note) {
  const auto sealed = seal(keys, note, {table, "sealed_note", row});
  return {sealed.bytes().begin(), sealed.bytes().end()};
}

std::string open_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                      const storage::Bytes& sealed) {
  return open(keys, Sealed<std::string>{std::string{sealed.begin(), sealed.end()}},
              {table, "sealed_note", row});
}

storage::Bytes sealed_applicant(const KeyRing& keys, CaseId id, const Applicant& applicant) {
  const auto sealed = seal(keys, applicant, applicant_context(id));
  return {sealed.bytes().begin(), sealed.bytes().end()};
}

Applicant open_applicant(const KeyRing& keys, CaseId id, const storage::Bytes& sealed) {
  return open(keys, Sealed<Applicant>{std::string{sealed.begin(), sealed.end()}}, applicant_context(id));
}

}  // namespace doorstep::cases
