// The audit of looks. Each row carries a keyed hash over itself and the hash of the row before it: whoever
// changes or takes out a row without the town's key leaves a chain that no longer holds. (Rows cut off at the
// end leave no such trace; back-ups tell.)
#include "base/key_ring.hpp"
#include "identity/identity.hpp"

namespace doorstep::identity {

namespace {

struct AuditTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "au";
};
using AuditId = Id<AuditTag>;

struct AuditRow {
  AuditId id;
  Instant at;
  StaffId staff;
  std::string action, subject, purpose;
  bool allowed = false;
  std::optional<std::string> chain;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (id, at, staff, action, subject, purpose, allowed, chain))

struct ChainRow {
  std::optional<std::string> chain;
};
BOOST_DESCRIBE_STRUCT(ChainRow, (), (chain))

std::string chained(const Snapshot& snapshot, const AuditRow& row, const std::string& before) {
  // A described struct as JSON: no two rows have the same text.
  auto link = row;
  link.chain = before;
  return snapshot.keys().keyed_hash("audit", write_json(link));
}

}  // namespace

void audit_look(Transaction& tx, const Caller& caller, std::string_view action, const std::string& subject,
                const std::string& purpose, bool allowed) {
  const auto last = tx.maybe<ChainRow>("select chain from audit where id = (select max(id) from audit)");
  AuditRow row{.id = tx.new_id<AuditId>(),
               .at = caller.at,
               .staff = require_staff(caller).id,
               .action = std::string{action},
               .subject = subject,
               .purpose = purpose,
               .allowed = allowed,
               .chain = std::nullopt};
  row.chain = chained(tx, row, last ? last->chain.value_or("") : "");
  tx.run(
      "insert into audit (id, at, staff, action, subject, purpose, allowed, chain)"
      " values (:id, :at, :staff, :action, :subject, :purpose, :allowed, :chain)",
      {{"id", row.id},
       {"at", row.at},
       {"staff", row.staff},
       {"action", row.action},
       {"subject", row.subject},
       {"purpose", row.purpose},
       {"allowed", row.allowed},
       {"chain", row.chain}});
}

void walk_audit(Snapshot& snapshot, AuditWalk& walk) {
  constexpr int rows_a_step = 1'000;
  const auto rows = snapshot.all<AuditRow>(
      "select id, at, staff, action, subject, purpose, allowed, chain from audit where id > :after"
      " order by id limit :limit",
      {{"after", walk.after}, {"limit", rows_a_step}});
  for (const auto& row : rows) {
    walk.after = row.id.value;
    // Rows from before there was a ring, and so a chain, come first and are not held by it.
    if (!row.chain && walk.chain.empty() && row.id.value < snapshot.keys().since()) continue;
    if (row.chain != chained(snapshot, row, walk.chain)) {
      walk.broken = row.id.value;
      walk.done = true;
      return;
    }
    walk.chain = *row.chain;
  }
  walk.done = std::ssize(rows) < rows_a_step;
}

}  // namespace doorstep::identity
