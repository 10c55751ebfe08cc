// Keeps a serving town's ring of keys as the database has it, so that a key changed by another process is
// known here before it is used; and brings people's own keys under the newest, a few at a time, so that the
// writer is never held up.
#pragma once

#include "app/config.hpp"
#include "base/key_ring.hpp"
#include "journal/journal.hpp"
#include "journal/worker.hpp"

namespace doorstep::app {

class KeyKeeper {
 public:
  KeyKeeper(const Config& config, Journal& journal, KeyRing& ring);

  void start() { worker_.start(); }
  void stop() { worker_.stop(); }

  // One round.
  void look();

  static constexpr int people_at_once = 100;  // by one command

 private:
  Config config_;
  Journal& journal_;
  KeyRing& ring_;
  Worker worker_;  // last: its thread uses all of the above
};

}  // namespace doorstep::app
