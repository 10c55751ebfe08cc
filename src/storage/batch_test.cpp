// What a batch promises: order, isolation of those that refuse, nobody answered too early, and its hooks.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "base/log.hpp"
#include "storage/test_town.hpp"
#include "storage/testing.hpp"

namespace doorstep::storage {
namespace {

using namespace std::chrono_literals;

class Refused : public std::exception {};

class BatchTest : public StoreTest {
 protected:
  BatchTest() { make({"create table t (id ID primary key, note TEXT)"}); }

  void reopen(const std::function<void(Options&)>& change) {
    auto options = town.options();
    change(options);
    store.reset();
    store = open_store(options);
    if (town.place() == Place::memory) make({"create table t (id ID primary key, note TEXT)"});
  }

  static void insert(Sql& sql, std::int64_t id) {
    sql.run("insert into t (id, note) values (:id, 'x')", {{"id", id}});
  }

  // Queues all of these while the writer is held up, so that
  // they are taken as one batch; returns how each ended.
  std::vector<std::exception_ptr> together(std::vector<Store::Work> works) {
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::promise<void> begun;
    store->write(
        [&](Sql&) {
          begun.set_value();
          opened.wait();
        },
        [](const std::exception_ptr&) {});
    begun.get_future().wait();
    std::vector<std::promise<std::exception_ptr>> ends(works.size());
    for (std::size_t i = 0; i < works.size(); ++i) {
      store->write(std::move(works[i]),
                   [&ends, i](const std::exception_ptr& error) { ends[i].set_value(error); });
    }
    gate.set_value();
    std::vector<std::exception_ptr> outcomes;
    for (auto& end : ends) outcomes.push_back(end.get_future().get());
    return outcomes;
  }
  template <class Error>
  static bool is(const std::exception_ptr& outcome) {
    if (!outcome) return false;
    try {
      std::rethrow_exception(outcome);
    } catch (const Error&) {
      return true;
    } catch (...) {
      return false;
    }
  }
};

TEST_P(BatchTest, one_that_refuses_takes_nobody_with_it) {
  const auto outcomes = together({
      [](Sql& sql) { insert(sql, 1); },
      [](Sql& sql) {
        insert(sql, 2);
        throw Refused{};
      },
      [](Sql& sql) {
        insert(sql, 2);
        insert(sql, 3);
      },
      [](Sql& sql) {
        insert(sql, 4);
        insert(sql, 1);
      },  // the key is taken
      [](Sql& sql) { insert(sql, 5); },
  });
  EXPECT_FALSE(outcomes[0]);
  EXPECT_TRUE(is<Refused>(outcomes[1]));
  EXPECT_FALSE(outcomes[2]);
  EXPECT_TRUE(is<ConstraintError>(outcomes[3]));
  EXPECT_FALSE(outcomes[4]);
  EXPECT_EQ(count("t"), 4);
  EXPECT_EQ(store->counts().poisoned, 0U);
  EXPECT_EQ(store->counts().refused, 1U);
}

TEST_P(BatchTest, a_single_refusal_leaves_nothing) {
  EXPECT_THROW(store->write_now([](Sql& sql) {
    insert(sql, 1);
    throw Refused{};
  }),
               Refused);
  EXPECT_EQ(count("t"), 0);
}

TEST_P(BatchTest, a_swallowed_failure_is_no_success) {
  const auto outcomes = together({
      [](Sql& sql) {
        insert(sql, 1);
        try {
          insert(sql, 1);
        } catch (const ConstraintError&) {
          // Swallowed: what this test is about.
        }
      },
      [](Sql& sql) { insert(sql, 2); },
  });
  EXPECT_TRUE(is<ConstraintError>(outcomes[0]));
  EXPECT_FALSE(outcomes[1]);
  EXPECT_EQ(count("t"), 1);
}

TEST_P(BatchTest, commands_run_in_the_order_they_came) {
  std::vector<Store::Work> works;
  std::vector<int> order;
  for (int i = 0; i < 100; ++i)
    works.emplace_back([i, &order](Sql& sql) {
      insert(sql, i);
      order.push_back(i);
    });
  for (const auto& outcome : together(std::move(works))) EXPECT_FALSE(outcome);
  EXPECT_TRUE(std::ranges::is_sorted(order));
  EXPECT_EQ(order.size(), 100U);
}

TEST_P(BatchTest, many_threads_lose_nothing) {
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        try {
          store->write_now([&](Sql& sql) { insert(sql, t * 1'000 + i); });
        } catch (const std::exception&) {
          ++failed;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(count("t"), 400);
}

// A write that takes far longer than its budget. SQLite, interrupted, ends the whole transaction.
TEST_P(BatchTest, one_cut_off_for_its_time_fails_alone) {
  reopen([](Options& options) { options.write_budget.time = 1'000ms; });
  const auto endless = [](Sql& sql) {
    sql.run(
        "insert into t (id) with recursive n (x) as (select 1000 union all "
        "select x + 1 from n where x < 900000000) "
        "select x from n");
  };
  const auto outcomes =
      together({[](Sql& sql) { insert(sql, 1); }, endless, [](Sql& sql) { insert(sql, 2); }});
  EXPECT_FALSE(outcomes[0]);
  EXPECT_TRUE(is<BudgetError>(outcomes[1]));
  EXPECT_FALSE(outcomes[2]);
  EXPECT_EQ(count("t"), 2);
  EXPECT_EQ(store->counts().poisoned, store->engine() == Engine::sqlite ? 1U : 0U);
  EXPECT_GE(store->counts().over_soft_budget, 1U);
}

TEST_P(BatchTest, a_lost_transaction_acknowledges_nobody_and_runs_the_others_again) {
  std::atomic<int> runs{0};
  const auto work = [&](std::int64_t id) {
    return [&runs, id](Sql& sql) {
      ++runs;
      insert(sql, id);
    };
  };
  const auto broken = [&](Sql& sql) {
    insert(sql, 2);
    testing::fail_at(*store, 1, Fault::transaction);
    insert(sql, 3);
  };
  const auto outcomes = together({work(1), broken, work(4), work(5)});
  EXPECT_FALSE(outcomes[0]);
  EXPECT_TRUE(is<StorageError>(outcomes[1]));
  EXPECT_FALSE(outcomes[2]);
  EXPECT_FALSE(outcomes[3]);
  EXPECT_EQ(count("t"), 3);
  EXPECT_EQ(runs, 4);  // the first one twice
  EXPECT_EQ(store->counts().poisoned, 1U);
}

TEST_P(BatchTest, budgets_cut_off_statements_and_rows) {
  reopen([](Options& options) {
    options.write_budget.statements = 10;
    options.write_budget.rows = 100;
    options.read_budget.rows = 5;
  });
  EXPECT_THROW(store->write_now([](Sql& sql) {
    for (int i = 0; i < 11; ++i) insert(sql, i);
  }),
               BudgetError);
  EXPECT_EQ(count("t"), 0);
  store->write_now([](Sql& sql) {
    for (int i = 0; i < 10; ++i) insert(sql, i);
  });
  EXPECT_THROW(store->write_now([](Sql& sql) {
    for (int i = 0; i < 10; ++i) sql.run("update t set note = 'y'"), sql.run("update t set note = 'z'");
  }),
               BudgetError);
  EXPECT_THROW(store->read_now([](Sql& sql) { sql.run("select id from t"); }), BudgetError);
  EXPECT_EQ(count("t"), 10);
}

TEST_P(BatchTest, past_the_queue_it_fails_at_once) {
  reopen([](Options& options) { options.queue_max = 3; });
  std::promise<void> gate, begun;
  auto opened = gate.get_future();
  store->write(
      [&](Sql&) {
        begun.set_value();
        opened.wait();
      },
      [](const std::exception_ptr&) {});
  begun.get_future().wait();
  std::atomic<int> overloaded{0}, done{0};
  for (int i = 0; i < 5; ++i) {
    store->write([i](Sql& sql) { insert(sql, i); },
                 [&](const std::exception_ptr& error) {
                   if (is<Overloaded>(error)) ++overloaded;
                   ++done;
                 });
  }
  EXPECT_EQ(overloaded, 2);
  EXPECT_EQ(store->counts().queued, 3U);
  gate.set_value();
  while (done < 5) std::this_thread::yield();
  EXPECT_EQ(count("t"), 3);
}

TEST_P(BatchTest, what_is_queued_is_done_before_the_store_closes) {
  std::atomic<int> durable{0};
  for (int i = 0; i < 50; ++i) {
    store->write([i](Sql& sql) { insert(sql, i); },
                 [&](const std::exception_ptr& error) { durable += !error; });
  }
  store.reset();
  EXPECT_EQ(durable, 50);
  store = town.open();
  if (town.place() != Place::memory) {
    EXPECT_EQ(count("t"), 50);
  }
}

TEST_P(BatchTest, hooks_stand_around_the_commands) {
  std::vector<std::string> calls;
  store->set_hooks({
      .opened =
          [&](Sql& sql) {
            calls.push_back("opened " + std::to_string(sql.value<std::int64_t>("select count(*) from t")));
          },
      .closing =
          [&](Sql& sql) {
            calls.emplace_back("closing");
            sql.run("insert into t (id) values (99)");
          },
      .committed = [&] { calls.emplace_back("committed"); },
  });
  store->write_now([&](Sql& sql) {
    calls.emplace_back("command");
    insert(sql, 1);
  });
  EXPECT_EQ(calls, (std::vector<std::string>{"opened 0", "command", "closing", "committed"}));
  EXPECT_EQ(count("t"), 2);
  // With nothing to commit there is no closing; a closing that fails takes all with it.
  calls.clear();
  EXPECT_THROW(store->write_now([&](Sql&) { throw Refused{}; }), Refused);
  EXPECT_EQ(calls, (std::vector<std::string>{"opened 2"}));
  EXPECT_THROW(store->write_now([&](Sql& sql) { insert(sql, 2); }), ConstraintError);
  EXPECT_EQ(count("t"), 2);
}

TEST_P(BatchTest, waiting_for_the_writer_on_its_own_thread_is_a_bug) {
  EXPECT_THROW(store->write_now([&](Sql&) { store->write_now([](Sql&) {}); }), std::logic_error);
}

TEST_P(BatchTest, what_goes_wrong_beside_the_commands_is_in_the_log) {
  std::string log;
  log_to([&](std::string_view line) { log += line; });
  store->write([](Sql& sql) { insert(sql, 1); },
               [](const std::exception_ptr&) { throw std::runtime_error("nobody is there"); });
  store->write_now([](Sql& sql) { insert(sql, 2); });
  log_to_stderr();
  EXPECT_NE(log.find("nobody is there"), std::string::npos) << log;
}

TEST_P(BatchTest, nothing_changes_while_rows_are_read) {
  EXPECT_THROW(store->write_now([](Sql& sql) {
    insert(sql, 1);
    sql.query("select id from t", {}, [&](Rows&) { insert(sql, 2); });
  }),
               std::logic_error);
  // A query within a query is fine, even the same one.
  store->write_now([](Sql& sql) {
    insert(sql, 1);
    insert(sql, 2);
    int pairs = 0;
    sql.query("select id from t", {},
              [&](Rows&) { sql.query("select id from t", {}, [&](Rows&) { ++pairs; }); });
    EXPECT_EQ(pairs, 4);
  });
}

INSTANTIATE_TEST_SUITE_P(Places, BatchTest, ::testing::ValuesIn(all_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
