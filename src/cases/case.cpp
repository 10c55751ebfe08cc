#include "cases/case.hpp"

#include <algorithm>
#include <set>

#include "base/problem.hpp"
#include "cases/events.hpp"
#include "cases/history.hpp"
#include "journal/tokens.hpp"

namespace doorstep::cases {

namespace {

constexpr std::initializer_list<Role> at_cases = {Role::window_officer, Role::centre_manager};

struct FullRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference, definition;
  VenueId venue;
  Phase phase{};
  std::string step;
  StaffId first_contact;
  std::optional<StaffId> handler;
  Instant opened_at;
  std::optional<Day> promised_by;
  bool provisional = false;
  std::optional<std::string> note;  // from before notes were sealed
  std::optional<storage::Bytes> sealed_note;
  bool has_applicant = false;
};
BOOST_DESCRIBE_STRUCT(FullRow, (),
                      (id, version, reference, definition, venue, phase, step, first_contact, handler,
                       opened_at, promised_by, provisional, note, sealed_note, has_applicant))

constexpr std::string_view by_id =
    "select id, version, reference, definition, venue, phase, step, first_contact, handler, opened_at, promised_by,"
    " provisional, note, sealed_note, case when applicant is null then 0 else 1 end as has_applicant from cases where id = :id";
constexpr std::string_view by_token =
    "select id, version, reference, definition, venue, phase, step, first_contact, handler, opened_at, promised_by,"
    " provisional, note, sealed_note, case when applicant is null then 0 else 1 end as has_applicant from cases where token_hash = :token_hash";

struct ListedRow {
  CaseId id;
  std::int64_t version = 0;
  std::string reference, matter, body;
  Phase phase{};
  std::string step, first_contact;
  std::optional<std::string> handler;
  Instant opened_at;
  std::optional<Day> promised_by;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (),
                      (id, version, reference, matter, body, phase, step, first_contact, handler, opened_at,
                       promised_by))

struct KeyRow {
  std::string key;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (key))

struct ApplicantRow {
  VenueId venue;
  std::optional<storage::Bytes> applicant;
};
BOOST_DESCRIBE_STRUCT(ApplicantRow, (), (venue, applicant))

StepView step_view(const MatterDefinition& matter, std::string_view key) {
  const auto* step = find_step(matter, key);
  return step == nullptr ? StepView{std::string{key}, {}, {}, {}}
                         : StepView{step->key, step->name, step->who, step->phase};
}

std::vector<MaterialView> materials_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter) {
  std::set<std::string> received;
  for (auto& row :
       snapshot.all<KeyRow>("select key from case_materials where case_id = :case", {{"case", id}})) {
    received.insert(std::move(row.key));
  }
  std::vector<MaterialView> materials;
  for (const auto& material : matter.materials) {
    materials.push_back({material.key, material.name, received.contains(material.key)});
  }
  return materials;
}

FullRow require_case(Snapshot& snapshot, const Caller& caller, CaseId id) {
  auto row = snapshot.maybe<FullRow>(by_id, {{"id", id}});
  if (!row) throw Problem{"no_such_case"};
  require_role(caller, at_cases, row->venue);
  return std::move(*row);
}

CaseView view(Snapshot& snapshot, const Caller& caller, const FullRow& row) {
  const auto matter = matter_by_hash(snapshot, row.definition);
  const auto handles = row.handler.value_or(row.first_contact);
  CaseView shown{.id = row.id,
                 .version = row.version,
                 .token = token_of(snapshot, row.id),
                 .reference = row.reference,
                 .matter = {matter.key, matter.name},
                 .phase = row.phase,
                 .step = step_view(matter, row.step),
                 .next_steps = {},
                 .first_contact = identity::officer(snapshot, row.first_contact),
                 .handler = identity::officer(snapshot, row.handler),
                 .mine = caller.staff && caller.staff->id == handles,
                 .opened_at = row.opened_at,
                 .promised_by = row.promised_by,
                 .provisional = row.provisional,
                 .materials = materials_of(snapshot, row.id, matter),
                 .history = history_of(snapshot, row.id, matter),
                 .note = row.sealed_note ? open_note(snapshot.keys(), "cases", row.id.value, *row.sealed_note)
                                         : row.note,
                 .has_applicant = row.has_applicant};
  if (const auto* step = find_step(matter, row.step)) {
    for (const auto& next : step->next) shown.next_steps.push_back(step_view(matter, next));
  }
  return shown;
}

