#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "storage/child/steps.hpp"
#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

class MigrateTest : public StoreTest {};

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const SchemaError& error) {
    return error.what();
  }
  return "accepted";
}

TEST_P(MigrateTest, takes_each_step_once) {
  const auto steps = many_steps();
  EXPECT_NE(refusal([&] { check_schema(*store, steps); }).find("empty"), std::string::npos);
  const auto first = std::span{steps}.first(5);
  EXPECT_EQ(migrate(*store, first).size(), 5U);
  EXPECT_EQ(migrate(*store, first).size(), 0U);
  EXPECT_NO_THROW(check_schema(*store, first));
  EXPECT_NE(refusal([&] { check_schema(*store, steps); }).find("lacks step first/006"), std::string::npos);
  EXPECT_EQ(migrate(*store, steps).size(), 7U);
  EXPECT_EQ(count("marks"), 11);
}

TEST_P(MigrateTest, refuses_a_newer_database) {
  const auto steps = many_steps();
  migrate(*store, steps);
  const auto older = std::span{steps}.first(8);
  EXPECT_NE(refusal([&] { migrate(*store, older); }).find("a newer version has used it"), std::string::npos);
  EXPECT_NE(refusal([&] { check_schema(*store, older); }).find("a newer version has used it"),
            std::string::npos);
}

TEST_P(MigrateTest, refuses_an_edited_step) {
  auto steps = many_steps();
  migrate(*store, steps);
  steps[3].sql += " ";
  EXPECT_NE(refusal([&] { migrate(*store, steps); }).find("was edited"), std::string::npos);
}

TEST_P(MigrateTest, a_step_that_fails_leaves_nothing_of_itself) {
  auto steps = many_steps();
  steps.resize(3);
  steps.push_back({"second", "0099",
                   "create table half (id ID primary key); insert into half (id) values (1); "
                   "insert into half (id) values (1);"});
  EXPECT_THROW(migrate(*store, steps), ConstraintError);
  store->read_now([](Sql& sql) {
    EXPECT_EQ(sql.value<std::int64_t>("select count(*) from marks"), 2);
    EXPECT_EQ(sql.value<std::int64_t>("select count(*) from schema_migrations"), 3);
  });
  EXPECT_THROW(count("half"), std::logic_error);
  steps.pop_back();
  EXPECT_NO_THROW(check_schema(*store, steps));
}

TEST_P(MigrateTest, asks_no_hooks_and_no_budget) {
  auto options = town.options();
  options.write_budget.statements = 1;
  store = open_store(options);
  store->set_hooks(
      {.opened = [](Sql&) { throw std::runtime_error("no tables yet"); }, .closing = {}, .committed = {}});
  EXPECT_EQ(migrate(*store, many_steps()).size(), 12U);
}

INSTANTIATE_TEST_SUITE_P(Places, MigrateTest, ::testing::ValuesIn(all_places()), place_name);

class MigrateTogetherTest : public StoreTest {};

TEST_P(MigrateTogetherTest, ten_stores_at_once) {
  std::vector<std::unique_ptr<Store>> stores;
  for (int i = 0; i < 10; ++i) stores.push_back(town.open());
  std::vector<std::thread> threads;
  std::atomic<std::size_t> taken{0};
  for (auto& each : stores) threads.emplace_back([&] { taken += migrate(*each, many_steps()).size(); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(taken, 12U);
  EXPECT_EQ(count("marks"), 11);
}

TEST_P(MigrateTogetherTest, ten_processes_at_once) {
  std::vector<std::unique_ptr<Child>> children;
  for (int i = 0; i < 10; ++i) {
    const auto words = town.words();
    children.push_back(std::make_unique<Child>(std::vector<std::string>{"migrate", words[0], words[1]}));
  }
  int taken = 0;
  for (auto& child : children) {
    EXPECT_EQ(child->wait(), 0);
    taken += std::atoi(child->output().c_str());
  }
  EXPECT_EQ(taken, 12);
  EXPECT_EQ(count("marks"), 11);
}

INSTANTIATE_TEST_SUITE_P(Places, MigrateTogetherTest, ::testing::ValuesIn(durable_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
