// Every type and its edges, through both engines and back.
#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

struct RowTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "rw";
};
using RowId = Id<RowTag>;

enum class Mood { calm, in_a_hurry };
BOOST_DESCRIBE_ENUM(Mood, calm, in_a_hurry)

struct EveryRow {
  RowId id;
  bool yes;
  std::int32_t small;
  std::int64_t large;
  double real;
  std::string text;
  Bytes bytes;
  Instant at;
  Day day;
  LocalTime time;
  Mood mood;
  std::optional<std::string> maybe_text;
  std::optional<std::int64_t> maybe_number;

  bool operator==(const EveryRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(EveryRow, (),
                      (id, yes, small, large, real, text, bytes, at, day, time, mood, maybe_text,
                       maybe_number))

class ValuesTest : public StoreTest {
 protected:
  ValuesTest() {
    make(
        {"create table every (id ID primary key, yes BOOL not null, small INT not null, large INT not null, "
         "real REAL not null, text TEXT not null, bytes BYTES not null, "
         "at INSTANT not null, day DAY not null, "
         "time TEXT not null, mood TEXT not null, maybe_text TEXT, maybe_number INT)",
         "create table words (id ID primary key, word TEXT)"});
  }

  static void insert(Sql& sql, const EveryRow& row) {
    sql.run(
        "insert into every (id, yes, small, large, real, text, bytes, at, day, time, mood, "
        "maybe_text, maybe_number) "
        "values (:id, :yes, :small, :large, :real, :text, :bytes, :at, :day, :time, :mood, "
        ":maybe_text, :maybe_number)",
        {{"id", row.id},
         {"yes", row.yes},
         {"small", row.small},
         {"large", row.large},
         {"real", row.real},
         {"text", row.text},
         {"bytes", row.bytes},
         {"at", row.at},
         {"day", row.day},
         {"time", row.time},
         {"mood", row.mood},
         {"maybe_text", row.maybe_text},
         {"maybe_number", row.maybe_number}});
  }
  static EveryRow select(Sql& sql, RowId id) {
    return sql.one<EveryRow>(
        "select id, yes, small, large, real, text, bytes, at, day, time, mood, maybe_text, "
        "maybe_number from every "
        "where id = :id",
        {{"id", id}});
  }
};

TEST_P(ValuesTest, come_back_as_they_went) {
  using Long = std::numeric_limits<std::int64_t>;
  using Short = std::numeric_limits<std::int32_t>;
  Bytes all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes.push_back(static_cast<unsigned char>(i));
  const std::vector<EveryRow> rows{
      {{1},
       true,
       Short::max(),
       Long::max(),
       std::numeric_limits<double>::max(),
       "门口 \xF0\x9F\x8F\xA0 'quoted' :x",
       all_bytes,
       {1'764'000'000'123'456},
       {20'000},
       {570},
       Mood::in_a_hurry,
       "",
       0},
      {{2},
       false,
       Short::min(),
       Long::min(),
       std::numeric_limits<double>::denorm_min(),
       "",
       {},
       {-1},
       {-1},
       {0},
       Mood::calm,
       std::nullopt,
       std::nullopt},
      {{Long::max()},
       false,
       0,
       0,
       -0.1,
       std::string(1'000'000, 'x') + "\xE9\x97\xA8",
       Bytes(1'000'000, 0),
       {0},
       {0},
       {1440},
       Mood::calm,
       "null",
       Long::min()},
  };
  store->write_now([&](Sql& sql) {
    for (const auto& row : rows) insert(sql, row);
  });
  store->read_now([&](Sql& sql) {
    for (const auto& row : rows) EXPECT_EQ(select(sql, row.id), row);
  });
}

TEST_P(ValuesTest, that_engines_would_bend_are_refused) {
  EXPECT_THROW(bound(std::nan("")), std::invalid_argument);
  EXPECT_THROW(bound(std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW(bound(std::numeric_limits<std::uint64_t>::max()), std::invalid_argument);
  EXPECT_THROW(store->write_now([](Sql& sql) {
    sql.run("insert into words (id, word) values (1, :word)", {{"word", std::string("a\0b", 3)}});
  }),
               std::invalid_argument);
  EXPECT_EQ(count("words"), 0);
}

TEST_P(ValuesTest, literals_views_and_tokens_can_be_bound) {
  store->write_now([](Sql& sql) {
    const char* pointer = "pointer";
    const std::string_view view = "viewpoint";
    sql.run("insert into words (id, word) values (1, :a), (2, :b), (3, :c)",
            {{"a", "literal"}, {"b", pointer}, {"c", view.substr(0, 4)}});
    const std::array<unsigned char, 3> token{1, 2, 3};
    EXPECT_EQ(sql.value<Bytes>("select cast(:token as BYTES) as token", {{"token", token}}),
              (Bytes{1, 2, 3}));
    EXPECT_EQ(sql.value<std::string>("select word from words where id = 3"), "view");
  });
}

TEST_P(ValuesTest, null_is_not_the_empty_text) {
  store->write_now([](Sql& sql) {
    sql.run("insert into words (id, word) values (1, :a), (2, :b)",
            {{"a", std::optional<std::string>{}}, {"b", ""}});
    EXPECT_EQ(sql.value<std::optional<std::string>>("select word from words where id = 1"), std::nullopt);
    EXPECT_EQ(sql.value<std::optional<std::string>>("select word from words where id = 2"), "");
    EXPECT_EQ(sql.value<std::int64_t>("select count(*) from words where word is null"), 1);
  });
}

struct WordRow {
  std::string word;
  bool operator==(const WordRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(WordRow, (), (word))

TEST_P(ValuesTest, text_is_ordered_by_its_bytes) {
  const std::vector<WordRow> ordered{{""},   {" a"}, {"A"}, {"B"},        {"_"},  {"a"},
                                     {"aB"}, {"ab"}, {"b"}, {"\xC3\xA9"}, {"门"}, {"\xF0\x9F\x8F\xA0"}};
  store->write_now([&](Sql& sql) {
    for (std::size_t i = 0; i < ordered.size(); ++i) {
      const auto& word = ordered[(i * 5) % ordered.size()].word;
      sql.run("insert into words (id, word) values (:id, :word)", {{"id", i}, {"word", word}});
    }
    EXPECT_EQ(sql.all<WordRow>("select word from words order by word"), ordered);
    EXPECT_EQ(sql.value<std::int64_t>("select count(*) from words where word > :word", {{"word", "a"}}), 6);
    EXPECT_EQ(sql.value<std::int64_t>("select count(*) from words where word like 'a%'"), 3);
    EXPECT_EQ(sql.value<std::int64_t>("select count(*) from words where word like 'A%'"), 1);
  });
}

TEST_P(ValuesTest, lists_match_what_they_hold) {
  store->write_now([](Sql& sql) {
    for (int id = 1; id <= 40; ++id) {
      sql.run("insert into words (id, word) values (:id, :word)", {{"id", id}, {"word", std::to_string(id)}});
    }
    const auto matching = [&](const std::vector<RowId>& ids) {
      return sql.value<std::int64_t>("select count(*) from words where id in (:ids) and id > :least",
                                     {{"ids", in(ids)}, {"least", 0}});
    };
    EXPECT_EQ(matching({}), 0);
    EXPECT_EQ(matching({{7}}), 1);
    EXPECT_EQ(matching({{7}, {8}, {99}}), 2);
    std::vector<RowId> many;
    for (int i = 1; i <= 1'000; ++i) many.push_back({i});
    EXPECT_EQ(matching(many), 40);
    const std::vector<std::string> words{"1", "2", "x"};
    EXPECT_EQ(
        sql.value<std::int64_t>("select count(*) from words where word in (:words)", {{"words", in(words)}}),
        2);
  });
}

TEST_P(ValuesTest, several_rows_go_in_at_once) {
  const auto row = [](std::int64_t id, std::optional<std::string> maybe) {
    return EveryRow{{id}, true, 1, 2, 0.5, "x", {0, 255}, {3}, {4}, {5}, Mood::calm, std::move(maybe), {}};
  };
  for (const auto& put : {std::vector{row(1, {}), row(2, "two")}, std::vector{row(3, "three"), row(4, {})}}) {
    store->write_now([&](Sql& sql) {
      EXPECT_EQ(sql.run("insert into every (id, yes, small, large, real, text, bytes, at, day, time, mood,"
                        " maybe_text, maybe_number) values (:rows)",
                        {{"rows", rows(put)}}),
                2);
    });
    store->read_now([&](Sql& sql) {
      for (const auto& one : put) EXPECT_EQ(select(sql, one.id), one);
    });
  }
}

TEST_P(ValuesTest, mistakes_in_the_mapping_are_bugs) {
  store->write_now([](Sql& sql) { sql.run("insert into words (id, word) values (1, 'a'), (2, null)"); });
  const auto refused = [&](const std::function<void(Sql&)>& work) {
    EXPECT_THROW(store->read_now(work), std::logic_error);
  };
  refused([](Sql& sql) { sql.all<WordRow>("select id, word from words"); });
  refused([](Sql& sql) { sql.all<WordRow>("select word as name from words"); });
  refused([](Sql& sql) { sql.all<WordRow>("select word from words where id = 2"); });
  refused([](Sql& sql) { sql.one<WordRow>("select word from words where id = 3"); });
  refused([](Sql& sql) {
    sql.maybe<WordRow>("select word from words where id < 3 order by id desc limit 0 offset 0 ; x");
  });
  refused([](Sql& sql) { sql.value<std::int64_t>("select word from words where id = 1"); });
  refused([](Sql& sql) { sql.value<std::string>("select id from words where id = 1"); });
  refused([](Sql& sql) { sql.value<Mood>("select word from words where id = 1"); });
  refused([](Sql& sql) { sql.value<bool>("select id from words where id = 2"); });
  refused([](Sql& sql) { sql.value<std::int64_t>("select nothing from words"); });
  refused([](Sql& sql) { sql.value<std::int64_t>("select id from words"); });
}

TEST_P(ValuesTest, changes_are_counted_and_returned) {
  store->write_now([](Sql& sql) {
    EXPECT_EQ(sql.run("insert into words (id, word) values (1, 'a'), (2, 'b'), (3, 'c')"), 3);
    EXPECT_EQ(sql.run("update words set word = 'd' where id > 1"), 2);
    EXPECT_EQ(sql.run("delete from words where id = 9"), 0);
    EXPECT_EQ(sql.run("select 1 as one"), 0);
    EXPECT_EQ(sql.value<std::string>("delete from words where id = 1 returning word"), "a");
    EXPECT_EQ(sql.run("insert into words (id, word) values (2, 'x') on conflict (id) do update "
                      "set word = excluded.word "
                      "where words.word <> excluded.word"),
              1);
  });
}

INSTANTIATE_TEST_SUITE_P(Places, ValuesTest, ::testing::ValuesIn(all_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
