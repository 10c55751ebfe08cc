#include "journal/answers.hpp"

#include "base/problem.hpp"
#include "base/sealed.hpp"
#include "journal/bytes.hpp"

namespace doorstep::answers {

namespace {

// A key is scoped by itself; the row needs no number to be told from another.
constexpr SealContext context{"answers", "body", 0};

struct Row {
  std::string body_hash;
  int status = 0;
  storage::Bytes body;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Row, (), (body_hash, status, body, at))

}  // namespace

std::optional<Answer> find(Snapshot& snapshot, const Key& key, Instant at) {
  auto row = snapshot.maybe<Row>(
      "select body_hash, status, body, at from answers where scope = :scope and route = :route and key = :key",
      {{"scope", key.scope}, {"route", key.route}, {"key", key.key}});
  if (!row || row->at + kept_for < at) return std::nullopt;
  if (row->body_hash != key.body_hash) throw Problem{"key_reused"};
  const Sealed<std::string> sealed{std::string{as_text(row->body)}};
  return Answer{row->status, open(snapshot.keys(), sealed, context)};
}

void keep(Transaction& tx, const Key& key, const Answer& answer, Instant at) {
  const auto sealed = seal(tx.keys(), answer.body, context);
  tx.run(
      "insert into answers (scope, route, key, body_hash, status, body, at)"
      " values (:scope, :route, :key, :body_hash, :status, :body, :at)"
      " on conflict (scope, route, key) do update set"
      " body_hash = excluded.body_hash, status = excluded.status, body = excluded.body, at = excluded.at",
      {{"scope", key.scope},
       {"route", key.route},
       {"key", key.key},
       {"body_hash", key.body_hash},
       {"status", answer.status},
       {"body", as_column(sealed.bytes())},
       {"at", at}});
}

std::int64_t forget_old(Transaction& tx, Instant at, int limit) {
  return tx.run(
      "delete from answers where (scope, route, key) in"
      " (select scope, route, key from answers where at < :before order by at limit :limit)",
      {{"before", at - kept_for}, {"limit", limit}});
}

}  // namespace doorstep::answers
