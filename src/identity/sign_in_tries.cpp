#include "identity/sign_in_tries.hpp"

#include <algorithm>

#include "base/key_ring.hpp"
#include "base/problem.hpp"
#include "identity/sessions.hpp"

namespace doorstep::identity {

namespace {

struct TriesRow {
  int failed = 0;
  std::optional<Instant> locked_until;
};
BOOST_DESCRIBE_STRUCT(TriesRow, (), (failed, locked_until))

Microseconds wait_after(int failed_attempts) {
  if (failed_attempts < free_attempts) return Microseconds{0};
  const int doublings = std::min(failed_attempts - free_attempts, 10);
  return std::min(longest_wait, first_wait * (1 << doublings));
}

std::string seconds_until(Instant later, Instant at) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(later - at).count());
}

}  // namespace

Tries require_patience(Transaction& tx, std::string_view purpose, const std::string& name, Instant at) {
  const auto name_key = tx.keys().keyed_hash(purpose, name);
  const auto row = tx.maybe<TriesRow>(
      "select failed, locked_until from sign_in_tries where name_key = :name_key", {{"name_key", name_key}});
  if (row && row->locked_until && *row->locked_until > at) {
    throw Problem{"too_many_attempts", {seconds_until(*row->locked_until, at)}};
  }
  return {name_key, row ? row->failed : 0};
}

Refused wrong_try(Transaction& tx, const Tries& before, Instant at, std::string_view refusal) {
  const int failed = before.failed + 1;
  const auto wait = wait_after(failed);
  const auto locked_until = wait.count() > 0 ? std::optional{at + wait} : std::nullopt;
  tx.run(
      "insert into sign_in_tries (name_key, failed, locked_until, at) values (:name_key, :failed, :locked_until, :at)"
      " on conflict (name_key) do update set"
      " failed = excluded.failed, locked_until = excluded.locked_until, at = excluded.at",
      {{"name_key", before.name_key}, {"failed", failed}, {"locked_until", locked_until}, {"at", at}});
  return Refused{Problem{refusal}};
}

void forget_tries(Transaction& tx, const Tries& before) {
  if (before.failed == 0) return;
  tx.run("delete from sign_in_tries where name_key = :name_key", {{"name_key", before.name_key}});
}

}  // namespace doorstep::identity
