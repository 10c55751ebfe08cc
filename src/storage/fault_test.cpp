// The N-th call of the engine fails, for N = 1, 2, … until the command gets through: each time all of it is
// there or nothing, and the store works on.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>

#include <gtest/gtest.h>

#include "storage/test_town.hpp"
#include "storage/testing.hpp"

namespace doorstep::storage {
namespace {

struct FaultCase {
  Place place;
  Fault fault;
};

class FaultTest : public ::testing::TestWithParam<FaultCase> {
 protected:
  FaultTest() : town(GetParam().place) {
    auto options = town.options();
    // A commit whose fate is unknown ends the process on SQLite; here it is only counted.
    options.fatal = [this](const std::string&) { ++fatal; };
    store = open_store(options);
    const std::vector<Migration> steps{
        {"test", "0001", "create table halves (id ID not null, half INT not null, primary key (id, half))"}};
    migrate(*store, steps);
  }

  static Store::Work pair(std::int64_t id) {
    return [id](Sql& sql) {
      sql.run("insert into halves (id, half) values (:id, 1)", {{"id", id}});
      sql.value<std::int64_t>("select count(*) from halves");
      sql.run("insert into halves (id, half) values (:id, 2)", {{"id", id}});
    };
  }
  std::int64_t halves(std::int64_t id) {
    std::int64_t found = 0;
    store->read_now([&](Sql& sql) {
      found = sql.value<std::int64_t>("select count(*) from halves where id = :id", {{"id", id}});
    });
    return found;
  }

