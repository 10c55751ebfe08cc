// Runs commands and queries with the plan of each statement
// read on the way: none may scan a table that grows.
//
//   read_plans(town, [&](Transaction& tx) { hall::read_queue(tx, caller, {hall}); });
#pragma once

#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "storage/testing.hpp"
#include "testing/small_town.hpp"

namespace doorstep::testing {

class PlanReader : public storage::Sql {
 public:
  explicit PlanReader(storage::Sql& sql) : sql_(sql) {}

  storage::Engine engine() const override { return sql_.engine(); }

  std::int64_t run(std::string_view statement, std::span<const storage::Bind> binds) override {
    read_plan(statement, binds);
    return sql_.run(statement, binds);
  }

  void query(std::string_view statement, std::span<const storage::Bind> binds,
             FunctionRef<void(storage::Rows&)> each) override {
    read_plan(statement, binds);
    sql_.query(statement, binds, each);
  }

  int plans_read() const { return plans_read_; }

 private:
  // The tables that have a row more for each visit, each case, each sign-in, each year.
  static constexpr std::string_view growing[] = {
      "tickets",     "cases",         "case_history",  "case_materials", "events", "sessions",
      "grants",      "staff",         "sign_in_tries", "audit",          "outbox", "venue_exceptions",
      "venue_hours", "calendar_days", "timers"};

  void read_plan(std::string_view statement, std::span<const storage::Bind> binds) {
    ++plans_read_;
    if (!known_.emplace(statement).second) return;
    const auto plan = storage::testing::plan_of(sql_, statement, binds);
    for (const auto table : growing) {
      EXPECT_FALSE(plan.scans(table)) << table << " is scanned by\n  " << statement << '\n' << plan.text;
    }
  }

  storage::Sql& sql_;
  std::set<std::string> known_;
  int plans_read_ = 0;
};

struct HeadRow {
  std::int64_t seq = 0;
  Instant at;
  std::int64_t next_id = 0;
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (seq, at, next_id))

// Runs `work` as a command of the town, events and all, and rolls it back.
template <class F>
void read_plans(SmallTown& town, F&& work) {
  struct RolledBack : std::runtime_error {
    RolledBack() : std::runtime_error{"rolled back on purpose"} {}
  };
  int plans_read = 0;
  const auto command = [&](Transaction& tx, Instant at) {
    const auto row = tx.one<HeadRow>("select seq, at, next_id from journal_head where one = 1");
    Head head{row.seq, row.at, row.next_id + 1'000'000};
    PlanReader reader{tx.sql()};
    Transaction watched{reader, tx.key(), system_entropy(), head};
    work(watched);
    watched.finish(at);
    plans_read = reader.plans_read();
    throw RolledBack{};
  };
  EXPECT_THROW(town.journal().write_now(command), RolledBack);
  EXPECT_GT(plans_read, 0);
}

}  // namespace doorstep::testing
