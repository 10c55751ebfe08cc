// Runs commands and queries with the plan of each statement
// read on the way: none may scan a table that grows.
//
//   read_plans(town, [&](Transaction& tx) { hall::read_queue(tx, caller, {hall}); });
#pragma once

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "storage/testing.hpp"
#include "testing/small_town.hpp"

namespace doorstep::testing {

class PlanReader : public storage::Sql {
 public:
  explicit PlanReader(storage::Sql& sql) : sql_(sql), growing_(growing_tables(sql)) {}

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
  // What a town has some few of and gets no more of by working. Every other table grows.
  static constexpr std::string_view small[] = {"town",           "journal_head", "schema_migrations",
                                               "halls",          "windows",      "window_groups",
                                               "service_groups", "services",     "venues",
                                               "matters",        "communities",  "matter_listings"};

  static std::vector<std::string> growing_tables(storage::Sql& sql) {
    std::vector<std::string> growing;
    const auto* tables =
        sql.engine() == storage::Engine::sqlite
            ? "select name from sqlite_schema where type = 'table'"
            : "select cast(tablename as TEXT) as name from pg_tables where schemaname = current_schema()";
    sql.query(tables, {}, [&](storage::Rows& rows) {
      if (std::ranges::find(small, rows.text(0)) == std::end(small)) growing.emplace_back(rows.text(0));
    });
    return growing;
  }

  void read_plan(std::string_view statement, std::span<const storage::Bind> binds) {
    ++plans_read_;
    if (!known_.emplace(statement).second) return;
    const auto plan = storage::testing::plan_of(sql_, statement, binds);
    for (const auto& table : growing_) {
      EXPECT_FALSE(plan.scans(table)) << table << " is scanned by\n  " << statement << '\n' << plan.text;
    }
  }

  storage::Sql& sql_;
  std::vector<std::string> growing_;
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
    Transaction watched{reader, tx.keys(), system_entropy(), head};
    work(watched);
    watched.finish(at);
    plans_read = reader.plans_read();
    throw RolledBack{};
  };
  EXPECT_THROW(town.journal().write_now(command), RolledBack);
  EXPECT_GT(plans_read, 0);
}

}  // namespace doorstep::testing
