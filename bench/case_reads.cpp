#include "bench/case_reads.hpp"

#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "bench/case_city.hpp"
#include "bench/letters.hpp"
#include "cases/case_search.hpp"
#include "cases/deadline_board.hpp"

namespace doorstep::bench {

namespace {

constexpr std::int64_t cases_of_a_town = 10'000;
constexpr std::int64_t cases_of_a_city = 1'000'000;
constexpr std::int32_t shown_at_once = 20;

using Times = std::map<std::string, double>;

Times times_in(CaseCity& city) {
  const auto work = [&](Transaction& tx, const Caller& caller) {
    auto officer = caller;
    officer.staff->id = city.some_officer();
    if (cases::list_work(tx, officer, {}).items.empty()) throw std::runtime_error("there is no work");
  };
  const auto by_number = [&](Transaction& tx, const Caller& caller) {
    cases::find_case_by_number(tx, caller, {city.some_reference()});
  };
  const auto by_name = [&](Transaction& tx, const Caller& caller) {
    const auto found = cases::find_cases_of_applicant(tx, caller,
                                                      {.venue = city.some_venue(),
                                                       .name = letter(0) + letter(0),
                                                       .phone = {},
                                                       .purpose = "bench",
                                                       .cursor = {},
                                                       .limit = shown_at_once});
    if (!found || !found->next) throw std::runtime_error("the page is not full");
  };
  const auto with_history = [&](Transaction& tx, const Caller& caller) {
    if (cases::read_case(tx, caller, {city.some_case()}).history.empty())
      throw std::runtime_error("there is no history");
  };
  const auto board = [&](Transaction& tx, const Caller& caller) {
    cases::ListDeadlines wish;
    wish.venue = city.some_venue();
    if (!cases::list_deadlines(tx, caller, wish).next) throw std::runtime_error("the page is not full");
  };
  return {{"my work", city.microseconds(work)},
          {"a case by its number", city.microseconds(by_number)},
          {"cases by an applicant's name", city.microseconds(by_name)},
          {"a case with its history", city.microseconds(with_history)},
          {"a venue's board of deadlines", city.microseconds(board)}};
}

std::vector<Row> case_reads(storage::Engine engine, std::string_view engine_name) {
  CaseCity city{engine};
  city.grow_to(cases_of_a_town);
  times_in(city);  // the first ones also read the pages
  const auto in_town = times_in(city);
  city.grow_to(cases_of_a_city);
  times_in(city);
  const auto in_city = times_in(city);
  std::vector<Row> rows;
  for (const auto& [what, time] : in_city)
    rows.push_back({.name = fmt::format("{}, of 1,000,000 cases, {} (limit: of 10,000)", what, engine_name),
                    .value = time,
                    .unit = "us",
                    .limit = in_town.at(what),
                    .ratio = time / in_town.at(what),
                    .goal = "<=1.5"});
  return rows;
}

}  // namespace

std::vector<Row> case_reads_on_sqlite() { return case_reads(storage::Engine::sqlite, "SQLite"); }
std::vector<Row> case_reads_on_postgres() { return case_reads(storage::Engine::postgres, "PostgreSQL"); }

}  // namespace doorstep::bench
