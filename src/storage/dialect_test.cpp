#include "storage/dialect.hpp"

#include <gtest/gtest.h>

#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

std::string on(Engine engine, std::string_view statement, Binds binds = {}) {
  return parse(statement, engine, std::span<const Bind>{binds.begin(), binds.size()}).text;
}
std::string sqlite(std::string_view statement, Binds binds = {}) {
  return on(Engine::sqlite, statement, binds);
}
std::string postgres(std::string_view statement, Binds binds = {}) {
  return on(Engine::postgres, statement, binds);
}

TEST(Dialect, rewrites_column_words) {
  const auto* table =
      "create table t (id ID primary key, n INT, r REAL, s TEXT not null, b BYTES, at INSTANT, d DAY, "
      "yes BOOL, j JSON)";
  EXPECT_EQ(sqlite(table),
            "create table t (id INTEGER primary key, n INTEGER, r REAL, s TEXT not null, b BLOB, at INTEGER, "
            "d TEXT, "
            "yes INTEGER, j TEXT) STRICT");
  EXPECT_EQ(
      postgres(table),
      "create table t (id BIGINT primary key, n BIGINT, r DOUBLE PRECISION, s TEXT COLLATE \"C\" not null, "
      "b BYTEA, "
      "at BIGINT, d TEXT COLLATE \"C\", yes BIGINT, j TEXT COLLATE \"C\")");
}

TEST(Dialect, leaves_quotes_and_lower_case_alone) {
  EXPECT_EQ(sqlite("select 'ID :x ? $1 ''TEXT''', \"ID\" from t where id = 1 -- TEXT :y\n"),
            "select 'ID :x ? $1 ''TEXT''', \"ID\" from t where id = 1 ");
  EXPECT_EQ(postgres("select a /* :x; ID */ from t;"), "select a from t");
  EXPECT_EQ(postgres("select a::text from t where b = :b", {{"b", 1}}), "select a::text from t where b = $1");
  EXPECT_EQ(postgres("select cast(:b as TEXT) as b", {{"b", "x"}}), "select cast($1 as TEXT) as b");
}

TEST(Dialect, binds_by_name) {
  const Binds two{{"b", 1}, {"a", 2}};
  EXPECT_EQ(sqlite("select 1 from t where a = :a and b = :b or c = :a", two),
            "select 1 from t where a = ?1 and b = ?2 or c = ?1");
  EXPECT_EQ(postgres("select 1 from t where a = :a and b = :b or c = :a", two),
            "select 1 from t where a = $1 and b = $2 or c = $1");
  EXPECT_THROW(sqlite("select :a", {}), std::logic_error);
  EXPECT_THROW(sqlite("select :a", {{"a", 1}, {"b", 1}}), std::logic_error);
  EXPECT_THROW(sqlite("select :a", {{"a", 1}, {"a", 1}}), std::logic_error);
}

TEST(Dialect, gives_lists_as_many_parameters_as_their_class) {
  const auto list = [](std::size_t size) { return in(std::vector<std::int64_t>(size, 7)); };
  EXPECT_EQ(sqlite("select 1 from t where a in (:l) and b = :b", {{"l", list(3)}, {"b", 1}}),
            "select 1 from t where a in (?1,?2,?3,?4) and b = ?5");
  EXPECT_EQ(sqlite("select 1 from t where a in (:l)", {{"l", list(0)}}), "select 1 from t where a in (?1)");
  EXPECT_EQ(list_class(5), 16U);
  EXPECT_EQ(list_class(list_items_max), list_items_max);
  EXPECT_THROW(list(list_items_max + 1), std::logic_error);
}

struct Pair {
  std::int64_t number = 0;
  std::string word;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (number, word))

TEST(Dialect, gives_rows_parentheses_of_their_own) {
  const std::vector<Pair> three{{1, "a"}, {2, "b"}, {3, "c"}};
  EXPECT_EQ(sqlite("insert into t (a, b) values (:pairs)", {{"pairs", rows(three)}}),
            "insert into t (a, b) values (?1,?2),(?3,?4),(?5,?6)");
  EXPECT_EQ(postgres("insert into t (a, b) values (:pairs)", {{"pairs", rows(three)}}),
            "insert into t (a, b) values ($1,$2),($3,$4),($5,$6)");
  EXPECT_THROW(rows(std::vector<Pair>{}), std::logic_error);
  EXPECT_THROW(rows(std::vector<Pair>(list_items_max / 2 + 1)), std::logic_error);
}

TEST(Dialect, refuses_what_it_leaves_out) {
  for (const auto* statement : {"begin",
                                "commit",
                                "rollback to x",
                                "savepoint x",
                                "pragma foreign_keys = off",
                                "attach 'x' as y",
                                "vacuum",
                                "set search_path = x",
                                "listen x",
                                "select ?",
                                "select $1",
                                "select 1; select 2",
                                "",
                                "-- nothing",
                                "create table t (id integer)",
                                "create table t (id ID, name varchar(3))",
                                "create table t as select 1",
                                "create table t (id ID references u deferrable initially deferred)",
                                "select 'no end",
                                "/* no end",
                                "replace into t values (1)"}) {
    EXPECT_THROW(sqlite(statement), std::logic_error) << statement;
    EXPECT_THROW(postgres(statement), std::logic_error) << statement;
  }
  EXPECT_NO_THROW(sqlite("create table t (text TEXT, date DAY, primary key (text))"));
}

TEST(Dialect, knows_what_a_statement_does) {
  const auto verb = [](std::string_view statement) { return parse(statement, Engine::sqlite, {}).verb; };
  EXPECT_EQ(verb("select 1"), Verb::read);
  EXPECT_EQ(verb("with x as (select 1) select * from x"), Verb::read);
  EXPECT_EQ(verb("with x as (select 1) insert into t select * from x"), Verb::change);
  EXPECT_EQ(verb("UPDATE t set a = 1"), Verb::change);
  EXPECT_EQ(verb("create index i on t (a)"), Verb::schema);
}

TEST(Dialect, splits_scripts_outside_quotes_and_comments) {
  const auto statements =
      split_script("-- first; not\ncreate table a (id ID);\n insert into a values (';');;\n-- end;\n");
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_NE(statements[1].find("';'"), std::string::npos);
}

TEST(Text, must_be_utf8_without_zero) {
  for (const char* good : {"", "plain ascii of some length", "门口", "\xF0\x9F\x8F\xA0", "\xEF\xBF\xBF"}) {
    EXPECT_NO_THROW(check_text(good)) << good;
  }
  for (const auto& bad : {std::string("a\0b", 3), std::string("eight by\0", 9), std::string("\xC0\x80"),
                          std::string("\xED\xA0\x80"), std::string("\xF4\x90\x80\x80"),
                          std::string("\xE9\x97"), std::string("\x80"), std::string("\xFF")}) {
    EXPECT_THROW(bound(bad), std::invalid_argument);
  }
}

}  // namespace
}  // namespace doorstep::storage
