#include "cases/system_files.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/problem.hpp"
#include "cases/answers.hpp"
#include "cases/apply.hpp"
#include "cases/case_list.hpp"
#include "cases/system_adapters.hpp"
#include "identity/person.hpp"

namespace doorstep::cases {

namespace {

struct CountRow {
  OtherSystem system{};
  SystemStage stage{};
  std::int64_t count = 0;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (system, stage, count, since))

struct ListedRow {
  CaseId id;
  std::string reference, body;
  std::int64_t tries = 0;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (), (id, reference, body, tries, changed_at))

struct WaitingRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference, step;
  std::int64_t tries = 0;
};
BOOST_DESCRIBE_STRUCT(WaitingRow, (), (id, version, reference, step, tries))

struct LineRow {
  SystemFileId file;
  std::int64_t number = 0;
  CaseId case_id;
  std::int64_t tried = 0;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (file, number, case_id, tried))

struct FileRow {
  SystemFileId id;
  VenueId venue;
  OtherSystem system{};
  std::string made_by;
  Instant made_at;
  std::int64_t lines = 0;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (id, venue, system, made_by, made_at, lines))

struct DefinitionRow {
  std::string hash, body;
};
BOOST_DESCRIBE_STRUCT(DefinitionRow, (), (hash, body))

struct UnitRow {
  CaseId case_id;
  std::string unit, name;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (case_id, unit, name))

struct SentRow {
  CaseId id;
  std::string reference, definition;
  std::optional<storage::Bytes> applicant, sealed_answers;
  std::string venue;
  Instant opened_at;
  std::int64_t tried = 0;
};
BOOST_DESCRIBE_STRUCT(SentRow, (),
                      (id, reference, definition, applicant, sealed_answers, venue, opened_at, tried))

constexpr std::initializer_list<Role> managers = {Role::centre_manager};

SystemFileView view_of(const FileRow& row) {
  return {row.id, row.system, row.made_by, row.made_at, row.lines};
}

std::vector<WaitingRow> waiting(Snapshot& snapshot, const MakeSystemFile& wish) {
  return snapshot.all<WaitingRow>(
      "select c.id, c.version, c.reference, c.step, s.tries from case_systems s join cases c on c.id = s.case_id"
      " where s.venue = :venue and s.system = :system and s.stage = 'to_send' and c.ended_at is null"
      " order by s.changed_at, s.case_id limit :limit",
      {{"venue", wish.venue}, {"system", wish.system}, {"limit", system_lines_max}});
}

std::optional<FileRow> find_file(Snapshot& snapshot, SystemFileId id) {
  return snapshot.maybe<FileRow>(
      "select f.id, f.venue, f.system, s.name as made_by, f.made_at, f.lines from system_files f"
      " join staff s on s.id = f.made_by where f.id = :id",
      {{"id", id}});
}

// The definitions with which its cases began. One statement.
std::map<std::string, MatterDefinition> definitions_of(Snapshot& snapshot, SystemFileId file) {
  std::map<std::string, MatterDefinition> definitions;
  for (const auto& row : snapshot.all<DefinitionRow>(
           "select d.hash, d.body from matter_definitions d where d.hash in"
           " (select c.definition from system_lines l join cases c on c.id = l.case_id where l.file = :file)",
           {{"file", file}}))
    definitions.emplace(row.hash, read_json<MatterDefinition>(row.body));
  return definitions;
}

// Who acts in its cases besides, as they are named now. One statement.
std::multimap<CaseId, UnitRow> units_in(Snapshot& snapshot, SystemFileId file) {
  std::multimap<CaseId, UnitRow> units;
  for (
      auto& row : snapshot.all<UnitRow>(
          "select u.case_id, u.unit, coalesce(u.name, o.official_name, o.name_zh) as name from system_lines l"
          " join case_units u on u.case_id = l.case_id left join organisations o on o.id = u.organisation"
          " where l.file = :file and u.ended_at is null order by u.case_id, u.unit",
          {{"file", file}})) {
    const auto id = row.case_id;
    units.emplace(id, std::move(row));
  }
  return units;
}

std::string units_text(const std::multimap<CaseId, UnitRow>& units, CaseId id,
                       const MatterDefinition& matter) {
  std::string text;
  const auto [first, last] = units.equal_range(id);
  for (auto at = first; at != last; ++at) {
    const auto* unit = find_unit(matter, at->second.unit);
    if (!text.empty()) text += "；";
    text += (unit == nullptr ? at->second.unit : unit->name.zh) + "：" + at->second.name;
  }
  return text;
}

std::string answers_text(const MatterDefinition& matter, const Answers& answers) {
  std::string text;
  for (const auto& [ask, answer] : views_of(matter, answers, Language::zh)) {
    if (!text.empty()) text += "；";
    text += ask.zh + " " + answer;
  }
  return text;
}

std::vector<CaseToSend> cases_in(Snapshot& snapshot, SystemFileId file, const Zone& zone) {
  const auto definitions = definitions_of(snapshot, file);
  const auto units = units_in(snapshot, file);
  std::vector<CaseToSend> cases;
  for (
      const auto& row : snapshot.all<SentRow>(
          "select c.id, c.reference, c.definition, c.applicant, c.sealed_answers, v.name_zh as venue, c.opened_at,"
          " l.tried from system_lines l join cases c on c.id = l.case_id join venues v on v.id = c.venue"
          " where l.file = :file order by l.number",
          {{"file", file}})) {
    const auto& matter = definitions.at(row.definition);
    const auto applicant = open_applicant(snapshot.keys(), row.id, row.applicant.value());
    const auto answers =
        row.sealed_answers ? open_answers(snapshot.keys(), row.id, *row.sealed_answers) : Answers{};
    cases.push_back({.reference = row.reference,
                     .matter = matter.name.zh,
                     .name = applicant.name,
                     .phone = applicant.phone,
                     .units = units_text(units, row.id, matter),
                     .answers = answers_text(matter, answers),
                     .venue = row.venue,
                     .day = to_string(zone.day_of(row.opened_at)),
                     .tried = std::to_string(row.tried)});
  }
  return cases;
}

}  // namespace

