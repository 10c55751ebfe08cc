// Reads see a snapshot and change nothing.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

class ReadsTest : public StoreTest {
 protected:
  ReadsTest() { make({"create table halves (id ID not null, half INT not null, primary key (id, half))"}); }
};

TEST_P(ReadsTest, never_see_half_of_a_command_nor_two_states) {
  std::atomic<bool> stop{false};
  std::atomic<int> reads{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        store->read_now([&](Sql& sql) {
          const auto first = sql.value<std::int64_t>("select count(*) from halves");
          std::this_thread::yield();
          const auto second = sql.value<std::int64_t>("select count(*) from halves");
          EXPECT_EQ(first % 2, 0);
          EXPECT_EQ(first, second);
        });
        ++reads;
      }
    });
  }
  std::atomic<int> done{0};
  for (int i = 0; i < 400; ++i) {
    store->write(
        [i](Sql& sql) {
          sql.run("insert into halves (id, half) values (:id, 1)", {{"id", i}});
          std::this_thread::yield();
          sql.run("insert into halves (id, half) values (:id, 2)", {{"id", i}});
        },
        [&](const std::exception_ptr& error) { done += !error; });
    if (i % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  store->write_now([](Sql&) {});
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(done, 400);
  EXPECT_GT(reads, 0);
  EXPECT_EQ(count("halves"), 800);
}

TEST_P(ReadsTest, that_write_are_bugs) {
  for (const auto* statement : {"insert into halves (id, half) values (1, 1)", "delete from halves",
                                "drop table halves", "create table other (id ID)"}) {
    EXPECT_THROW(store->read_now([&](Sql& sql) { sql.run(statement); }), std::logic_error) << statement;
  }
  EXPECT_EQ(count("halves"), 0);
}

TEST_P(ReadsTest, give_what_they_throw) {
  struct Gone : std::exception {};
  EXPECT_THROW(store->read_now([](Sql&) { throw Gone{}; }), Gone);
  EXPECT_EQ(count("halves"), 0);
}

TEST_P(ReadsTest, are_cut_off_for_their_time) {
  auto options = town.options();
  options.read_budget.time = std::chrono::milliseconds{100};
  const auto hasty = open_store(options);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THROW(hasty->read_now([](Sql& sql) {
    sql.value<std::int64_t>(
        "with recursive n (x) as (select 1 union all select x + 1 from n where x < 900000000) "
        "select count(*) from n");
  }),
               BudgetError);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{20});
  hasty->ping();
}

TEST_P(ReadsTest, a_ping_answers) { EXPECT_NO_THROW(store->ping()); }

INSTANTIATE_TEST_SUITE_P(Places, ReadsTest, ::testing::ValuesIn(all_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
