#include "cases/notice.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/problem.hpp"
#include "cases/follow.hpp"
#include "cases/materials.hpp"
#include "cases/trips.hpp"

namespace doorstep::cases {

namespace {

struct NoticeTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "no";
};
using NoticeId = Id<NoticeTag>;

struct ToldRow {
  NoticeId id;
  Instant at;
  std::string name;
  std::optional<storage::Bytes> sealed_note;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(ToldRow, (), (id, at, name, sealed_note, key))

struct CameFromRow {
  std::string came_from;
};
BOOST_DESCRIBE_STRUCT(CameFromRow, (), (came_from))

// Every paper of every notice of a case, the oldest notice first. One statement.
std::vector<ToldRow> told_of(Snapshot& snapshot, CaseId id) {
  return snapshot.all<ToldRow>(
      "select n.id, n.at, s.name, n.sealed_note, i.key from case_notices n join staff s on s.id = n.staff"
      " join case_notice_materials i on i.notice = n.id where n.case_id = :case order by n.id, i.key",
      {{"case", id}});
}

// Where the case came from when it first began to wait here. One statement.
std::string came_from(Snapshot& snapshot, const StoredCase& row) {
  const auto before = snapshot.maybe<CameFromRow>(
      "select came_from from case_notices where case_id = :case and step = :step order by id desc limit 1",
      {{"case", row.id}, {"step", row.step}});
  return before ? before->came_from : row.step;
}

// Where the resident is waited for: the step it is at, or one that may follow.
const StepDefinition& waiting_step(const MatterDefinition& matter, const StoredCase& row) {
  const auto* here = find_step(matter, row.step);
  if (here != nullptr && here->phase == Phase::waiting_for_resident) return *here;
  for (const auto& key : here == nullptr ? std::vector<std::string>{} : here->next) {
    const auto* next = find_step(matter, key);
    if (next != nullptr && next->phase == Phase::waiting_for_resident) return *next;
  }
  throw Problem{"cannot_wait_here"};
}

// Keys of what is to be told, each of which is known and has not come.
std::vector<std::string> require_missing(const TellMissing& wish,
                                         const std::vector<MaterialView>& materials) {
  for (std::size_t i = 0; i < wish.materials.size(); ++i) {
    const auto path = fmt::format("materials[{}]", i);
    if (std::ranges::count(wish.materials, wish.materials[i]) > 1)
      throw Problem{"unknown_material", {wish.materials[i]}, path};
    if (require_material(materials, wish.materials[i], path).state == MaterialState::received)
      throw Problem{"material_received", {}, path};
  }
  if (wish.materials.empty() && wish.others.empty()) throw Problem{"nothing_missing"};
  return wish.materials;
}

void keep_notice(Transaction& tx, const Caller& caller, const StoredCase& row, const StepDefinition& waiting,
                 const std::optional<std::string>& reason, const std::vector<std::string>& keys) {
  const auto id = tx.new_id<NoticeId>();
  std::optional<storage::Bytes> sealed;
  if (reason) sealed = sealed_note(tx.keys(), "case_notices", id.value, *reason);
  // Told once more while it waits, it still goes back to where it was before.
  const auto back = waiting.key == row.step ? came_from(tx, row) : row.step;
  tx.run(
      "insert into case_notices (id, case_id, at, staff, step, came_from, sealed_note)"
      " values (:id, :case, :at, :staff, :step, :came_from, :reason)",
      {{"id", id},
       {"case", row.id},
       {"at", caller.at},
       {"staff", require_staff(caller).id},
       {"step", waiting.key},
       {"came_from", back},
       {"reason", sealed}});
  for (const auto& key : keys) {
    tx.run("insert into case_notice_materials (notice, key) values (:notice, :key)",
           {{"notice", id}, {"key", key}});
  }
}

std::string listed(const std::vector<MaterialView>& materials, const std::vector<std::string>& keys) {
  std::string list;
  for (const auto& key : keys) list += (list.empty() ? "" : "、") + require_material(materials, key).name.zh;
  return list;
}

// To the applicant's phone, where one is known. Two statements at most.
void send_list(Transaction& tx, const Caller& caller, const StoredCase& row, const std::string& list) {
  if (!row.has_applicant) return;
  tx.send({.channel = Channel::phone,
           .recipient = applicant_of(tx, row.id).value().phone,
           .subject = row.reference,
           .body = fmt::format("您的事项 {} 还缺：{}。都在这里了，请一次补齐。Still missing for {}: {}.",
                               row.reference, list, row.reference, list),
           .deliver_before = caller.at + std::chrono::hours{24}},
          caller.at);
}

}  // namespace

CaseView tell_missing(Transaction& tx, const Caller& caller, const TellMissing& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  require_running(row);
  const auto matter = matter_by_hash(tx, row.definition);
  auto materials = materials_of(tx, row.id, matter);
  auto keys = require_missing(wish, materials);
  const bool again = !told_of(tx, row.id).empty();
  if (again && !wish.reason) throw Problem{"told_already"};
  const auto& waiting = waiting_step(matter, row);
  end_promises(tx, row.id, keys);

  for (const auto& words : wish.others) {
    keys.push_back(ask_for_own_material(tx, row.id, words));
    materials.push_back({.key = keys.back(),
                         .name = {words, words},
                         .state = MaterialState::missing,
                         .received_at = {},
                         .received_by = {},
                         .follows_by = {}});
  }
  keep_notice(tx, caller, row, waiting, again ? wish.reason : std::nullopt, keys);
  const NewEntry entry{.case_id = row.id,
                       .kind = again ? HistoryKind::told_again : HistoryKind::told_missing,
                       .step = waiting.key};
  if (waiting.key != row.step) {
    enter_step(tx, caller, row, waiting, entry);
  } else {
    add_history(tx, entry, caller);
    change_in_place(tx, row);
  }
  send_list(tx, caller, row, listed(materials, keys));
  settle_readiness(tx, caller, row, matter);
  return read_case(tx, caller, {row.id});
}

std::vector<NoticeView> notices_of(Snapshot& snapshot, CaseId id,
                                   const std::vector<MaterialView>& materials) {
  std::vector<NoticeView> notices;
  std::optional<NoticeId> last;
  for (const auto& row : told_of(snapshot, id)) {
    if (last != row.id) {
      std::optional<std::string> reason;
      if (row.sealed_note)
        reason = open_note(snapshot.keys(), "case_notices", row.id.value, *row.sealed_note);
      notices.push_back({row.at, row.name, std::move(reason), {}});
      last = row.id;
    }
    notices.back().materials.push_back(require_material(materials, row.key).name);
  }
  return notices;
}

std::optional<StillMissing> still_missing(Snapshot& snapshot, CaseId id,
                                          const std::vector<MaterialView>& materials) {
  const auto told = told_of(snapshot, id);
  std::set<std::string> keys;
  for (const auto& row : told) keys.insert(row.key);
  StillMissing list;
  for (const auto& material : materials) {
    if (keys.contains(material.key) && material.state == MaterialState::missing)
      list.materials.push_back(material.name);
  }
  if (list.materials.empty()) return std::nullopt;
  list.told_at = told.back().at;
  return list;
}

bool go_on_when_all_came(Transaction& tx, const Caller& caller, const StoredCase& row,
                         const MatterDefinition& matter, const std::string& key) {
  if (row.phase != Phase::waiting_for_resident) return false;
  const auto back = tx.maybe<CameFromRow>(
      "select n.came_from from case_notices n where n.case_id = :case and n.step = :step"
      " and exists (select 1 from case_notices t join case_notice_materials i on i.notice = t.id"
      " where t.case_id = :case and i.key = :key)"
      " and not exists (select 1 from case_notices t join case_notice_materials i on i.notice = t.id"
      " where t.case_id = :case and not exists"
      " (select 1 from case_materials m where m.case_id = :case and m.key = i.key)"
      " and not exists (select 1 from case_follows f where f.case_id = :case and f.key = i.key))"
      " order by n.id desc limit 1",
      {{"case", row.id}, {"step", row.step}, {"key", key}});
  const auto* step = back && back->came_from != row.step ? find_step(matter, back->came_from) : nullptr;
  if (step == nullptr) return false;
  enter_step(tx, caller, row, *step, {.case_id = row.id, .kind = HistoryKind::all_came, .step = step->key});
  return true;
}

}  // namespace doorstep::cases
