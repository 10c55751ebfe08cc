#include "app/housekeeping.hpp"

#include "identity/city_account.hpp"
#include "identity/identity.hpp"
#include "journal/answers.hpp"
#include "journal/outbox.hpp"

namespace doorstep::app {

namespace {

using Chore = std::int64_t (*)(Transaction& tx, Instant at, int limit);

constexpr Chore chores[] = {answers::forget_old,
                            outbox::forget_ended,
                            identity::forget_old_tries,
                            identity::forget_ended_sessions,
                            identity::forget_old_codes,
                            identity::forget_resident_sessions,
                            identity::end_unused_residents,
                            identity::forget_old_challenges,
                            identity::forget_old_city_sign_ins,
                            identity::forget_old_pairings};

}  // namespace

Housekeeping::Housekeeping(Journal& journal, FileStore& files)
    : journal_(journal), files_(files), worker_("housekeeping", [this] {
        tidy();
        return Worker::Duration{interval};
      }) {}

std::int64_t Housekeeping::tidy() {
  std::int64_t gone = 0;
  for (const auto chore : chores) {
    std::int64_t done = rows_max;
    while (done == rows_max && !worker_.stopping()) {
      journal_.write_now([&](Transaction& tx, Instant at) { done = chore(tx, at, rows_max); });
      gone += done;
    }
  }
  if (!worker_.stopping()) gone += files_.collect_orphans();
  return gone;
}

}  // namespace doorstep::app
