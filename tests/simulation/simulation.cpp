#include "simulation/simulation.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/testing.hpp"

namespace doorstep::testing {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// A working day in the hall of the small town.
constexpr Microseconds opens = hours{8} + minutes{30};
constexpr Microseconds day_length = hours{24};

}  // namespace

Simulation::Simulation(storage::Engine engine, std::uint64_t seed) : world_(engine, seed) {
  for (const auto& [name, generator] : generators()) weights_ += static_cast<std::size_t>(generator.weight);
  // The town was set up at eight in the evening; the first day begins the next morning.
  move_to_morning();
}

void Simulation::play_day(int steps) {
  for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
    pass(seconds{20 + static_cast<long>(world_.any(195))});
    play_step();
    invariants_.check_step(world_);
  }
  end_day();
}

void Simulation::play_step() {
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

void Simulation::play(const std::string& route, Wish wish) {
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
  EXPECT_LT(answer.status, 500) << answer.problem() << "; it cost " << world_.town.costs()[route]
                                << " statements at most so far";
  world_.learn(route, wish, answer);
  if (answer.status < 300 && known && world_.chance(0.03)) repeat(route, wish, answer);
}

void Simulation::repeat(const std::string& route, const Wish& wish, const Answer& first) {
  const auto& routes = world_.town.api().routes();
  const auto row = std::ranges::find_if(routes, [&](const auto& each) { return each->name == route; });
  if (!(*row)->rules.once) return;
  const auto again = world_.send(wish);
  EXPECT_EQ(again.status, first.status);
  EXPECT_EQ(again.body, first.body);
}

void Simulation::arm() {
  constexpr storage::Fault faults[] = {storage::Fault::statement, storage::Fault::transaction,
                                       storage::Fault::answer};
  const auto fault = faults[world_.any(3)];
  storage::testing::fail_at(world_.town.store(), 1 + static_cast<int>(world_.any(25)), fault);
}

void Simulation::look_around() {
  const auto hall = "/api/halls/" + world_.town.hall;
  Browser anyone;
  EXPECT_EQ(world_.send({&anyone, "GET", hall + "/queue", ""}).status, 200);
  if (!world_.tickets.empty()) {
    EXPECT_EQ(world_.send({&anyone, "GET", "/api/tickets/" + world_.one_of(world_.tickets), ""}).status, 200);
  }
  if (!world_.cases.empty()) {
    EXPECT_EQ(world_.send({&anyone, "GET", "/api/cases/" + world_.one_of(world_.cases).token, ""}).status,
              200);
  }
}

void Simulation::pass(Microseconds time) {
  // Sometimes somebody sets the machine's clock right.
  if (world_.chance(0.01)) time = -Microseconds{minutes{3}};
  world_.town.pass(time);
  passed_ += time;
  world_.town.fire_timers();
}

void Simulation::end_day() {
  world_.send_messages();
  move_to_morning();
  world_.tickets.clear();
  invariants_.check_step(world_);
  invariants_.check_day(world_);
  EXPECT_THAT(world_.traces.in_log(), ::testing::IsEmpty());
}

void Simulation::move_to_morning() {
  const auto since_midnight = (hours{20} + passed_) % day_length;
  const auto time = (day_length - since_midnight) + opens;
  world_.town.pass(time);
  passed_ += time;
  world_.town.fire_timers();
}

}  // namespace doorstep::testing