void tell_changed(Transaction& tx, const FullRow& row) {
  tx.emit(case_topic(row.id), CaseChanged{row.version + 1});
  tx.emit(desk_topic(row.venue), CaseListed{row.reference});
}

void require_handler(const Caller& caller, const FullRow& row) {
  const auto handles = row.handler.value_or(row.first_contact);
  if (require_staff(caller).id != handles && !caller.has(Role::centre_manager, row.venue))
    throw Problem{"not_your_case"};
}

}  // namespace

CaseView read_case(Snapshot& snapshot, const Caller& caller, const ReadCase& wish) {
  return view(snapshot, caller, require_case(snapshot, caller, wish.id));
}

CaseProgress read_progress(Snapshot& snapshot, const Caller&, const ReadProgress& wish) {
  const auto row =
      snapshot.maybe<FullRow>(by_token, {{"token_hash", tokens::hash_of(snapshot.keys(), wish.token)}});
  if (!row) throw Problem{"no_such_case"};
  const auto matter = matter_by_hash(snapshot, row->definition);
  const auto venue = network::venue(snapshot, row->venue);
  CaseProgress progress{.reference = row->reference,
                        .matter = {matter.key, matter.name},
                        .phase = row->phase,
                        .step = step_view(matter, row->step),
                        .first_contact = identity::officer(snapshot, row->first_contact),
                        .handler = identity::officer(snapshot, row->handler),
                        .promised_by = row->promised_by,
                        .provisional = row->provisional,
                        .materials = materials_of(snapshot, row->id, matter),
                        .history = {},
                        .place = {}};
  if (venue) progress.place = {venue->name, venue->address};
  for (auto& entry : history_of(snapshot, row->id, matter)) {
    progress.history.push_back({entry.at, std::move(entry.text)});
  }
  return progress;
}

std::vector<network::InUse> uses_of_venue(Snapshot& snapshot, VenueId venue) {
  const auto in_hand = snapshot.value<std::int64_t>(
      "select count(*) from cases where venue = :venue and ended_at is null", {{"venue", venue}});
  if (in_hand == 0) return {};
  return {network::InUse::cases};
}

Page<CaseRow> list_cases(Snapshot& snapshot, const Caller& caller, const ListCases& wish) {
  require_role(caller, at_cases, wish.venue);
  const int limit = page_limit(wish.limit);
  // The newest first: a cursor goes down from the largest id.
  const auto after = page_after(wish.cursor);
  const auto rows = snapshot.all<ListedRow>(
      "select c.id, c.version, c.reference, c.matter, d.body, c.phase, c.step, f.name as first_contact,"
      " h.name as handler, c.opened_at, c.promised_by from cases c"
      " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
      " left join staff h on h.id = c.handler"
      " where c.venue = :venue and c.id < :before order by c.id desc limit :limit",
      {{"venue", wish.venue}, {"before", after == 0 ? INT64_MAX : after}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const ListedRow& row) { return row.id.value; },
      [](const ListedRow& row) {
        const auto matter = read_json<MatterDefinition>(row.body);
        return CaseRow{.id = row.id,
                       .version = row.version,
                       .reference = row.reference,
                       .matter = {matter.key, matter.name},
                       .phase = row.phase,
                       .step = step_view(matter, row.step).name,
                       .first_contact = row.first_contact,
                       .handler = row.handler,
                       .opened_at = row.opened_at,
                       .promised_by = row.promised_by};
      });
}

