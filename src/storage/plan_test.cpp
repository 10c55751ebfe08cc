// The helper that lets any room test how its queries find their rows, and the page that explains the dialect.
#include <cctype>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "storage/dialect.hpp"
#include "storage/test_town.hpp"
#include "storage/testing.hpp"

namespace doorstep::storage {
namespace {

class PlanTest : public StoreTest {};

TEST_P(PlanTest, tells_searches_from_scans) {
  make({"create table halls (id ID primary key, name TEXT not null)",
        "create table tickets (id ID primary key, hall ID not null references halls (id), "
        "state TEXT not null, number INT)",
        "create index tickets_by_hall on tickets (hall, number)",
        "create index tickets_waiting on tickets (number) where state = 'waiting'"});
  std::string text;
  const auto scans = [&](std::string_view table, std::string_view statement) {
    bool found = false;
    store->read_now([&](Sql& sql) {
      const auto plan = testing::plan(sql, statement);
      found = plan.scans(table);
      text = plan.text;
    });
    return found;
  };
  EXPECT_FALSE(scans("tickets", "select id from tickets where id = 7"));
  EXPECT_FALSE(scans("tickets", "select id from tickets where hall = 7 order by number"));
  EXPECT_TRUE(scans("tickets", "select id from tickets where state = 'done'"));
  EXPECT_TRUE(scans("tickets", "select t.id from tickets as t where t.state = 'done'"));
  EXPECT_TRUE(scans("tickets", "select count(*) from tickets")) << text;
  EXPECT_FALSE(scans("tickets", "select id from tickets where state = 'waiting' order by number limit 1"));
  EXPECT_FALSE(scans("tickets", "select id from tickets order by hall, number limit 20"));
  const auto* join = "select h.name from tickets t join halls h on h.id = t.hall where t.id = 7";
  EXPECT_FALSE(scans("tickets", join));
  EXPECT_FALSE(scans("halls", join));
  EXPECT_TRUE(scans("halls", "select h.name from halls h where h.name = 'x'"));
  store->read_now([](Sql& sql) {
    const auto plan = testing::plan(sql, "select id from tickets where hall in (:halls)",
                                    {{"halls", in(std::vector{1, 2})}});
    EXPECT_FALSE(plan.scans("tickets")) << plan.text;
  });
}

// The examples of docs/sql.md: the ```sql blocks, in their order, in one command.
std::vector<std::string> examples() {
  std::ifstream page{DOORSTEP_SQL_PAGE};
  std::vector<std::string> statements;
  std::string line, block;
  bool inside = false;
  while (std::getline(page, line)) {
    if (!inside && line == "```sql") {
      inside = true;
      block.clear();
    } else if (inside && line == "```") {
      inside = false;
      for (auto& statement : split_script(block)) statements.push_back(std::move(statement));
    } else if (inside) {
      block += line + "\n";
    }
  }
  return statements;
}

TEST_P(PlanTest, the_examples_of_the_page_run) {
  const std::vector<std::int64_t> ids{1, 2, 3};
  const std::map<std::string, Bound> values{
      {"id", bound(1)},          {"hall", bound(7)},
      {"number", bound("A001")}, {"state", bound("waiting")},
      {"at", bound(Instant{1})}, {"day", bound(Day{20'000})},
      {"urgent", bound(true)},   {"note", bound("a note")},
      {"ids", bound(in(ids))},   {"limit", bound(20)},
      {"after", bound(0)},       {"token", bound(BytesView{})},
      {"weight", bound(0.5)},    {"answers", bound("{}")},
      {"prefix", bound("A%")},
  };
  const auto statements = examples();
  ASSERT_GT(statements.size(), 10U);
  make({});
  store->write_now([&](Sql& sql) {
    for (const auto& statement : statements) {
      SCOPED_TRACE(statement);
      std::vector<Bind> binds;
      for (const auto& [name, value] : values) {
        if (statement.find(":" + name) == std::string::npos) continue;
        binds.emplace_back(name.c_str(), 0);
        binds.back().value = value;
      }
      std::erase_if(binds, [&](const Bind& bind) {  // ":id" is in ":ids" too
        const auto at = statement.find(":" + std::string{bind.name});
        const auto next = statement.substr(at + 1 + std::strlen(bind.name), 1);
        return !next.empty() && std::isalpha(static_cast<unsigned char>(next[0])) != 0;
      });
      EXPECT_NO_THROW(sql.run(statement, std::span<const Bind>{binds}));
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Places, PlanTest, ::testing::ValuesIn(all_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
