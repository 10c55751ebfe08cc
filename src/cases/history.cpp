#include "cases/history.hpp"

#include "base/sealed.hpp"
#include "cases/deadlines.hpp"

namespace doorstep::cases {

namespace {

struct HistoryTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "ch";
};

struct NewRow {
  Id<HistoryTag> id;
  CaseId case_id;
  Instant at;
  std::optional<StaffId> staff;
  HistoryKind kind{};
  std::optional<std::string> step;
  std::optional<storage::Bytes> sealed_note;
  std::optional<std::string> about;
  std::optional<DeadlineKind> deadline;
  std::optional<DeadlineNews> news;
  std::optional<storage::Bytes> recorded_for;
};
BOOST_DESCRIBE_STRUCT(NewRow, (),
                      (id, case_id, at, staff, kind, step, sealed_note, about, deadline, news, recorded_for))

struct HistoryRow {
  std::int64_t id = 0;
  Instant at;
  HistoryKind kind{};
  std::optional<std::string> step;
  std::optional<std::string> note;  // from before notes were sealed
  std::optional<storage::Bytes> sealed_note, recorded_for;
  std::optional<std::string> name, about;
  std::optional<DeadlineKind> deadline;
  std::optional<DeadlineNews> news;
};
BOOST_DESCRIBE_STRUCT(HistoryRow, (),
                      (id, at, kind, step, note, sealed_note, recorded_for, name, about, deadline, news))

struct ApplicantRow {
  std::optional<storage::Bytes> applicant;
};
BOOST_DESCRIBE_STRUCT(ApplicantRow, (), (applicant))

constexpr SealContext word_context(std::int64_t entry) { return {"case_history", "recorded_for", entry}; }

constexpr SealContext applicant_context(CaseId id) { return {"cases", "applicant", id.value}; }

RecordedFor open_word(const KeyRing& keys, std::int64_t entry, const storage::Bytes& sealed) {
  return open(keys, Sealed<RecordedFor>{std::string{sealed.begin(), sealed.end()}}, word_context(entry));
}

// What it is called; what an officer asked for in words of their own stands with the papers only.
Text name_of_paper(const HistoryRow& row, const MatterDefinition& matter) {
  const auto* material = row.about ? find_material(matter, *row.about) : nullptr;
  return material == nullptr ? Text{"一份另外要的材料", "a paper asked for besides"} : material->name;
}

Text words_for(const HistoryRow& row, const MatterDefinition& matter) {
  switch (row.kind) {
    case HistoryKind::opened:
      if (!row.name) return {"你交的申请已收到", "What you sent has arrived"};
      return {"材料已收下，事项开始办理", "Your papers were taken in and work has begun"};
    case HistoryKind::accepted: return {"承办人已接手", "Your handler has taken it on"};
    case HistoryKind::advanced: {
      const auto* step = row.step ? find_step(matter, *row.step) : nullptr;
      if (step == nullptr) return {"办理有了进展", "There is progress"};
      return {"进入下一步：" + step->name.zh, "Now at: " + step->name.en};
    }
    case HistoryKind::overdue:
      return words_for(row.deadline.value_or(DeadlineKind::promised),
                       row.news.value_or(DeadlineNews::passed));
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
    case HistoryKind::material_received: {
      const auto paper = name_of_paper(row, matter);
      return {"收到材料：" + paper.zh, "Received: " + paper.en};
    }
    case HistoryKind::material_taken_back: {
      const auto paper = name_of_paper(row, matter);
      return {"刚才记错了，还没有收到：" + paper.zh, "Marked by mistake, not received yet: " + paper.en};
    }
    case HistoryKind::told_missing: return {"还缺的材料已经一次说清", "All that is missing was told at once"};
    case HistoryKind::told_again:
      return {"后来又发现缺材料，再次告知", "Something more turned out to be missing and was told"};
    case HistoryKind::all_came:
      return {"要补的材料都到了，接着办理", "All that was missing has come and work goes on"};
    case HistoryKind::withdrawn: return {"申请人不办了，已撤回", "Withdrawn, as the applicant wished"};
    case HistoryKind::let_follow: {
      const auto paper = name_of_paper(row, matter);
      return {"先收下，后补：" + paper.zh, "Accepted, to follow: " + paper.en};
    }
    case HistoryKind::follow_declined: {
      const auto paper = name_of_paper(row, matter);
      return {"申请人不选后补，还缺：" + paper.zh,
              "The applicant chose not to promise it, still missing: " + paper.en};
    }
    case HistoryKind::follow_passed: {
      const auto paper = name_of_paper(row, matter);
      return {"说好后补的日子过了，还没有到：" + paper.zh,
              "The promised day has passed without: " + paper.en};
    }
    case HistoryKind::declared: return {"已签告知承诺书", "The declaration was signed"};
    case HistoryKind::noted: return {"备注", "A note"};
    case HistoryKind::child_opened:
      return {"另开了一件相关的事", "A further case was opened beside this one"};
    case HistoryKind::result_way_chosen:
      return {"选好了怎么取结果", "It was chosen how the result is handed out"};
    case HistoryKind::result_handed_out: return {"结果已经交到手上", "The result was handed out"};
    case HistoryKind::attachment_added: {
      if (!row.about) return {"添加了照片或文件", "A photo or document was added"};
      const auto paper = name_of_paper(row, matter);
      return {"添加了照片或文件：" + paper.zh, "A photo or document was added: " + paper.en};
    }
    case HistoryKind::attachment_removed: return {"删掉了一份照片或文件", "A photo or document was removed"};
    case HistoryKind::came: return {"为这件事来了一趟", "Somebody came for it"};
    case HistoryKind::trip_taken_back:
      return {"刚才记错了，今天没有来", "Marked by mistake: nobody came today"};
    case HistoryKind::taken_further:
      return {"转到“办不成事”窗口，由负责人接着管", "Taken to the desk for what could not be done"};
    case HistoryKind::system_handed_over:
      return {"排上了，等着交给对方的系统", "It waits to be given to the other system"};
    case HistoryKind::system_sent: return {"已经交给对方的系统，等回音", "Given to the other system"};
    case HistoryKind::system_registered:
      return {"对方的系统里已经登记，有了编号", "Registered in the other system"};
    case HistoryKind::system_returned:
      return {"对方的系统退回来了，我们核对了再交",
              "The other system returned it; we check it and give it again"};
    case HistoryKind::system_confirmed:
      return {"到对方的系统里看过，情况已经记下", "How it stands in the other system was looked up"};
    case HistoryKind::system_settled: return {"对方的系统里已经办好", "Settled in the other system"};
    case HistoryKind::system_answer_taken_back:
      return {"刚才记的对方系统的情况有误，已改回", "What was noted of the other system was a mistake"};
    case HistoryKind::definition_moved:
      return {"这类事项的办法更新了，这件按新的办",
              "The matter has changed; this case goes on by the new way"};
    case HistoryKind::reopened: return {"重新办理", "Taken up again"};
  }
  return {};
}

}  // namespace

