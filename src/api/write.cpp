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
  sign_in(tx, pending, at);

  const auto& caller = pending.caller;
  const answers::Key key{.scope = caller.staff      ? caller.staff->session
                                  : caller.resident ? caller.resident->session
                                                    : caller.device,
                         .route = route.name,
                         .key = pending.key,
                         .body_hash = pending.body_hash};
  if (route.rules.once) {
    if (auto given = answers::find(tx, key, at)) {
      pending.answered.status = given->status;
      pending.answered.body = std::move(given->body);
      return;
    }
  }
  const int before = tx.statements();
  pending.answered = endpoint.command(tx, pending.caller, pending.wish, pending.prepared);
  hold_cost(pending, before, tx.statements());
  auto& answered = pending.answered;
  if (answered.status == 0) answered.status = route.rules.success;
  if (route.rules.once && !answered.refused) answers::keep(tx, key, {answered.status, answered.body}, at);
}

void Api::serve_write(const std::shared_ptr<Pending>& pending) {
  journal_.write([this, pending](Transaction& tx, Instant at) { perform(tx, *pending, at); },
                 [this, pending](std::exception_ptr error) { finish(pending, std::move(error)); });
}

void Api::serve_prepared(const std::shared_ptr<Pending>& pending) {
  auto facts = std::make_shared<std::any>();
  journal_.read(
      [this, pending, facts](Snapshot& snapshot, Instant at) {
        sign_in(snapshot, *pending, at);
        *facts = pending->endpoint->facts(snapshot, pending->caller, pending->wish);
      },
      [this, pending, facts](std::exception_ptr error) {
        if (error) return finish(pending, std::move(error));
        const bool taken = pool_.post([this, pending, facts] {
          try {
            pending->prepared = pending->endpoint->prepare(*facts, pending->wish, pending->file);
          } catch (...) {
            return finish(pending, std::current_exception());
          }
          serve_write(pending);
        });
        if (!taken) finish(pending, std::make_exception_ptr(Problem{"overloaded"}));
      });
}

}  // namespace doorstep::api
