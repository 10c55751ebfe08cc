#include "cases/case_search.hpp"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "base/utf8.hpp"
#include "cases/case_list.hpp"
#include "cases/history.hpp"
#include "cases/open.hpp"
#include "cases/stored_case.hpp"
#include "identity/person.hpp"
#include "identity/vault.hpp"

namespace doorstep::cases {

namespace {

constexpr std::size_t pairs_kept = 30;
constexpr int cases_at_once = 500;  // while all marks are made anew

struct MarkRow {
  std::string kind, hash;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(MarkRow, (), (kind, hash, case_id))

struct SealedRow {
  CaseId id;
  VenueId venue;
  storage::Bytes applicant;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (id, venue, applicant))

struct IdRow {
  CaseId id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

// Of the venue, too: a search is one venue's, and does not walk past those of all others.
std::string mark(const Snapshot& snapshot, VenueId venue, std::string_view kind, std::string_view text) {
  return snapshot.keys().keyed_hash("applicant " + std::string{kind},
                                    to_string(venue) + ' ' + std::string{text});
}

std::string stored_phone(std::string_view typed) {
  return identity::stored_form(identity::Fact::phone, typed);
}
std::string stored_name(std::string_view typed) { return identity::stored_form(identity::Fact::name, typed); }

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

// "123" is this year's NX-2026-000123; what is typed in small letters is meant in large ones.
std::string whole_reference(Snapshot& snapshot, const std::string& typed, Instant at) {
  constexpr std::size_t digits_max = 9;
  if (is_digits(typed) && typed.size() <= digits_max) {
    const auto town = network::town(snapshot);
    return fmt::format("{}-{}-{:06}", town.initials, year_of(Zone{town.zone}.day_of(at)), std::stoll(typed));
  }
  std::string reference;
  for (const char letter : typed) {
    if (letter != ' ')
      reference += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  return reference;
}

std::vector<ListedCase> handled_by(Snapshot& snapshot, StaffId me, std::int64_t before, int limit) {
  return snapshot.all<ListedCase>(
      "select c.id, c.version, c.reference, c.matter, d.body, c.phase, c.step, f.name as first_contact,"
      " h.name as handler, t.name as offered_to, c.opened_at, c.promised_by from (select id from cases where handler = :me and ended_at is null"
      " union all select id from cases where first_contact = :me and handler is null and ended_at is null) mine"
      " join cases c on c.id = mine.id"
      " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
      " left join staff h on h.id = c.handler"
      " left join case_offers o on o.case_id = c.id and o.state = 'offered' left join staff t on t.id = o.to_staff where c.id < :before order by c.id desc limit :limit",
      {{"me", me}, {"before", before}, {"limit", limit}});
}

std::vector<ListedCase> first_asked(Snapshot& snapshot, StaffId me, std::int64_t before, int limit) {
  return snapshot.all<ListedCase>(
      "select c.id, c.version, c.reference, c.matter, d.body, c.phase, c.step, f.name as first_contact,"
      " h.name as handler, t.name as offered_to, c.opened_at, c.promised_by from cases c"
      " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
      " left join staff h on h.id = c.handler"
      " left join case_offers o on o.case_id = c.id and o.state = 'offered' left join staff t on t.id = o.to_staff"
      " where c.first_contact = :me and c.ended_at is null and c.id < :before order by c.id desc limit :limit",
      {{"me", me}, {"before", before}, {"limit", limit}});
}

// The marks that all have to be there: of a phone its own, of a name the first, middle and last pair.
std::vector<std::string> marks_wanted(const Snapshot& snapshot, const FindCasesOfApplicant& wish) {
  if (wish.phone)
    return std::vector<std::string>(3, mark(snapshot, wish.venue, "phone", stored_phone(*wish.phone)));
  const auto pairs = letter_pairs(stored_name(*wish.name));
  if (pairs.empty()) throw Problem{"too_short", {"2"}, "name"};
  std::vector<std::string> wanted;
  for (const auto i : {std::size_t{0}, pairs.size() / 2, pairs.size() - 1})
    wanted.push_back(mark(snapshot, wish.venue, "name", pairs[i]));
  return wanted;
}

// In the order of the cases, until a page is full, as people are found by name.
std::vector<ListedCase> with_marks(Snapshot& snapshot, const FindCasesOfApplicant& wish,
                                   const std::vector<std::string>& wanted, std::int64_t before, int limit) {
  return snapshot.all<ListedCase>(
      "select c.id, c.version, c.reference, c.matter, d.body, c.phase, c.step, f.name as first_contact,"
      " h.name as handler, t.name as offered_to, c.opened_at, c.promised_by from (select m.case_id as id from case_marks m"
      " where m.kind = :kind and m.hash = :first and m.case_id < :before"
      " and (select n.case_id from case_marks n where n.kind = :kind and n.hash = :middle"
      " and n.case_id = m.case_id limit 1) is not null"
      " and (select p.case_id from case_marks p where p.kind = :kind and p.hash = :last"
      " and p.case_id = m.case_id limit 1) is not null"
      " order by m.case_id desc limit :limit) found join cases c on c.id = found.id"
      " join matter_definitions d on d.hash = c.definition join staff f on f.id = c.first_contact"
      " left join staff h on h.id = c.handler"
      " left join case_offers o on o.case_id = c.id and o.state = 'offered' left join staff t on t.id = o.to_staff"
      " order by c.id desc",
      {{"kind", std::string{wish.phone ? "phone" : "name"}},
       {"first", wanted[0]},
       {"middle", wanted[1]},
       {"last", wanted[2]},
       {"before", before},
       {"limit", limit}});
}

// Of cases after that one; the last of them, where there may be more.
std::optional<CaseId> make_some_marks(Transaction& tx, CaseId after) {
  const auto rows = tx.all<SealedRow>(
      "select id, venue, applicant from cases where id > :after and applicant is not null order by id limit :limit",
      {{"after", after}, {"limit", cases_at_once}});
  for (const auto& row : rows)
    add_marks(tx, row.id, row.venue, open_applicant(tx.keys(), row.id, row.applicant));
  return std::ssize(rows) < cases_at_once ? std::nullopt : std::optional{rows.back().id};
}

}  // namespace

Page<CaseRow> list_work(Snapshot& snapshot, const Caller& caller, const ListWork& wish) {
  const auto me = require_staff(caller).id;
  const int limit = page_limit(wish.limit);
  const auto before = page_before(wish.cursor);
  return page_of_cases(wish.as == WorkAs::first_contact ? first_asked(snapshot, me, before, limit + 1)
                                                        : handled_by(snapshot, me, before, limit + 1),
                       limit);
}

CaseView find_case_by_number(Snapshot& snapshot, const Caller& caller, const FindCaseByNumber& wish) {
  require_staff(caller);
  const auto row = snapshot.maybe<IdRow>("select id from cases where reference = :reference",
                                         {{"reference", whole_reference(snapshot, wish.number, caller.at)}});
  if (!row) throw Problem{"no_such_case"};
  return read_case(snapshot, caller, {row->id});
}

Outcome<Page<CaseRow>> find_cases_of_applicant(Transaction& tx, const Caller& caller,
                                               const FindCasesOfApplicant& wish) {
  if (wish.name.has_value() == wish.phone.has_value()) throw Problem{"search_unclear"};
  require_staff(caller);
  const bool may =
      caller.has(Role::window_officer, wish.venue) || caller.has(Role::centre_manager, wish.venue);
  if (may) identity::require_purpose(wish.purpose);
  const auto wanted = marks_wanted(tx, wish);
  identity::audit_look(tx, caller, "find_cases", to_string(wish.venue), wish.purpose, may);
  if (!may) return std::unexpected(Refused{Problem{"not_allowed"}});
  const int limit = page_limit(wish.limit);
  return page_of_cases(with_marks(tx, wish, wanted, page_before(wish.cursor), limit + 1), limit);
}

void add_marks(Transaction& tx, CaseId id, VenueId venue, const Applicant& applicant) {
  std::vector<MarkRow> marks{{"phone", mark(tx, venue, "phone", stored_phone(applicant.phone)), id}};
  for (const auto& pair : std::views::take(letter_pairs(stored_name(applicant.name)), pairs_kept))
    marks.push_back({"name", mark(tx, venue, "name", pair), id});
  tx.run("insert into case_marks (kind, hash, case_id) values (:marks) on conflict do nothing",
         {{"marks", storage::rows(marks)}});
}

void make_all_marks(Transaction& tx) {
  std::optional<CaseId> after{CaseId{0}};
  while (after) after = make_some_marks(tx, *after);
}

void make_earlier_marks(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  if (const auto last = make_some_marks(tx, CaseId{std::stoll(key)}))
    tx.set_timer(marks_timer, std::to_string(last->value), caller.at);
}

void add_search_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.read<ListWork, Page<CaseRow>>(
      "/api/desk/work", list_work,
      {.who = api::Who::signed_in(), .summary = "The cases that one has in hand", .queries = 1});
  api.read<FindCaseByNumber, CaseView>("/api/desk/case-numbers/{number}", find_case_by_number,
                                       {.who = staff,
                                        .summary = "A case by its number, or the last digits of it",
                                        .problems = {"no_such_case"},
                                        .queries = 23});
  api.look<FindCasesOfApplicant, Page<CaseRow>>(
      "/api/desk/cases/find", find_cases_of_applicant,
      {.who = api::Who::signed_in(),
       .summary = "A venue's cases of somebody, by name or phone; the search is recorded with its purpose",
       .problems = {"purpose_missing", "search_unclear"},
       .queries = 3});
}

}  // namespace doorstep::cases
