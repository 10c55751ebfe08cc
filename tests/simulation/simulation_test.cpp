// Seeded random days over the whole API: residents come and go, staff sign in,
// call, take in cases; the clock moves, and sometimes back; timers fire; the
// engine fails. After each step what must always hold is looked at.
//
//   DOORSTEP_SIMULATION_SEED   replays what a failure printed
//   DOORSTEP_SIMULATION_DAYS   how many days; few by default
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <random>

#include <gmock/gmock.h>

#include "simulation/world.hpp"
#include "storage/testing.hpp"
#include "testing/names.hpp"

namespace doorstep::testing {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

// A working day in the hall of the small town.
constexpr Microseconds opens = hours{8} + minutes{30};
constexpr Microseconds day_length = hours{24};
constexpr int steps_a_day = 300;

class Simulation {
 public:
  Simulation(storage::Engine engine, std::uint64_t seed) : world_(engine, seed) {
    for (const auto& [name, generator] : generators()) weights_ += static_cast<std::size_t>(generator.weight);
    // The town was set up at eight in the evening; the first day begins the next morning.
    move_to_morning();
  }

  void play_day(int steps) {
    for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
      pass(seconds{20 + static_cast<long>(world_.any(195))});
      play_step();
      invariants_.check_step(world_);
    }
    end_day();
  }

  World& world() { return world_; }

 private:
  void play_step() {
    auto left = world_.any(weights_);
    for (const auto& [name, generator] : generators()) {
      const auto weight = static_cast<std::size_t>(generator.weight);
      if (left >= weight) {
        left -= weight;
        continue;
      }
      if (auto wish = generator.wish(world_)) play(name, std::move(*wish));
      break;
    }
    if (world_.chance(0.1)) look_around();
  }

  // Sends it; when the engine fails under it, sends it again, as a client does that has heard no answer.
  void play(const std::string& route, Wish wish) {
    SCOPED_TRACE(route);
    wish.headers["idempotency-key"] = world_.new_key();
    const bool known = !wish.who->device.empty() || !wish.who->session.empty();
    const bool crash = world_.chance(0.05);
    if (crash) arm();
    auto answer = world_.send(wish);
    storage::testing::fail_at(world_.town.store(), 0, storage::Fault::statement);
    if (crash && answer.status == 503) {
      ++world_.failures;
      answer = world_.send(wish);
    }
    EXPECT_LT(answer.status, 500) << answer.problem();
    world_.learn(route, wish, answer);
    if (answer.status < 300 && known && world_.chance(0.03)) repeat(route, wish, answer);
  }

  // A second press on the same button.
  void repeat(const std::string& route, const Wish& wish, const Answer& first) {
    const auto& routes = world_.town.api().routes();
    const auto row = std::ranges::find_if(routes, [&](const auto& each) { return each->name == route; });
    if (!(*row)->rules.once) return;
    const auto again = world_.send(wish);
    EXPECT_EQ(again.status, first.status);
    EXPECT_EQ(again.body, first.body);
  }

  void arm() {
    constexpr storage::Fault faults[] = {storage::Fault::statement, storage::Fault::transaction,
                                         storage::Fault::answer};
    const auto fault = faults[world_.any(3)];
    storage::testing::fail_at(world_.town.store(), 1 + static_cast<int>(world_.any(25)), fault);
  }

  // The displays and those who wait at home.
  void look_around() {
    const auto hall = "/api/halls/" + world_.town.hall;
    Browser anyone;
    EXPECT_EQ(world_.send({&anyone, "GET", hall + "/queue", ""}).status, 200);
    if (!world_.tickets.empty()) {
      EXPECT_EQ(world_.send({&anyone, "GET", "/api/tickets/" + world_.one_of(world_.tickets), ""}).status,
                200);
    }
    if (!world_.cases.empty()) {
      EXPECT_EQ(world_.send({&anyone, "GET", "/api/cases/" + world_.one_of(world_.cases).token, ""}).status,
                200);
    }
  }

  void pass(Microseconds time) {
    // Sometimes somebody sets the machine's clock right.
    if (world_.chance(0.01)) time = -Microseconds{minutes{3}};
    world_.town.pass(time);
    passed_ += time;
    world_.town.fire_timers();
  }

  void end_day() {
    world_.send_messages();
    move_to_morning();
    world_.tickets.clear();
    invariants_.check_step(world_);
    invariants_.check_day(world_);
    EXPECT_THAT(world_.traces.in_log(), ::testing::IsEmpty());
  }

  void move_to_morning() {
    const auto since_midnight = (hours{20} + passed_) % day_length;
    const auto time = (day_length - since_midnight) + opens;
    world_.town.pass(time);
    passed_ += time;
    world_.town.fire_timers();
  }

  World world_;
  Invariants invariants_;
  std::size_t weights_ = 0;
  Microseconds passed_{};  // since the town was set up
};

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
  EXPECT_GT(world.traces.heard(), 20U);
  EXPECT_THAT(world.traces.in_town(world.town), ::testing::IsEmpty());
  std::printf("%lld tickets, %lld cases, %d failures of the engine\n",
              static_cast<long long>(world.tickets_taken), static_cast<long long>(world.cases_opened),
              world.failures);
}

TEST(Simulations, DoEverythingSoonerOrLater) {
  // How soon is chance, and another compiler's another chance: it may draw in another order.
  constexpr int days_most = 120;
  Simulation simulation{storage::Engine::sqlite, 1};
  const auto& world = simulation.world();
  const auto never_done = [&] {
    std::vector<std::string> names;
    for (const auto& [name, generator] : generators()) {
      if (!world.done.contains(name)) names.push_back(name);
    }
    return names;
  };
  for (int day = 0; day < days_most && !HasFailure() && !never_done().empty(); ++day)
    simulation.play_day(steps_a_day);
  EXPECT_THAT(never_done(), ::testing::IsEmpty());
  EXPECT_GT(world.failures, 0);
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
