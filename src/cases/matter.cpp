#include "cases/matter.hpp"

#include <algorithm>
#include <set>

#include "base/crypto.hpp"
#include "base/problem.hpp"

namespace doorstep::cases {

namespace {

struct CurrentRow {
  std::string key, hash;
};
BOOST_DESCRIBE_STRUCT(CurrentRow, (), (key, hash))

struct StoredRow {
  std::string hash;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(StoredRow, (), (hash, body))

std::string at(std::string_view list, std::size_t index, std::string_view member) {
  return std::string{list} + '[' + std::to_string(index) + "]." + std::string{member};
}

std::optional<Fault> find_step_fault(const MatterDefinition& matter, std::size_t index) {
  const auto& step = matter.steps[index];
  if (step.next.empty() != is_over(step.phase)) {
    return Fault{at("steps", index, "next"), "a step is the last one if, and only if, its phase is an end"};
  }
  for (const auto& next : step.next) {
    if (find_step(matter, next) == nullptr)
      return Fault{at("steps", index, "next"), "no step is called " + next};
  }
  return std::nullopt;
}

}  // namespace

bool is_over(Phase phase) {
  switch (phase) {
    case Phase::draft:
    case Phase::submitted:
    case Phase::in_work:
    case Phase::waiting_for_resident:
    case Phase::waiting_for_other: return false;
    case Phase::done:
    case Phase::refused:
    case Phase::withdrawn: return true;
  }
  return false;
}

std::optional<Fault> find_fault(const MatterDefinition& matter) {
  if (matter.key.empty()) return Fault{"key", "a matter has a key"};
  if (matter.steps.empty()) return Fault{"steps", "a matter has at least one step"};
  if (is_over(matter.steps.front().phase)) return Fault{"steps[0].phase", "a case does not begin at its end"};
  if (matter.promised_working_days && *matter.promised_working_days < 1) {
    return Fault{"promised_working_days", "a promise is at least one working day"};
  }
  std::set<std::string> keys;
  for (std::size_t i = 0; i < matter.steps.size(); ++i) {
    if (!keys.insert(matter.steps[i].key).second)
      return Fault{at("steps", i, "key"), "this key stands twice"};
    if (auto fault = find_step_fault(matter, i)) return fault;
  }
  keys.clear();
  for (std::size_t i = 0; i < matter.materials.size(); ++i) {
    if (!keys.insert(matter.materials[i].key).second)
      return Fault{at("materials", i, "key"), "this key stands twice"};
  }
  return std::nullopt;
}

const StepDefinition* find_step(const MatterDefinition& matter, std::string_view key) {
  const auto found = std::ranges::find(matter.steps, key, &StepDefinition::key);
  return found == matter.steps.end() ? nullptr : &*found;
}

bool put_matter(Transaction& tx, const MatterDefinition& matter, Instant at) {
  const auto body = write_json(matter);
  const auto hash = sha256_hex(body);
  const auto known = tx.maybe<StoredRow>(
      "select d.hash, d.body from matters m join matter_definitions d on d.hash = m.hash"
      " where m.key = :key",
      {{"key", matter.key}});
  if (known && known->hash == hash) return false;
  tx.run(
      "insert into matter_definitions (hash, key, body, stored_at) values (:hash, :key, :body, :at)"
      " on conflict (hash) do nothing",
      {{"hash", hash}, {"key", matter.key}, {"body", body}, {"at", at}});
  tx.run(
      "insert into matters (key, hash) values (:key, :hash) on conflict (key) do update set hash = excluded.hash",
      {{"key", matter.key}, {"hash", hash}});
  return true;
}

void draw_matters(Snapshot& snapshot, Picture& picture) {
  for (const auto& row : snapshot.all<CurrentRow>("select key, hash from matters"))
    picture[{"matter", row.key}] = facts_of(row);
}

Stored current_matter(Snapshot& snapshot, const std::string& key) {
  const auto row = snapshot.maybe<StoredRow>(
      "select d.hash, d.body from matters m join matter_definitions d on d.hash = m.hash where m.key = :key",
      {{"key", key}});
  if (!row) throw Problem{"no_such_matter"};
  return {row->hash, read_json<MatterDefinition>(row->body)};
}

MatterDefinition matter_by_hash(Snapshot& snapshot, const std::string& hash) {
  return read_json<MatterDefinition>(snapshot.value<std::string>(
      "select body from matter_definitions where hash = :hash", {{"hash", hash}}));
}

MatterView read_matter(Snapshot& snapshot, const Caller&, const ReadMatter& wish) {
  auto matter = current_matter(snapshot, wish.matter).matter;
  MatterView view{.key = std::move(matter.key),
                  .name = std::move(matter.name),
                  .summary = std::move(matter.summary),
                  .authority = std::move(matter.authority),
                  .promised_working_days = matter.promised_working_days,
                  .materials = std::move(matter.materials),
                  .steps = {},
                  .advice = std::move(matter.advice),
                  .source = std::move(matter.source)};
  for (auto& step : matter.steps) view.steps.push_back({step.key, step.name, step.who, step.phase});
  return view;
}

}  // namespace doorstep::cases
