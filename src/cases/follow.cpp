#include "cases/follow.hpp"

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "cases/materials.hpp"
#include "cases/notice.hpp"
#include "network/calendar.hpp"

namespace doorstep::cases {

namespace {

struct FollowTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "fo";
};
using FollowId = Id<FollowTag>;

struct DeclarationTag {
  [[maybe_unused]] static constexpr std::string_view prefix = "dc";
};
using DeclarationId = Id<DeclarationTag>;

struct FollowRow {
  std::string key;
  Day by_day;
};
BOOST_DESCRIBE_STRUCT(FollowRow, (), (key, by_day))

struct DeclaredRow {
  Instant at;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(DeclaredRow, (), (at, name))

void keep_promise(Transaction& tx, const Caller& caller, const MatterDefinition& matter,
                  const LetFollow& wish) {
  const Zone zone{network::town(tx).zone};
  const auto today = zone.day_of(caller.at);
  const auto deadline = network::working_days_after(network::calendar_from(tx, today), today,
                                                    {matter.follow_working_days.value()});
  const auto id = tx.new_id<FollowId>();
  tx.run(
      "insert into case_follows (id, case_id, key, by_day, provisional, sealed_signer, passed)"
      " values (:id, :case, :key, :by_day, :provisional, :signer, 0)",
      {{"id", id},
       {"case", wish.id},
       {"key", wish.material},
       {"by_day", deadline.day},
       {"provisional", deadline.provisional},
       {"signer",
        sealed_note(tx.keys(), "case_follows", id.value, wish.signed_by.value(), "sealed_signer")}});
  set_follow_timer(tx, zone, wish.id);
}

}  // namespace

bool may_follow(const MatterDefinition& matter, const std::string& key) {
  const auto* material = find_material(matter, key);
  return matter.follow_working_days && material != nullptr && material->secondary &&
         !material->proves_membership.value_or(false);
}

CaseView let_follow(Transaction& tx, const Caller& caller, const LetFollow& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  require_running(row);
  const auto matter = matter_by_hash(tx, row.definition);
  const auto materials = materials_of(tx, row.id, matter);
  const auto& material = require_material(materials, wish.material);
  if (material.state == MaterialState::received) throw Problem{"material_received"};
  if (material.state == MaterialState::to_follow) throw Problem{"follows_already"};
  if (!may_follow(matter, wish.material)) throw Problem{"never_follows"};
  if (wish.signed_by) keep_promise(tx, caller, matter, wish);
  add_history(tx,
              {.case_id = row.id,
               .kind = wish.signed_by ? HistoryKind::let_follow : HistoryKind::follow_declined,
               .step = row.step,
               .about = wish.material},
              caller);
  const bool went_on = wish.signed_by && go_on_when_all_came(tx, caller, row, matter, wish.material);
  if (!went_on) change_in_place(tx, row);
  return read_case(tx, caller, {row.id});
}

CaseView sign_declaration(Transaction& tx, const Caller& caller, const SignDeclaration& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_handler(caller, row);
  require_running(row);
  const auto matter = matter_by_hash(tx, row.definition);
  const auto declaration = declaration_of(tx, row.id, matter);
  if (!declaration) throw Problem{"no_declaration"};
  if (declaration->signed_at) throw Problem{"declared_already"};
  const auto id = tx.new_id<DeclarationId>();
  tx.run(
      "insert into case_declarations (id, case_id, at, staff, text_hash, sealed_signer)"
      " values (:id, :case, :at, :staff, :text_hash, :signer)",
      {{"id", id},
       {"case", row.id},
       {"at", caller.at},
       {"staff", require_staff(caller).id},
       {"text_hash", sha256_hex(write_json(declaration->text))},
       {"signer", sealed_note(tx.keys(), "case_declarations", id.value, wish.signed_by, "sealed_signer")}});
  add_history(tx, {.case_id = row.id, .kind = HistoryKind::declared, .step = row.step}, caller);
  change_in_place(tx, row);
  return read_case(tx, caller, {row.id});
}

std::map<std::string, Day> follows_of(Snapshot& snapshot, CaseId id) {
  std::map<std::string, Day> days;
  for (auto& row : snapshot.all<FollowRow>("select key, by_day from case_follows where case_id = :case",
                                           {{"case", id}})) {
    days.emplace(std::move(row.key), row.by_day);
  }
  return days;
}

std::optional<DeclarationView> declaration_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter) {
  if (!matter.declaration) return std::nullopt;
  DeclarationView view{.text = *matter.declaration, .signed_at = {}, .taken_by = {}};
  if (const auto row = snapshot.maybe<DeclaredRow>("select d.at, s.name from case_declarations d"
                                                   " join staff s on s.id = d.staff where d.case_id = :case",
                                                   {{"case", id}})) {
    view.signed_at = row->at;
    view.taken_by = row->name;
  }
  return view;
}

void require_nothing_follows(Snapshot& snapshot, CaseId id) {
  const auto open = snapshot.value<std::int64_t>(
      "select count(*) from case_follows f where f.case_id = :case and not exists"
      " (select 1 from case_materials m where m.case_id = f.case_id and m.key = f.key)",
      {{"case", id}});
  if (open > 0) throw Problem{"papers_to_follow"};
}

void end_promises(Transaction& tx, CaseId id, const std::vector<std::string>& keys) {
  if (keys.empty()) return;
  tx.run("delete from case_follows where case_id = :case and key in (:keys)",
         {{"case", id}, {"keys", storage::in(keys)}});
}

void set_follow_timer(Transaction& tx, const Zone& zone, CaseId id) {
  const auto next = tx.maybe<FollowRow>(
      "select f.key, f.by_day from case_follows f where f.case_id = :case and f.passed = 0 and not exists"
      " (select 1 from case_materials m where m.case_id = f.case_id and m.key = f.key)"
      " order by f.by_day, f.id limit 1",
      {{"case", id}});
  if (next) {
    tx.set_timer(follow_timer, to_string(id), zone.start_of(next->by_day + 1));
  } else {
    tx.clear_timer(follow_timer, to_string(id));
  }
}

void pass_follow(Transaction& tx, const Caller& caller, const std::string& key, const std::string&) {
  const auto id = parse_id(CaseTag::prefix, key);
  const auto row = id ? find_case(tx, CaseId{*id}) : std::nullopt;
  if (!row || is_over(row->phase)) return;
  const Zone zone{network::town(tx).zone};
  const auto passed = tx.all<FollowRow>(
      "select f.key, f.by_day from case_follows f where f.case_id = :case and f.passed = 0"
      " and f.by_day < :today and not exists"
      " (select 1 from case_materials m where m.case_id = f.case_id and m.key = f.key) order by f.id",
      {{"case", row->id}, {"today", zone.day_of(caller.at)}});
  tx.run("update case_follows set passed = 1 where case_id = :case and by_day < :today",
         {{"case", row->id}, {"today", zone.day_of(caller.at)}});
  for (const auto& follow : passed) {
    add_history(
        tx, {.case_id = row->id, .kind = HistoryKind::follow_passed, .step = row->step, .about = follow.key},
        caller);
  }
  set_follow_timer(tx, zone, row->id);
  if (!passed.empty()) change_in_place(tx, *row);
}

}  // namespace doorstep::cases