void add_history(Transaction& tx, const NewEntry& entry, const Caller& caller) {
  add_history(tx, std::vector{entry}, caller);
}

void add_history(Transaction& tx, const std::vector<NewEntry>& entries, const Caller& caller) {
  std::vector<NewRow> rows;
  for (const auto& entry : entries) {
    const auto id = tx.new_id<Id<HistoryTag>>();
    auto& row = rows.emplace_back(NewRow{.id = id,
                                         .case_id = entry.case_id,
                                         .at = caller.at,
                                         .staff = caller.staff_id(),
                                         .kind = entry.kind,
                                         .step = entry.step,
                                         .sealed_note = {},
                                         .about = entry.about,
                                         .deadline = entry.deadline,
                                         .news = entry.news,
                                         .recorded_for = {}});
    if (entry.note) row.sealed_note = sealed_note(tx.keys(), "case_history", id.value, *entry.note);
    if (entry.recorded_for) {
      const auto sealed = seal(tx.keys(), *entry.recorded_for, word_context(id.value));
      row.recorded_for.emplace(sealed.bytes().begin(), sealed.bytes().end());
    }
  }
  tx.run(
      "insert into case_history (id, case_id, at, staff, kind, step, sealed_note, about, deadline, news, recorded_for)"
      " values (:rows)",
      {{"rows", storage::rows(rows)}});
}

std::vector<HistoryEntry> history_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter,
                                     Reader reader) {
  std::vector<HistoryEntry> history;
  for (
      auto& row : snapshot.all<HistoryRow>(
          "select h.id, h.at, h.kind, h.step, h.note, h.sealed_note, h.recorded_for, s.name, h.about, h.deadline, h.news"
          " from case_history h left join staff s on s.id = h.staff where h.case_id = :case order by h.id",
          {{"case", id}})) {
    if (row.kind == HistoryKind::noted && reader == Reader::resident) continue;
    auto words = words_for(row, matter);
    if (row.sealed_note) row.note = open_note(snapshot.keys(), "case_history", row.id, *row.sealed_note);
    HistoryEntry entry{row.at, std::move(words), std::move(row.name), std::move(row.note)};
    if (row.recorded_for) entry.recorded_for = open_word(snapshot.keys(), row.id, *row.recorded_for);
    history.push_back(std::move(entry));
  }
  return history;
}

storage::Bytes sealed_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                           const std::string& note, std::string_view column) {
  const auto sealed = seal(keys, note, {table, column, row});
  return {sealed.bytes().begin(), sealed.bytes().end()};
}

std::string open_note(const KeyRing& keys, std::string_view table, std::int64_t row,
                      const storage::Bytes& sealed, std::string_view column) {
  return open(keys, Sealed<std::string>{std::string{sealed.begin(), sealed.end()}}, {table, column, row});
}

storage::Bytes sealed_applicant(const KeyRing& keys, CaseId id, const Applicant& applicant) {
  const auto sealed = seal(keys, applicant, applicant_context(id));
  return {sealed.bytes().begin(), sealed.bytes().end()};
}

Applicant open_applicant(const KeyRing& keys, CaseId id, const storage::Bytes& sealed) {
  return open(keys, Sealed<Applicant>{std::string{sealed.begin(), sealed.end()}}, applicant_context(id));
}

std::optional<Applicant> applicant_of(Snapshot& snapshot, CaseId id) {
  const auto row = snapshot.one<ApplicantRow>("select applicant from cases where id = :id", {{"id", id}});
  if (!row.applicant) return std::nullopt;
  return open_applicant(snapshot.keys(), id, *row.applicant);
}

}  // namespace doorstep::cases
