// Days of a small town as its seed draws them: residents come and go, staff sign in, call, take in cases; the
// clock moves, and sometimes back; timers fire; the engine fails. After each step what must always hold is
// looked at.
#pragma once

#include <string>

#include "simulation/world.hpp"

namespace doorstep::testing {

inline constexpr int steps_a_day = 300;

class Simulation {
 public:
  Simulation(storage::Engine engine, std::uint64_t seed);

  void play_day(int steps);

  World& world() { return world_; }

 private:
  void play_step();
  // Sends it; when the engine fails under it, sends it again, as a client does that has heard no answer.
  void play(const std::string& route, Wish wish);
  // A second press on the same button.
  void repeat(const std::string& route, const Wish& wish, const Answer& first);
  void arm();
  // The displays and those who wait at home.
  void look_around();
  void pass(Microseconds time);
  void end_day();
  void move_to_morning();

  World world_;
  Invariants invariants_;
  std::size_t weights_ = 0;
  Microseconds passed_{};  // since the town was set up
};

}  // namespace doorstep::testing
