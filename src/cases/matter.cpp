#include "cases/matter.hpp"

#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "cases/matter_list.hpp"

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

}  // namespace

bool put_matter(Transaction& tx, const MatterDefinition& matter, Instant at) {
  const auto body = write_json(matter);
  const auto hash = sha256_hex(body);
  const auto known = tx.maybe<StoredRow>(
      "select d.hash, d.body from matters m join matter_definitions d on d.hash = m.hash"
      " where m.key = :key",
      {{"key", matter.key}});
  const bool changes = !known || known->hash != hash;
  if (changes) {
    tx.run(
        "insert into matter_definitions (hash, key, body, stored_at) values (:hash, :key, :body, :at)"
        " on conflict (hash) do nothing",
        {{"hash", hash}, {"key", matter.key}, {"body", body}, {"at", at}});
    tx.run(
        "insert into matters (key, hash) values (:key, :hash) on conflict (key) do update set hash = excluded.hash",
        {{"key", matter.key}, {"hash", hash}});
  }
  put_listing(tx, matter);  // of an unchanged one, too: what finds it may have been made by another program
  return changes;
}

void draw_matters(Snapshot& snapshot, Picture& picture) {
  for (const auto& row : snapshot.all<CurrentRow>("select key, hash from matters"))
    picture[{"matter", row.key}] = facts_of(row);
}

std::optional<Stored> find_matter(Snapshot& snapshot, const std::string& key) {
  const auto row = snapshot.maybe<StoredRow>(
      "select d.hash, d.body from matters m join matter_definitions d on d.hash = m.hash where m.key = :key",
      {{"key", key}});
  if (!row) return std::nullopt;
  return Stored{row->hash, read_json<MatterDefinition>(row->body)};
}

Stored current_matter(Snapshot& snapshot, const std::string& key) {
  auto found = find_matter(snapshot, key);
  if (!found) throw Problem{"no_such_matter"};
  return std::move(*found);
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
                  .source = std::move(matter.source),
                  .legal = std::move(matter.legal),
                  .guide = std::move(matter.guide).value_or(std::vector<GuidePart>{}),
                  .asked = std::move(matter.asked).value_or(std::vector<AskedOften>{}),
                  .finds_branch = matter.finds_branch.value_or(false),
                  .questions = std::move(matter.questions).value_or(std::vector<Question>{}),
                  .form = std::move(matter.form).value_or(std::vector<Field>{})};
  for (auto& step : matter.steps) view.steps.push_back({step.key, step.name, step.who, step.phase});
  return view;
}

}  // namespace doorstep::cases
