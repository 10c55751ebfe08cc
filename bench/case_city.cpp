#include "bench/case_city.hpp"

#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "bench/letters.hpp"
#include "bench/row.hpp"
#include "cases/case_search.hpp"
#include "cases/history.hpp"
#include "cases/matter.hpp"
#include "journal/insert_all.hpp"
#include "journal/tokens.hpp"

namespace doorstep::bench {

namespace {

constexpr std::string_view matter = "suggestion";
constexpr std::int64_t cases_at_once = 200;
constexpr std::int64_t cases_an_officer = 500;
constexpr std::int64_t under_way_one_in = 25;
constexpr int entries_a_case = 10;
constexpr std::size_t given_letters = 300;

struct RowTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "row";
};
using RowId = Id<RowTag>;

struct NewCaseRow {
  cases::CaseId id;
  std::string reference, token_hash, matter, definition;
  VenueId venue;
  cases::Phase phase{};
  std::string step;
  StaffId first_contact;
  std::optional<StaffId> handler;
  Instant opened_at;
  std::optional<Day> promised_by;
  bool provisional = false;
  std::optional<Instant> ended_at;
  storage::Bytes applicant;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NewCaseRow, (),
                      (id, reference, token_hash, matter, definition, venue, phase, step, first_contact,
                       handler, opened_at, promised_by, provisional, ended_at, applicant, version))

struct NewEntryRow {
  std::int64_t id = 0;
  cases::CaseId case_id;
  Instant at;
  StaffId staff;
  cases::HistoryKind kind{};
  std::string step;
};
BOOST_DESCRIBE_STRUCT(NewEntryRow, (), (id, case_id, at, staff, kind, step))

struct NewDeadlineRow {
  std::int64_t id = 0;
  cases::CaseId case_id;
  VenueId venue;
  std::string kind = "promised", state;
  Day counted_from;
  std::int32_t working_days = 10;
  Day due;
  bool provisional = false;
  std::optional<Day> next_on;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(NewDeadlineRow, (),
                      (id, case_id, venue, kind, state, counted_from, working_days, due, provisional, next_on,
                       ended_at))

struct VenueRow {
  VenueId id;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (id))

const cases::StepDefinition& step_of(const cases::MatterDefinition& definition, cases::Phase phase) {
  return *std::ranges::find(definition.steps, phase, &cases::StepDefinition::phase);
}

}  // namespace

CaseCity::CaseCity(storage::Engine engine) : CityBooks(engine) {
  command([&](Transaction& tx, const Caller&) {
    const auto stored = cases::current_matter(tx, std::string{matter});
    definition_ = stored.hash;
    under_way_ = step_of(stored.matter, cases::Phase::in_work).key;
    over_ = step_of(stored.matter, cases::Phase::done).key;
    for (const auto& row : tx.all<VenueRow>("select id from venues where key in"
                                            " ('centre', 'east', 'xianghua', 'yongle', 'zhidi') order by id"))
      venues_.push_back(row.id);
  });
  if (venues_.empty()) throw std::runtime_error("the demo town has no centre");
}

void CaseCity::grow_to(std::int64_t cases) {
  while (std::ssize(cases_) < cases) {
    command([&](Transaction& tx, const Caller& caller) { add_some(tx, caller); });
  }
}

void CaseCity::add_some(Transaction& tx, const Caller& caller) {
  std::vector<NewCaseRow> rows;
  std::vector<NewEntryRow> entries;
  std::vector<NewDeadlineRow> deadlines;
  std::vector<std::pair<NewCaseRow, cases::Applicant>> asked;
  for (std::int64_t i = 0; i < cases_at_once; ++i) {
    const auto n = std::ssize(cases_);
    if (n % cases_an_officer == 0) add_officer(tx, caller.at);
    const bool under_way = n % under_way_one_in == 0;
    const auto id = tx.new_id<cases::CaseId>();
    cases_.push_back(id);
    const cases::Applicant applicant{name(), fmt::format("000{:08}", n)};
    const Day asked_on{20'000 + static_cast<std::int32_t>(n % 1'000)};
    const auto due = asked_on + 14;
    rows.push_back({.id = id,
                    .reference = reference(n),
                    .token_hash = tokens::hash_of(tx.keys(), fmt::format("bench{}", n)),
                    .matter = std::string{matter},
                    .definition = definition_,
                    .venue = some_venue(),
                    .phase = under_way ? cases::Phase::in_work : cases::Phase::done,
                    .step = under_way ? under_way_ : over_,
                    .first_contact = officers_.back(),
                    .handler = officers_.back(),
                    .opened_at = caller.at,
                    .promised_by = due,
                    .ended_at = under_way ? std::nullopt : std::optional{caller.at},
                    .applicant = cases::sealed_applicant(tx.keys(), id, applicant)});
    for (int entry = 0; entry < entries_a_case; ++entry)
      entries.push_back({.id = tx.new_id<RowId>().value,
                         .case_id = id,
                         .at = caller.at,
                         .staff = officers_.back(),
                         .kind = entry == 0 ? cases::HistoryKind::opened : cases::HistoryKind::advanced,
                         .step = rows.back().step});
    deadlines.push_back({.id = tx.new_id<RowId>().value,
                         .case_id = id,
                         .venue = rows.back().venue,
                         .state = under_way ? "running" : "met",
                         .counted_from = asked_on,
                         .due = due,
                         .next_on = under_way ? std::optional{due} : std::nullopt,
                         .ended_at = rows.back().ended_at});
    asked.emplace_back(rows.back(), applicant);
  }
  insert_all(
      tx,
      "insert into cases (id, reference, token_hash, matter, definition, venue, phase, step, first_contact, handler,"
      " opened_at, promised_by, provisional, ended_at, applicant, version) values (:rows)",
      rows);
  insert_all(tx, "insert into case_history (id, case_id, at, staff, kind, step) values (:rows)", entries);
  insert_all(
      tx,
      "insert into case_deadlines (id, case_id, venue, kind, state, counted_from, working_days, due, provisional,"
      " next_on, ended_at) values (:rows)",
      deadlines);
  for (const auto& [row, applicant] : asked) cases::add_marks(tx, row.id, row.venue, applicant);
}

void CaseCity::add_officer(Transaction& tx, Instant at) {
  const auto id = tx.new_id<StaffId>();
  tx.run(
      "insert into staff (id, username, name, post_zh, post_en, password_hash, created_at)"
      " values (:id, :username, '示例', '示例', 'Sample', '', :at)",
      {{"id", id}, {"username", fmt::format("bench{}", id.value)}, {"at", at}});
  officers_.push_back(id);
}

double CaseCity::microseconds(const Work& work, int times) {
  std::vector<double> each;
  for (int i = 0; i < times; ++i) {
    command([&](Transaction& tx, const Caller& caller) {
      const auto begin = std::chrono::steady_clock::now();
      work(tx, caller);
      const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
      each.push_back(took.count());
    });
  }
  return median(each);
}

std::string CaseCity::reference(std::int64_t n) { return fmt::format("BN-2026-{:08}", n); }

// Names as names are spread: of the letters few are common and most are rare.
std::string CaseCity::name() {
  const auto skewed = [&] {
    const auto share = static_cast<double>(any(1'000'000)) / 1'000'000;
    return letter(static_cast<std::size_t>(std::pow(share, 3) * given_letters));
  };
  return letter(1'000 + any(100)) + skewed() + skewed();
}

}  // namespace doorstep::bench
