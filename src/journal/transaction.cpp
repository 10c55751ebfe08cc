#include "journal/transaction.hpp"

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "journal/outbox.hpp"
#include "journal/timers.hpp"

namespace doorstep {

std::string Transaction::new_token() { return doorstep::new_token(entropy_); }

void Transaction::send(const Message& message, Instant at) { outbox::put(*this, message, at); }

void Transaction::set_timer(std::string_view kind, std::string_view key, Instant due,
                            std::string_view body_json) {
  timers::set(*this, kind, key, due, body_json);
}

void Transaction::clear_timer(std::string_view kind, std::string_view key) {
  timers::clear(*this, kind, key);
}

void Transaction::finish(Instant at) {
  auto seq = head_.seq;
  for (const auto& event : events_) {
    run("insert into events (seq, at, kind, topic, body) values (:seq, :at, :kind, :topic, :body)",
        {{"seq", ++seq}, {"at", at}, {"kind", event.kind}, {"topic", event.topic}, {"body", event.body}});
  }
  // Only now: had an insert failed, the numbers would have been taken by nobody.
  head_.seq = seq;
  events_.clear();
}

void require_version(std::int64_t found, std::int64_t wished) {
  if (found != wished) throw Problem{"version_differs"};
}

}  // namespace doorstep