CaseView accept_case(Transaction& tx, const Caller& caller, const AcceptCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  if (is_over(row.phase)) throw Problem{"case_over"};
  if (row.handler) throw Problem{"already_accepted"};
  tx.run("update cases set handler = :handler, version = version + 1 where id = :id",
         {{"handler", require_staff(caller).id}, {"id", row.id}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::accepted, .step = row.step}, caller);
  tell_changed(tx, row);
  return read_case(tx, caller, {row.id});
}

CaseView advance_case(Transaction& tx, const Caller& caller, const AdvanceCase& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  if (is_over(row.phase)) throw Problem{"case_over"};
  const auto matter = matter_by_hash(tx, row.definition);
  const auto* from = find_step(matter, row.step);
  const auto* to = find_step(matter, wish.to);
  if (from == nullptr || to == nullptr || std::ranges::find(from->next, wish.to) == from->next.end()) {
    throw Problem{"step_not_allowed"};
  }
  const bool over = is_over(to->phase);
  tx.run(
      "update cases set step = :step, phase = :phase, ended_at = :ended_at, version = version + 1 where id = :id",
      {{"step", to->key},
       {"phase", to->phase},
       {"ended_at", over ? std::optional{caller.at} : std::nullopt},
       {"id", row.id}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::advanced, .step = to->key, .note = wish.note},
              caller);
  if (over) tx.clear_timer(promise_timer, to_string(row.id));
  tell_changed(tx, row);
  return read_case(tx, caller, {row.id});
}

Outcome<Applicant> look_at_applicant(Transaction& tx, const Caller& caller, const LookAtApplicant& wish) {
  const auto row =
      tx.maybe<ApplicantRow>("select venue, applicant from cases where id = :id", {{"id", wish.id}});
  if (!row) throw Problem{"no_such_case"};
  const bool may =
      caller.has(Role::window_officer, row->venue) || caller.has(Role::centre_manager, row->venue);
  const bool says_why = wish.purpose.find_first_not_of(" \t\n\r") != std::string::npos;
  if (may && !says_why) throw Problem{"purpose_missing", {}, "purpose"};
  identity::audit_look(tx, caller, "look_at_applicant", to_string(wish.id), wish.purpose, may);
  if (!may) return std::unexpected(Refused{Problem{"not_allowed"}});
  if (!row->applicant) return std::unexpected(Refused{Problem{"no_applicant"}});
  return open_applicant(tx.keys(), wish.id, *row->applicant);
}

Topic listen_to_case(Snapshot& snapshot, const Caller&, const std::string& token) {
  const auto row =
      snapshot.maybe<FullRow>(by_token, {{"token_hash", tokens::hash_of(snapshot.keys(), token)}});
  if (!row) throw Problem{"no_such_case"};
  return case_topic(row->id);
}

Topic listen_to_desk(Snapshot&, const Caller& caller, const std::string& asked) {
  const auto id = parse_id(VenueTag::prefix, asked);
  if (!id) throw Problem{"no_such_topic", {"desk:" + asked}, "topics"};
  require_role(caller, at_cases, VenueId{*id});
  return desk_topic(VenueId{*id});
}

void pass_promise(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  const auto id = parse_id(CaseTag::prefix, key);
  const auto row = id ? tx.maybe<FullRow>(by_id, {{"id", CaseId{*id}}}) : std::nullopt;
  if (!row || is_over(row->phase)) return;
  add_history(tx, {.case_id = row->id, .kind = HistoryKind::overdue, .step = row->step}, caller);
  tx.run("update cases set version = version + 1 where id = :id", {{"id", row->id}});
  tell_changed(tx, *row);
}

std::string token_of(Snapshot& snapshot, CaseId id) {
  return tokens::token_for(snapshot.keys(), "case", id.value);
}

std::string reference_of(Snapshot& snapshot, CaseId id) {
  return snapshot.value<std::string>("select reference from cases where id = :id", {{"id", id}});
}

}  // namespace doorstep::cases