  TestTown town;
  std::atomic<int> fatal{0};
  std::unique_ptr<Store> store;
};

TEST_P(FaultTest, a_command_is_whole_or_absent) {
  int failures = 0;
  bool through = false;
  for (int n = 1; !through; ++n) {
    ASSERT_LT(n, 100);
    testing::fail_at(*store, n, GetParam().fault);
    std::exception_ptr outcome;
    try {
      store->write_now(pair(n));
    } catch (const StorageError&) {
      outcome = std::current_exception();
      ++failures;
    }
    through = testing::failure_waits(*store);
    testing::fail_at(*store, 0, GetParam().fault);
    const auto found = halves(n);
    EXPECT_TRUE(found == 0 || found == 2) << "call " << n;
    if (!outcome) {
      EXPECT_EQ(found, 2) << "call " << n;
    }
    EXPECT_NO_THROW(store->write_now(pair(n + 1'000))) << "after call " << n;
    EXPECT_EQ(halves(n + 1'000), 2);
  }
  EXPECT_GE(failures, 3);
}

TEST_P(FaultTest, each_command_of_a_batch_is_whole_or_absent) {
  bool through = false;
  for (int n = 1; !through; ++n) {
    ASSERT_LT(n, 200);
    std::promise<void> gate, begun;
    auto opened = gate.get_future();
    store->write(
        [&](Sql&) {
          begun.set_value();
          opened.wait();
        },
        [](const std::exception_ptr&) {});
    begun.get_future().wait();
    constexpr int size = 5;
    std::promise<std::exception_ptr> ends[size];
    for (int i = 0; i < size; ++i) {
      store->write(pair(n * 100 + i),
                   [&ends, i](const std::exception_ptr& error) { ends[i].set_value(error); });
    }
    testing::fail_at(*store, n, GetParam().fault);
    gate.set_value();
    for (int i = 0; i < size; ++i) {
      const auto outcome = ends[i].get_future().get();
      const auto found = halves(n * 100 + i);
      EXPECT_TRUE(found == 0 || found == 2) << "call " << n << " command " << i;
      if (!outcome) {
        EXPECT_EQ(found, 2) << "call " << n << " command " << i << ": acknowledged and not there";
      }
    }
    through = testing::failure_waits(*store);
    testing::fail_at(*store, 0, GetParam().fault);
  }
}

std::vector<FaultCase> fault_cases() {
  std::vector<FaultCase> cases;
  for (const auto place : all_places()) {
    for (const auto fault : {Fault::statement, Fault::transaction, Fault::answer})
      cases.push_back({place, fault});
  }
  return cases;
}

std::string case_name(const ::testing::TestParamInfo<FaultCase>& tested) {
  static const std::vector<std::string> names{"statement", "transaction", "answer"};
  return place_name({tested.param.place, 0}) + "_" + names[static_cast<std::size_t>(tested.param.fault)];
}

INSTANTIATE_TEST_SUITE_P(Places, FaultTest, ::testing::ValuesIn(fault_cases()), case_name);

class FileTest : public StoreTest {};

TEST_P(FileTest, an_unsure_commit_is_fatal) {
  auto options = town.options();
  std::atomic<int> fatal{0};
  options.fatal = [&](const std::string& why) {
    EXPECT_NE(why.find("commit"), std::string::npos);
    ++fatal;
  };
  store = open_store(options);
  make({"create table t (id ID primary key)"});
  testing::fail_at(*store, 3, Fault::answer);  // begin, insert, commit
  EXPECT_THROW(store->write_now([](Sql& sql) { sql.run("insert into t (id) values (1)"); }), StorageError);
  EXPECT_EQ(fatal, 1);
}

TEST_P(FileTest, a_full_disk_refuses_and_recovers) {
  make({"create table t (id ID primary key, text TEXT not null)"});
  store->write_now([](Sql& sql) { sql.run("insert into t (id, text) values (1, 'here')"); });
  const auto fill = [](Sql& sql) {
    for (int id = 2; id < 200; ++id) {
      sql.run("insert into t (id, text) values (:id, :text)",
              {{"id", id}, {"text", std::string(3'000, 'x')}});
    }
  };
  testing::limit_pages(*store, 40);
  EXPECT_THROW(store->write_now(fill), StorageError);
  EXPECT_EQ(count("t"), 1);
  store->write_now([](Sql& sql) { sql.run("update t set text = 'still here' where id = 1"); });
  // The others of a batch are not harmed by the one that meets the wall.
  std::promise<void> gate, begun, ends[3];
  auto opened = gate.get_future();
  std::atomic<int> failed{0};
  store->write(
      [&](Sql&) {
        begun.set_value();
        opened.wait();
      },
      [](const std::exception_ptr&) {});
  begun.get_future().wait();
  const auto small = [](int id) {
    return [id](Sql& sql) { sql.run("insert into t (id, text) values (:id, 'small')", {{"id", id}}); };
  };
  const std::vector<Store::Work> works{small(1'000), fill, small(1'001)};
  for (std::size_t i = 0; i < 3; ++i) {
    store->write(works[i], [&, i](const std::exception_ptr& error) {
      failed += error != nullptr;
      ends[i].set_value();
    });
  }
  gate.set_value();
  for (auto& end : ends) end.get_future().wait();
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(count("t"), 3);
  testing::limit_pages(*store, 0);
  EXPECT_NO_THROW(store->write_now(fill));
  EXPECT_EQ(count("t"), 201);
}

std::string opening_says(const TestTown& town) {
  try {
    const auto opened = town.open();
    opened->ping();
  } catch (const StorageError& error) {
    return error.what();
  }
  return "opened";
}

TEST_P(FileTest, what_is_no_database_is_named_with_advice) {
  store.reset();
  std::filesystem::remove(town.path("town.db"));
  std::ofstream{town.path("town.db")} << std::string(10'000, 'x');
  const auto said = opening_says(town);
  EXPECT_NE(said.find(town.path("town.db")), std::string::npos) << said;
  EXPECT_NE(said.find("restore the newest back-up"), std::string::npos) << said;
}

TEST_P(FileTest, a_file_cut_short_is_named_with_advice) {
  make({"create table t (id ID primary key, text TEXT not null)"});
  store->write_now([](Sql& sql) {
    for (int id = 0; id < 100; ++id) {
      sql.run("insert into t (id, text) values (:id, :text)",
              {{"id", id}, {"text", std::string(3'000, 'x')}});
    }
  });
  store.reset();
  const auto size = std::filesystem::file_size(town.path("town.db"));
  std::filesystem::resize_file(town.path("town.db"), size / 2);
  const auto said = opening_says(town);
  EXPECT_NE(said.find("restore the newest back-up"), std::string::npos) << said;
}

TEST_P(FileTest, a_missing_folder_is_named) {
  Options options;
  options.url = "sqlite:" + town.path("nowhere/town.db");
  try {
    open_store(options);
    ADD_FAILURE();
  } catch (const StorageError& error) {
    EXPECT_NE(std::string{error.what()}.find("nowhere/town.db"), std::string::npos);
  }
  options.url = "mysql://x";
  EXPECT_THROW(open_store(options), StorageError);
}

TEST_P(FileTest, only_its_owner_may_read_it) {
  store->write_now([](Sql& sql) { sql.run("create table t (id ID)"); });
  for (const auto* name : {"town.db", "town.db-wal"}) {
    const auto mode = std::filesystem::status(town.path(name)).permissions();
    EXPECT_EQ(mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
  }
}

TEST_P(FileTest, the_log_stays_small_under_load) {
  make({"create table t (id ID primary key, text TEXT not null)"});
  for (int i = 0; i < 600; ++i) {
    store->write_now([&](Sql& sql) {
      for (int k = 0; k < 30; ++k) {
        sql.run(
            "insert into t (id, text) values (:id, :text) on conflict (id) "
            "do update set text = excluded.text",
            {{"id", (i * 37 + k * 11) % 3'000},
             {"text", std::string(3'500, static_cast<char>('a' + i % 26))}});
      }
    });
  }
  // About 75 MB were written.
  EXPECT_LT(std::filesystem::file_size(town.path("town.db-wal")), 48U << 20U);
}

TEST_P(FileTest, a_backup_is_consistent_under_writes) {
  make({"create table halves (id ID not null, half INT not null, primary key (id, half))"});
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (int id = 0; !stop; ++id) {
      store->write_now([id](Sql& sql) {
        sql.run("insert into halves (id, half) values (:id, 1)", {{"id", id}});
        sql.run("insert into halves (id, half) values (:id, 2)", {{"id", id}});
      });
    }
  }};
  for (int i = 0; i < 5; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    const auto path = town.path("copy" + std::to_string(i) + ".db");
    back_up(*store, path);
    EXPECT_THROW(back_up(*store, path), StorageError) << "over an older one";
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
    Options options;
    options.url = "sqlite:" + path;
    open_store(options)->read_now([&](Sql& sql) {
      const auto rows = sql.value<std::int64_t>("select count(*) from halves");
      EXPECT_EQ(rows % 2, 0);
      EXPECT_EQ(sql.value<std::int64_t>("select count(distinct id) from halves"), rows / 2);
    });
  }
  stop = true;
  writer.join();
}

INSTANTIATE_TEST_SUITE_P(Places, FileTest, ::testing::Values(Place::file), place_name);

}  // namespace
}  // namespace doorstep::storage
