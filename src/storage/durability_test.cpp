// What was acknowledged is there, whatever happens to the process.
#include <chrono>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "storage/test_town.hpp"

namespace doorstep::storage {
namespace {

class DurabilityTest : public StoreTest {};

struct HalfRow {
  std::int64_t id;
  std::int64_t halves;
};
BOOST_DESCRIBE_STRUCT(HalfRow, (), (id, halves))

TEST_P(DurabilityTest, a_killed_process_loses_nothing_that_it_acknowledged) {
  constexpr int kills = 20;
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  make({"create table acknowledged (id ID not null, half INT not null, primary key (id, half))"});
  store.reset();
  std::set<std::int64_t> acknowledged;
  for (int run = 0; run < kills; ++run) {
    const auto words = town.words();
    Child child{{"write", words[0], words[1], std::to_string(1 + run * 10'000'000)}};
    child.await_output();
    std::this_thread::sleep_for(std::chrono::milliseconds{random() % 200});
    child.kill();
    child.wait();
    std::istringstream said{child.output()};
    for (std::string line; std::getline(said, line) && !said.eof();) acknowledged.insert(std::stoll(line));
  }
  EXPECT_GT(acknowledged.size(), 50U);
  auto options = town.options();
  options.read_budget = {100, 10'000'000, std::chrono::minutes{1}};
  store = open_store(options);
  store->read_now([&](Sql& sql) {
    const auto rows = sql.all<HalfRow>("select id, count(*) as halves from acknowledged group by id");
    std::size_t found = 0;
    for (const auto& row : rows) {
      EXPECT_EQ(row.halves, 2) << "half a command at " << row.id;
      found += acknowledged.count(row.id);
    }
    EXPECT_EQ(found, acknowledged.size()) << "acknowledged rows were lost";
  });
  RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
  std::printf("%zu acknowledged over %d kills, none lost\n", acknowledged.size(), kills);
}

INSTANTIATE_TEST_SUITE_P(Places, DurabilityTest, ::testing::ValuesIn(durable_places()), place_name);

}  // namespace
}  // namespace doorstep::storage
