// The audit of looks. Each row carries a keyed hash over itself and the hash of the row before it: whoever
// changes or takes out a row without the town's key leaves a chain that no longer holds. (Rows cut off at the
// end leave no such trace; back-ups tell.)
#include "base/key_ring.hpp"
#include "identity/exported.hpp"
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
  StaffId staff;  // 0: a resident, looking at what is held of themselves
  std::string action, subject, purpose;
  bool allowed = false;
  std::optional<std::string> chain;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (id, at, staff, action, subject, purpose, allowed, chain))

// A row as it is read back; who the resident was came later than the chain.
struct WalkRow : AuditRow {
  std::optional<ResidentId> resident;
};
BOOST_DESCRIBE_STRUCT(WalkRow, (AuditRow), (resident))

struct ChainRow {
  std::optional<std::string> chain;
};
BOOST_DESCRIBE_STRUCT(ChainRow, (), (chain))

std::string chained(const Snapshot& snapshot, const AuditRow& row, const std::optional<ResidentId>& resident,
                    const std::string& before) {
  // A described struct as JSON: no two rows have the same text.
  auto link = row;
  link.chain = before;
  auto text = write_json(link);
  if (resident) text += to_string(*resident);
  return snapshot.keys().keyed_hash("audit", text);
}

AuditId record(Transaction& tx, const Caller& caller, std::string_view action, const std::string& subject,
               const std::string& purpose, bool allowed) {
  const auto last = tx.maybe<ChainRow>("select chain from audit where id = (select max(id) from audit)");
  const auto resident = caller.resident ? std::optional{caller.resident->id} : std::nullopt;
  AuditRow row{.id = tx.new_id<AuditId>(),
               .at = caller.at,
               .staff = resident ? StaffId{0} : require_staff(caller).id,
               .action = std::string{action},
               .subject = subject,
               .purpose = purpose,
               .allowed = allowed,
               .chain = std::nullopt};
  row.chain = chained(tx, row, resident, last ? last->chain.value_or("") : "");
  tx.run(
      "insert into audit (id, at, staff, resident, action, subject, purpose, allowed, chain)"
      " values (:id, :at, :staff, :resident, :action, :subject, :purpose, :allowed, :chain)",
      {{"id", row.id},
       {"at", row.at},
       {"staff", row.staff},
       {"resident", resident},
       {"action", row.action},
       {"subject", row.subject},
       {"purpose", row.purpose},
       {"allowed", row.allowed},
       {"chain", row.chain}});
  return row.id;
}

constexpr int rows_a_step = 1'000;

std::vector<WalkRow> rows_after(Snapshot& snapshot, AuditId after) {
  return snapshot.all<WalkRow>(
      "select id, at, staff, action, subject, purpose, allowed, chain, resident from audit where id > :after"
      " order by id limit :limit",
      {{"after", after}, {"limit", rows_a_step}});
}

}  // namespace

void audit_look(Transaction& tx, const Caller& caller, std::string_view action, const std::string& subject,
                const std::string& purpose, bool allowed) {
  record(tx, caller, action, subject, purpose, allowed);
}

void audit_look_at(Transaction& tx, const Caller& caller, std::string_view action,
                   std::span<const PersonId> people, const std::string& purpose, bool allowed) {
  std::string subject;
  for (const auto& person : people) subject += (subject.empty() ? "" : " ") + to_string(person);
  const auto id = record(tx, caller, action, subject, purpose, allowed);
  if (people.empty()) return;
  // Whoever looks at a record sees what was merged into it: it stays a look at both when they are taken
  // apart.
  tx.run(
      "insert into audit_people (person, audit) select id, cast(:audit as ID) from persons"
      " where id in (:people) or merged_into in (:people)",
      {{"audit", id}, {"people", storage::in(people)}});
}

void walk_audit(Snapshot& snapshot, AuditWalk& walk) {
  const auto rows = rows_after(snapshot, AuditId{walk.after});
  for (const auto& row : rows) {
    walk.after = row.id.value;
    // Rows from before there was a ring, and so a chain, come first and are not held by it.
    if (!row.chain && walk.chain.empty() && row.id.value < snapshot.keys().since()) continue;
    if (row.chain != chained(snapshot, row, row.resident, walk.chain)) {
      walk.broken = row.id.value;
      walk.done = true;
      return;
    }
    walk.chain = *row.chain;
  }
  walk.done = std::ssize(rows) < rows_a_step;
}

void chain_audit(Transaction& tx) {
  std::string chain;
  auto rows = rows_after(tx, AuditId{0});
  for (; !rows.empty(); rows = rows_after(tx, rows.back().id)) {
    for (const auto& row : rows) {
      chain = chained(tx, row, row.resident, chain);
      tx.run("update audit set chain = :chain where id = :id", {{"chain", chain}, {"id", row.id}});
    }
  }
}

}  // namespace doorstep::identity
