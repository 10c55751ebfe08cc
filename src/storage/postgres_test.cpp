// What only a server can do to a town: be shared, be restarted, be far away.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "storage/test_town.hpp"
#include "storage/testing.hpp"

namespace doorstep::storage {
namespace {

using namespace std::chrono_literals;

class PostgresTest : public StoreTest {
 protected:
  PostgresTest() {
    make(
        {"create table counters (id ID primary key, value INT not null); "
         "insert into counters (id, value) values (1, 0)"});
  }

  std::int64_t counter() {
    std::int64_t value = 0;
    store->read_now(
        [&](Sql& sql) { value = sql.value<std::int64_t>("select value from counters where id = 1"); });
    return value;
  }
  static void add_one(Sql& sql) {
    const auto now = sql.value<std::int64_t>("select value from counters where id = 1");
    sql.run("update counters set value = :value where id = 1", {{"value", now + 1}});
  }
  // Ends the server's side of every connection of this town but the one that asks.
  void cut_connections() {
    auto options = town.options();
    const auto name = options.schema;
    int cut = 0;
    options.schema = "doorstep_nowhere";
    open_store(options)->write_now([&](Sql& sql) {
      const Bind its_name{"name", name};
      sql.query(
          "select pg_terminate_backend(pid) as done from pg_stat_activity where"
          " application_name = cast(:name as TEXT) and pid <> pg_backend_pid()",
          {&its_name, 1}, [&](Rows&) { ++cut; });
    });
    EXPECT_GT(cut, 0);
  }
};

TEST_P(PostgresTest, several_processes_lose_no_count) {
  const auto words = town.words();
  std::vector<std::unique_ptr<Child>> children;
  for (int i = 0; i < 3; ++i) {
    children.push_back(std::make_unique<Child>(std::vector<std::string>{"count", words[0], words[1], "100"}));
  }
  for (int i = 0; i < 100; ++i) store->write_now(add_one);
  for (auto& child : children) EXPECT_EQ(child->wait(), 0);
  EXPECT_EQ(counter(), 400);
}

TEST_P(PostgresTest, a_connection_cut_between_batches_goes_unnoticed) {
  store->write_now(add_one);
  EXPECT_EQ(counter(), 1);
  cut_connections();
  std::this_thread::sleep_for(50ms);
  EXPECT_NO_THROW(store->write_now(add_one));
  EXPECT_EQ(counter(), 2);
}

TEST_P(PostgresTest, a_server_that_is_away_is_told_at_once) {
  Options options;
  options.url = "postgres:host=127.0.0.1 port=1 user=nobody dbname=nothing";
  const auto away = open_store(options);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    EXPECT_THROW(away->write_now(add_one), StorageError);
    EXPECT_THROW(away->read_now([](Sql& sql) { sql.run("select 1 as one"); }), StorageError);
  }
  EXPECT_THROW(away->ping(), StorageError);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
}

TEST_P(PostgresTest, a_commit_without_an_answer_says_so) {
  store->write_now(add_one);
  testing::fail_at(*store, 3, Fault::answer);  // select, update, commit
  try {
    store->write_now(add_one);
    ADD_FAILURE();
  } catch (const StorageError& error) {
    EXPECT_NE(std::string{error.what()}.find("may or may not"), std::string::npos) << error.what();
  }
  EXPECT_EQ(counter(), 2);  // it had happened
  EXPECT_NO_THROW(store->write_now(add_one));
}

TEST_P(PostgresTest, a_command_that_dawdles_is_cut_off_by_the_server) {
  EXPECT_THROW(store->write_now([](Sql& sql) {
    add_one(sql);
    std::this_thread::sleep_for(2'500ms);  // past idle_in_transaction_session_timeout
    add_one(sql);
  }),
               StorageError);
  EXPECT_EQ(counter(), 0);
  EXPECT_NO_THROW(store->write_now(add_one));
}

TEST_P(PostgresTest, commits_of_others_are_hinted) {
  std::atomic<int> hints{0};
  const auto other = town.open();
  other->on_hint([&] { ++hints; });
  std::this_thread::sleep_for(300ms);
  const int before = hints;
  for (int i = 0; i < 50; ++i) store->write_now(add_one);
  for (int i = 0; i < 100 && hints == before; ++i) std::this_thread::sleep_for(20ms);
  EXPECT_GT(hints, before);
  EXPECT_LT(hints, before + 50) << "hints are coalesced";
  // Its own commits it knows of.
  std::this_thread::sleep_for(200ms);
  const int quiet = hints;
  other->write_now(add_one);
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(hints, quiet);
}

TEST_P(PostgresTest, reads_wait_for_no_writer) {
  std::atomic<bool> held{false}, release{false};
  store->write(
      [&](Sql& sql) {
        add_one(sql);
        held = true;
        while (!release) std::this_thread::sleep_for(1ms);
      },
      [](const std::exception_ptr&) {});
  while (!held) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(counter(), 0);
  release = true;
  store->write_now([](Sql&) {});
  EXPECT_EQ(counter(), 1);
}

TEST_P(PostgresTest, pg_dump_is_named_for_backups) {
  try {
    back_up(*store, "/nowhere");
    ADD_FAILURE();
  } catch (const StorageError& error) {
    EXPECT_NE(std::string{error.what()}.find("pg_dump"), std::string::npos);
  }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresTest);
INSTANTIATE_TEST_SUITE_P(Places, PostgresTest, ::testing::ValuesIn(postgres_only()), place_name);

}  // namespace
}  // namespace doorstep::storage