SystemCounts count_systems(Snapshot& snapshot, const Caller& caller, const CountSystems& wish) {
  require_role(caller, at_cases, wish.venue);
  SystemCounts counts;
  for (const auto& adapter : adapters()) counts.systems.push_back({.system = adapter.system});
  for (const auto& row : snapshot.all<CountRow>(
           "select s.system, s.stage, count(*) as count, min(s.changed_at) as since from case_systems s"
           " join cases c on c.id = s.case_id where s.venue = :venue and s.stage <> 'settled'"
           " and c.ended_at is null group by s.system, s.stage",
           {{"venue", wish.venue}})) {
    auto& count = *std::ranges::find(counts.systems, row.system, &SystemCount::system);
    if (row.stage == SystemStage::to_send) count.to_send = row.count;
    if (row.stage == SystemStage::registered) count.registered = row.count;
    if (row.stage == SystemStage::returned) count.returned = row.count;
    if (row.stage == SystemStage::sent) {
      count.sent = row.count;
      count.silent_since = row.since;
    }
  }
  return counts;
}

Page<SystemCaseRow> list_system_cases(Snapshot& snapshot, const Caller& caller, const ListSystemCases& wish) {
  require_role(caller, at_cases, wish.venue);
  const auto system = enum_named<OtherSystem>(wish.system);
  if (!system) throw Problem{"bad_query", {}, "system"};
  const auto stage = enum_named<SystemStage>(wish.stage);
  if (!stage) throw Problem{"bad_query", {}, "stage"};
  const int limit = page_limit(wish.limit);
  return page_of(
      snapshot.all<ListedRow>(
          "select c.id, c.reference, d.body, s.tries, s.changed_at from case_systems s"
          " join cases c on c.id = s.case_id join matter_definitions d on d.hash = c.definition"
          " where s.venue = :venue and s.system = :system and s.stage = :stage and c.ended_at is null"
          " and s.case_id < :before order by s.case_id desc limit :limit",
          {{"venue", wish.venue},
           {"system", *system},
           {"stage", *stage},
           {"before", page_before(wish.cursor)},
           {"limit", limit + 1}}),
      limit, [](const ListedRow& row) { return row.id.value; },
      [](const ListedRow& row) {
        const auto matter = read_json<MatterDefinition>(row.body);
        return SystemCaseRow{row.id, row.reference, {matter.key, matter.name}, row.tries, row.changed_at};
      });
}

