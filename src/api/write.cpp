// The path of a write: the repeated key, the command and the
// keeping of its answer, in the command's own savepoint.
#include "api/pending.hpp"
#include "base/problem.hpp"
#include "journal/answers.hpp"

namespace doorstep::api {

void Api::perform(Transaction& tx, Pending& pending, Instant at) {
  // A command may run again after a lost batch: nothing of the first run may show.
  pending.answered = {};
  const auto& endpoint = *pending.endpoint;
  const auto& route = *endpoint.route;
  // Whether the answer was given before, to that session or device; then it is given again.
  const auto answered_before = [&](const answers::Key& key) {
    auto given = route.rules.once ? answers::find(tx, key, at) : std::nullopt;
    if (!given) return false;
    pending.answered.status = given->status;
    pending.answered.body = std::move(given->body);
    return true;
  };
  const auto key_for = [&](const std::string& scope) {
    return answers::Key{
        .scope = scope, .route = route.name, .key = pending.key, .body_hash = pending.body_hash};
  };
  try {
    sign_in(tx, pending, at);
  } catch (const SessionExpired& expired) {
    // Whoever did not hear that the command has ended their session asks once more.
    if (route.rules.ends_session && answered_before(key_for(expired.session))) return;
    throw;
  }

  const auto& caller = pending.caller;
  const auto key = key_for(caller.staff      ? caller.staff->session
                           : caller.resident ? caller.resident->session
                           : caller.paired   ? caller.paired->session
                                             : caller.device);
  if (answered_before(key)) return;
  const int before = tx.statements();
  pending.answered = endpoint.command(tx, pending.caller, pending.wish, pending.prepared);
  hold_cost(pending, before, tx.statements());
  auto& answered = pending.answered;
  if (answered.status == 0) answered.status = route.rules.success;
  if (route.rules.once && !answered.refused) answers::keep(tx, key, {answered.status, answered.body}, at);
}

void Api::serve_write(const std::shared_ptr<Pending>& pending) {
  journal_.write([this, pending](Transaction& tx, Instant at) { perform(tx, *pending, at); },
                 [this, pending](std::exception_ptr error) { finish(*pending, std::move(error)); });
}

void Api::serve_prepared(const std::shared_ptr<Pending>& pending) {
  auto facts = std::make_shared<std::any>();
  journal_.read(
      [this, pending, facts](Snapshot& snapshot, Instant at) {
        sign_in(snapshot, *pending, at);
        *facts = pending->endpoint->facts(snapshot, pending->caller, pending->wish);
      },
      [this, pending, facts](std::exception_ptr error) {
        if (error) return finish(*pending, std::move(error));
        const bool taken = pool_.post([this, pending, facts] {
          try {
            pending->prepared = pending->endpoint->prepare(*facts, pending->wish);
          } catch (...) {
            return finish(*pending, std::current_exception());
          }
          serve_write(pending);
        });
        if (!taken) finish(*pending, std::make_exception_ptr(Problem{"overloaded"}));
      });
}

}  // namespace doorstep::api
