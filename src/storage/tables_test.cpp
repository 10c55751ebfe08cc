// What the text of migrations says of tables, against what the engines have made of it.
#include "storage/tables.hpp"

#include <gmock/gmock.h>

#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<Migration> steps{{"test", "0001", R"(
-- Places, and what is there; "create table" in a comment is none.
create table places (
  id     ID primary key,
  name   TEXT not null unique,  -- a comment, with a comma
  kind   TEXT not null check (kind in ('a, b', 'not null')),
  above  ID references places (id),
  gone   BYTES
);
create index places_by_kind on places (kind, id) where above is not null;
create table hours (
  place  ID not null references places (id),
  day    DAY not null,
  open   BOOL not null default 1,
  at     INSTANT,
  share  REAL,
  said   JSON,
  count  INT,
  primary key (place, day),
  unique (place, at),
  check (count > 0)
);
create table notes (place ID, day DAY, foreign key (place, day) references hours (place, day));
create table old (id ID primary key);
)"},
                                   {"test", "0002", R"(
alter table places add column seen INSTANT not null default 0;
alter table places drop column gone;
update places set seen = 1;
drop table old;
)"}};

std::vector<std::string> names_of(const Table& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  return names;
}

TEST(Tables, AreReadFromTheTextOfTheMigrations) {
  const auto tables = tables_of(steps);
  ASSERT_EQ(tables.size(), 3U);
  const auto& places = tables[0];
  EXPECT_THAT(names_of(places), ElementsAre("id", "name", "kind", "above", "seen"));
  EXPECT_THAT(places.primary_key, ElementsAre("id"));
  EXPECT_THAT(places.refers_to, ElementsAre("places"));
  EXPECT_EQ(places.columns[places.index_of("above")].refers_to, "places");
  EXPECT_TRUE(places.columns[places.index_of("above")].nullable);
  for (const auto* needed : {"id", "name", "kind", "seen"})
    EXPECT_FALSE(places.columns[places.index_of(needed)].nullable) << needed;

  const auto& hours = tables[1];
  EXPECT_THAT(hours.primary_key, ElementsAre("place", "day"));
  std::vector<Holds> holds;
  for (const auto& column : hours.columns) holds.push_back(column.holds);
  EXPECT_THAT(holds, ElementsAre(Holds::id, Holds::day, Holds::truth, Holds::instant, Holds::real,
                                 Holds::json, Holds::number));
  EXPECT_THAT(tables[2].primary_key, IsEmpty());
  EXPECT_THAT(tables[2].refers_to, ElementsAre("hours"));
}

TEST(Tables, RefuseAChangeThatTheyCannotFollow) {
  const std::vector<Migration> renamed{
      {"test", "0001", "create table a (id ID); alter table a rename to b;"}};
  EXPECT_THROW(tables_of(renamed), std::logic_error);
  const std::vector<Migration> missing{{"test", "0001", "alter table a add column id ID;"}};
  EXPECT_THROW(tables_of(missing), std::logic_error);
  EXPECT_THROW(tables_of(steps).front().index_of("gone"), std::logic_error);
}

class TablesTest : public StoreTest {};

TEST_P(TablesTest, AreThoseThatTheEngineHas) {
  migrate(*store, steps);
  for (const auto& table : tables_of(steps)) {
    store->read_now([&](Sql& sql) {
      std::string columns;
      for (const auto& name : names_of(table)) columns += (columns.empty() ? "" : ", ") + name;
      EXPECT_NO_THROW(sql.query("select " + columns + " from " + table.name, {}, [](Rows&) {}));
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Places, TablesTest, ::testing::ValuesIn(all_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
