#include "identity/resident_sessions.hpp"

#include "base/problem.hpp"
#include "identity/resident.hpp"

namespace doorstep::identity {

namespace {

struct ListedRow {
  SessionId id;
  std::string token_hash;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ListedRow, (), (id, token_hash, expires_at))

}  // namespace

Page<SessionRow> list_resident_sessions(Snapshot& snapshot, const Caller& caller,
                                        const ListResidentSessions& wish) {
  const auto& resident = require_resident(caller);
  const int limit = page_limit(wish.limit);
  // The newest first: a cursor goes down from the largest id.
  const auto before = page_after(wish.cursor);
  const auto rows = snapshot.all<ListedRow>(
      "select id, token_hash, expires_at from resident_sessions where resident = :resident"
      " and ended_at is null and expires_at > :at and id < :before order by id desc limit :limit",
      {{"resident", resident.id},
       {"at", caller.at},
       {"before", before == 0 ? INT64_MAX : before},
       {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const ListedRow& row) { return row.id.value; },
      [&](const ListedRow& row) {
        return SessionRow{.id = row.id,
                          .signed_in_at = row.expires_at - resident_session_time,
                          .expires_at = row.expires_at,
                          .current = row.token_hash == resident.session};
      });
}

Nothing end_resident_session(Transaction& tx, const Caller& caller, const EndResidentSession& wish) {
  const auto& resident = require_resident(caller);
  const auto mine =
      tx.value<std::int64_t>("select count(*) from resident_sessions where id = :id and resident = :resident",
                             {{"id", wish.session}, {"resident", resident.id}});
  if (mine == 0) throw Problem{"no_such_session"};
  tx.run("update resident_sessions set ended_at = :at where id = :id and ended_at is null",
         {{"at", caller.at}, {"id", wish.session}});
  return {};
}

Nothing end_other_resident_sessions(Transaction& tx, const Caller& caller, const EndOtherResidentSessions&) {
  const auto& resident = require_resident(caller);
  tx.run(
      "update resident_sessions set ended_at = :at where resident = :resident and ended_at is null"
      " and token_hash <> :this",
      {{"at", caller.at}, {"resident", resident.id}, {"this", resident.session}});
  return {};
}

}  // namespace doorstep::identity