SystemFileView make_system_file(Transaction& tx, const Caller& caller, const MakeSystemFile& wish) {
  require_role(caller, managers, wish.venue);
  const auto cases = waiting(tx, wish);
  if (cases.empty()) throw Problem{"nothing_to_send"};
  const auto id = tx.new_id<SystemFileId>();
  tx.run(
      "insert into system_files (id, venue, system, made_by, made_at, lines)"
      " values (:id, :venue, :system, :staff, :at, :lines)",
      {{"id", id},
       {"venue", wish.venue},
       {"system", wish.system},
       {"staff", require_staff(caller).id},
       {"at", caller.at},
       {"lines", static_cast<std::int64_t>(cases.size())}});
  std::vector<LineRow> lines;
  std::vector<CaseInPlace> sent;
  for (const auto& each : cases) {
    lines.push_back({id, static_cast<std::int64_t>(lines.size()) + 1, each.id, each.tries + 1});
    sent.push_back({each.id, each.version, each.reference, wish.venue, each.step});
  }
  tx.run("insert into system_lines (file, number, case_id, tried) values (:rows)",
         {{"rows", storage::rows(lines)}});
  tx.run(
      "update case_systems set stage = :stage, version = version + 1, tries = tries + 1, changed_at = :at"
      " where case_id in (select case_id from system_lines where file = :file)",
      {{"stage", stage_after(SystemStage::to_send, SystemAct::send)}, {"at", caller.at}, {"file", id}});
  change_in_place(tx, caller, sent, HistoryKind::system_sent);
  return view_of(find_file(tx, id).value());
}

Page<SystemFileView> list_system_files(Snapshot& snapshot, const Caller& caller,
                                       const ListSystemFiles& wish) {
  require_role(caller, managers, wish.venue);
  const int limit = page_limit(wish.limit);
  return page_of(
      snapshot.all<FileRow>(
          "select f.id, f.venue, f.system, s.name as made_by, f.made_at, f.lines from system_files f"
          " join staff s on s.id = f.made_by where f.venue = :venue and f.id < :before order by f.id desc limit :limit",
          {{"venue", wish.venue}, {"before", page_before(wish.cursor)}, {"limit", limit + 1}}),
      limit, [](const FileRow& row) { return row.id.value; }, view_of);
}

Outcome<CsvFile> fetch_system_file(Transaction& tx, const Caller& caller, const FetchSystemFile& wish) {
  const auto file = find_file(tx, wish.file);
  if (!file) throw Problem{"no_such_system_file"};
  const bool may = caller.has(Role::centre_manager, file->venue);
  if (may) identity::require_purpose(wish.purpose);
  identity::audit_look(tx, caller, "fetch_system_file", to_string(wish.file), wish.purpose, may);
  if (!may) return std::unexpected(Refused{Problem{"not_allowed"}});
  const auto& adapter = adapter_of(file->system);
  const auto zone = network::local_zone(tx);
  return CsvFile{
      fmt::format("{} {} {}", adapter.name.zh, to_string(zone.day_of(file->made_at)), to_string(wish.file)),
      file_for(adapter, cases_in(tx, wish.file, zone))};
}

}  // namespace doorstep::cases
