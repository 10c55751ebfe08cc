// The path of a write: the repeated key, the command and the
// keeping of its answer, in the command's own savepoint.
#include "api/pending.hpp"
#include "base/problem.hpp"

namespace doorstep::api {

answers::Key Api::Pending::kept_under(std::string scope) const {
  return {.scope = std::move(scope), .route = endpoint->route->name, .key = key, .body_hash = body_hash};
}

answers::Key Api::Pending::kept_under() const {
  return kept_under(caller.staff      ? caller.staff->session
                    : caller.resident ? caller.resident->session
                    : caller.paired   ? caller.paired->session
                                      : caller.device);
}

bool Api::Pending::answered_before(Snapshot& snapshot, const answers::Key& as, Instant at) {
  auto given = endpoint->route->rules.once ? answers::find(snapshot, as, at) : std::nullopt;
  if (!given) return false;
  answered.status = given->status;
  answered.body = std::move(given->body);
  return true;
}

void Api::perform(Transaction& tx, Pending& pending, Instant at) {
  // A command may run again after a lost batch: nothing of the first run may show.
  pending.answered = {};
  const auto& endpoint = *pending.endpoint;
  const auto& route = *endpoint.route;
  try {
    sign_in(tx, pending, at);
  } catch (const SessionExpired& expired) {
    // Whoever did not hear that the command has ended their session asks once more.
    if (route.rules.ends_session && pending.answered_before(tx, pending.kept_under(expired.session), at))
      return;
    throw;
  }

  const auto key = pending.kept_under();
  if (pending.answered_before(tx, key, at)) return;
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
        // What was done leaves other facts behind, on which the same wish might be refused.
        if (pending->answered_before(snapshot, pending->kept_under(), at)) return;
        *facts = pending->endpoint->facts(snapshot, pending->caller, pending->wish);
      },
      [this, pending, facts](std::exception_ptr error) {
        if (error || !facts->has_value()) return finish(pending, std::move(error));
        auto& pool = pending->endpoint->route->rules.waits ? waiting_pool_ : pool_;
        const bool taken = pool.post([this, pending, facts] {
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
