#include "cases/materials.hpp"

#include <algorithm>
#include <map>

#include "base/problem.hpp"
#include "cases/follow.hpp"
#include "cases/notice.hpp"
#include "cases/trips.hpp"

namespace doorstep::cases {

namespace {

struct OwnMaterialTag {
  static constexpr std::string_view prefix = "om";
};
using OwnMaterialId = Id<OwnMaterialTag>;

struct ReceivedRow {
  std::string key;
  Instant received_at;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(ReceivedRow, (), (key, received_at, name))

struct OwnRow {
  OwnMaterialId id;
  storage::Bytes sealed_note;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (id, sealed_note))

struct MarkRow {
  Instant received_at;
  std::optional<StaffId> received_by;
};
BOOST_DESCRIBE_STRUCT(MarkRow, (), (received_at, received_by))

using Received = std::map<std::string, ReceivedRow>;
using Follows = std::map<std::string, Day>;

Received received_of(Snapshot& snapshot, CaseId id) {
  Received received;
  for (auto& row :
       snapshot.all<ReceivedRow>("select m.key, m.received_at, s.name from case_materials m"
                                 " left join staff s on s.id = m.received_by where m.case_id = :case",
                                 {{"case", id}})) {
    auto key = row.key;
    received.emplace(std::move(key), std::move(row));
  }
  return received;
}

MaterialView shown(const std::string& key, Text name, const Received& received, const Follows& follows) {
  MaterialView view{.key = key,
                    .name = std::move(name),
                    .state = {},
                    .received_at = {},
                    .received_by = {},
                    .follows_by = {}};
  if (const auto promised = follows.find(key); promised != follows.end()) {
    view.state = MaterialState::to_follow;
    view.follows_by = promised->second;
  }
  if (const auto found = received.find(key); found != received.end()) {
    view.state = MaterialState::received;
    view.received_at = found->second.received_at;
    view.received_by = found->second.name;
  }
  return view;
}

MarkRow require_mark(Snapshot& snapshot, CaseId id, const std::string& key) {
  const auto mark = snapshot.maybe<MarkRow>(
      "select received_at, received_by from case_materials where case_id = :case and key = :key",
      {{"case", id}, {"key", key}});
  if (!mark) throw Problem{"material_not_received"};
  return *mark;
}

}  // namespace

std::vector<MaterialView> materials_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter) {
  const auto received = received_of(snapshot, id);
  const auto follows = follows_of(snapshot, id);
  std::vector<MaterialView> materials;
  for (const auto& material : matter.materials) {
    materials.push_back(shown(material.key, material.name, received, follows));
    materials.back().may_follow = may_follow(matter, material.key);
  }
  for (const auto& own : snapshot.all<OwnRow>(
           "select id, sealed_note from case_own_materials where case_id = :case order by id",
           {{"case", id}})) {
    const auto words = open_note(snapshot.keys(), "case_own_materials", own.id.value, own.sealed_note);
    materials.push_back(shown(to_string(own.id), {words, words}, received, follows));
  }
  return materials;
}

bool is_needed(const MatterDefinition& matter, const std::string& paper, const Answers& answers) {
  const auto* material = find_material(matter, paper);
  return material == nullptr || hold(material->when, answers);
}

std::vector<MaterialView> materials_shown(Snapshot& snapshot, const StoredCase& row,
                                          const MatterDefinition& matter) {
  auto materials = materials_of(snapshot, row.id, matter);
  const auto answers = answers_of(snapshot.keys(), row);
  if (!answers) return materials;
  for (auto& paper : materials) paper.needed = is_needed(matter, paper.key, *answers);
  return materials;
}

const MaterialView& require_material(const std::vector<MaterialView>& materials, const std::string& key,
                                     const std::string& path) {
  const auto found = std::ranges::find(materials, key, &MaterialView::key);
  if (found == materials.end()) throw Problem{"unknown_material", {key}, path};
  return *found;
}

void keep_material(Transaction& tx, const Caller& caller, CaseId id, const std::string& key) {
  tx.run(
      "insert into case_materials (case_id, key, received_at, received_by) values (:case, :key, :at, :staff)",
      {{"case", id}, {"key", key}, {"at", caller.at}, {"staff", caller.staff_id()}});
}

bool is_own_material(std::string_view key) { return parse_id<OwnMaterialTag>(key).has_value(); }

std::string ask_for_own_material(Transaction& tx, CaseId id, const std::string& words) {
  const auto own = tx.new_id<OwnMaterialId>();
  tx.run(
      "insert into case_own_materials (id, case_id, sealed_note) values (:id, :case, :words)",
      {{"id", own}, {"case", id}, {"words", sealed_note(tx.keys(), "case_own_materials", own.value, words)}});
  return to_string(own);
}

CaseView receive_material(Transaction& tx, const Caller& caller, const ReceiveMaterial& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_running(row);
  const auto matter = matter_by_hash(tx, row.definition);
  const auto materials = materials_of(tx, row.id, matter);
  if (require_material(materials, wish.material).state == MaterialState::received)
    throw Problem{"material_received"};
  keep_material(tx, caller, row.id, wish.material);
  add_history(
      tx,
      {.case_id = row.id, .kind = HistoryKind::material_received, .step = row.step, .about = wish.material},
      caller);
  if (!go_on_when_all_came(tx, caller, row, matter, wish.material)) change_in_place(tx, row);
  settle_readiness(tx, caller, row, matter);
  return read_case(tx, caller, {row.id});
}

CaseView take_back_material(Transaction& tx, const Caller& caller, const TakeBackMaterial& wish) {
  const auto row = require_case(tx, caller, wish.id);
  require_version(row.version, wish.version);
  require_running(row);
  const auto mark = require_mark(tx, row.id, wish.material);
  if (mark.received_by != caller.staff_id() && !caller.has(Role::centre_manager, row.venue))
    throw Problem{"mark_not_yours"};
  const Zone zone{network::town(tx).zone};
  if (zone.day_of(mark.received_at) != zone.day_of(caller.at)) throw Problem{"mark_too_old"};
  tx.run("delete from case_materials where case_id = :case and key = :key",
         {{"case", row.id}, {"key", wish.material}});
  add_history(
      tx,
      {.case_id = row.id, .kind = HistoryKind::material_taken_back, .step = row.step, .about = wish.material},
      caller);
  change_in_place(tx, row);
  settle_readiness(tx, caller, row, matter_by_hash(tx, row.definition));
  return read_case(tx, caller, {row.id});
}

}  // namespace doorstep::cases
