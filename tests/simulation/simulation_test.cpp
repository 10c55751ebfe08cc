// Seeded random days over the whole API: residents come and go, staff sign in,
// call, take in cases; the clock moves, and sometimes back; timers fire; the
// engine fails. After each step what must always hold is looked at.
//
//   DOORSTEP_SIMULATION_SEED   replays what a failure printed
//   DOORSTEP_SIMULATION_DAYS   how many days; few by default
#include "simulation/simulation.hpp"

#include <charconv>
#include <cstdlib>
#include <random>

#include <gmock/gmock.h>

#include "testing/names.hpp"

namespace doorstep::testing {

namespace {

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

class SimulationTest : public ::testing::TestWithParam<storage::Engine> {};

TEST_P(SimulationTest, DaysGoByAndWhatMustHoldHolds) {
  const bool sqlite = GetParam() == storage::Engine::sqlite;
  const auto seed = number_from_environment("DOORSTEP_SIMULATION_SEED", std::random_device{}());
  const auto days = number_from_environment("DOORSTEP_SIMULATION_DAYS", sqlite ? 20 : 4);
  RecordProperty("seed", std::to_string(seed));
  std::printf("DOORSTEP_SIMULATION_SEED=%llu, %llu days\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(days));
  Simulation simulation{GetParam(), seed};
  for (std::uint64_t day = 0; day < days; ++day) {
    SCOPED_TRACE("day " + std::to_string(day) + " of DOORSTEP_SIMULATION_SEED=" + std::to_string(seed));
    simulation.play_day(sqlite ? steps_a_day : steps_a_day / 4);
    if (HasFailure()) return;
  }
  auto& world = simulation.world();
  EXPECT_GT(world.traces.heard(), sqlite ? 20U : 5U);
  EXPECT_THAT(world.traces.in_town(world.town), ::testing::IsEmpty());
  std::printf("%lld tickets, %lld cases, %d failures of the engine\n",
              static_cast<long long>(world.tickets_taken), static_cast<long long>(world.cases_opened),
              world.failures);
}

TEST(Simulations, DoEverythingSoonerOrLater) {
  // How soon is chance, and another compiler's another chance; and in a town where somebody has locked
  // themselves out for good, what only they may do is never done. So it is several towns, each for a while.
  constexpr std::uint64_t towns_most = 6;
  constexpr int days_each = 50;
  std::set<std::string> never_done;
  for (const auto& [name, generator] : generators()) never_done.insert(name);
  int failures = 0;
  for (std::uint64_t seed = 1; seed <= towns_most && !HasFailure() && !never_done.empty(); ++seed) {
    Simulation simulation{storage::Engine::sqlite, seed};
    for (int day = 0; day < days_each && !HasFailure() && !never_done.empty(); ++day) {
      simulation.play_day(steps_a_day);
      for (const auto& [name, times] : simulation.world().done) never_done.erase(name);
    }
    failures += simulation.world().failures;
  }
  EXPECT_THAT(never_done, ::testing::IsEmpty());
  EXPECT_GT(failures, 0);
}

TEST(Generators, AreThereForEveryWriteAndLookAndForNothingElse) {
  SmallTown town{storage::Engine::sqlite};
  std::set<std::string> routes, known;
  for (const auto& route : town.api().routes()) {
    if (route->kind == api::Kind::write || route->kind == api::Kind::look) routes.insert(route->name);
  }
  for (const auto& [name, generator] : generators()) {
    known.insert(name);
    EXPECT_GT(generator.weight, 0) << name;
  }
  expect_each_has_one(routes, known, "has no generator: add one in tests/simulation/generators.cpp",
                      "has a generator, and is neither a write nor a look");
}

TEST(Simulations, OfTheSameSeedAreTheSame) {
  const auto play = [] {
    World world{storage::Engine::sqlite, 7};
    std::string told;
    for (int i = 0; i < 60; ++i) {
      for (const auto& [name, generator] : generators()) {
        if (!world.chance(0.3)) continue;
        if (auto wish = generator.wish(world)) {
          const auto answer = world.send(*wish);
          world.learn(name, *wish, answer);
          told += name + std::to_string(answer.status) + answer.problem() + ' ';
        }
      }
    }
    return told;
  };
  EXPECT_EQ(play(), play());
}

}  // namespace

DOORSTEP_ON_ALL_ENGINES(SimulationTest);

}  // namespace doorstep::testing
