#include "app/key_keeper.hpp"

#include "app/town_keys.hpp"
#include "base/log.hpp"
#include "identity/vault.hpp"
#include "journal/ring.hpp"

namespace doorstep::app {

KeyKeeper::KeyKeeper(const Config& config, Journal& journal, KeyRing& ring)
    : config_(config), journal_(journal), ring_(ring), worker_("key keeper", [this] {
        try {
          look();
        } catch (const SealError& trouble) {
          // Another process has changed the key, and it is not here. Soon it will seal what we cannot open.
          log_error("key_ring_unread", {{"why", trouble.what()}});
        }
        return std::chrono::duration_cast<Worker::Duration>(ring::looked_at_every);
      }) {}

void KeyKeeper::look() {
  const auto keys = [this] { return present_keys(config_); };
  bool behind = false;
  journal_.read_now([&](Snapshot& snapshot, Instant at) {
    ring::refresh(snapshot, keys, ring_, at);
    behind = identity::person_keys_are_behind(snapshot);
  });
  while (behind && !worker_.stopping()) {
    journal_.write_now([&](Transaction& tx, Instant at) {
      // By the town's own instant: two processes whose clocks differ would otherwise undo each other's work.
      ring::refresh(tx, keys, ring_, at);
      behind = identity::renew_person_keys(tx, people_at_once) == people_at_once;
    });
  }
}

}  // namespace doorstep::app
