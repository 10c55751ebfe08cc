// Matters as the town keeps them: definitions by hash, for good, and which one is current. A case keeps the
// definition that it began with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/picture.hpp"
#include "cases/definition.hpp"
#include "journal/transaction.hpp"

namespace doorstep::cases {

// Stores the definition under its hash and makes it the current one. Returns whether anything changed.
bool put_matter(Transaction& tx, const MatterDefinition& matter, Instant at);

// The current definitions, by the hash that tells one from another. One statement.
void draw_matters(Snapshot& snapshot, Picture& picture);

struct Stored {
  std::string hash;
  MatterDefinition matter;
};
// The current definition, if there is such a matter. One statement.
std::optional<Stored> find_matter(Snapshot& snapshot, const std::string& key);
// The same; throws Problem no_such_matter.
Stored current_matter(Snapshot& snapshot, const std::string& key);
// One that a case began with. One statement.
MatterDefinition matter_by_hash(Snapshot& snapshot, const std::string& hash);

struct ReadMatter {
  std::string matter;
};
BOOST_DESCRIBE_STRUCT(ReadMatter, (), (matter))

struct StepView {
  std::string key;
  Text name;
  Text who;
  Phase phase{};
};
BOOST_DESCRIBE_STRUCT(StepView, (), (key, name, who, phase))

struct MatterView {
  std::string key;
  Text name;
  Text summary;
  Text authority;
  std::optional<std::int32_t> promised_working_days;
  std::vector<Material> materials;
  std::vector<StepView> steps;
  std::vector<Text> advice;
  Text source;
  std::optional<LegalLimit> legal;
  std::vector<GuidePart> guide;
  std::vector<AskedOften> asked;
  bool finds_branch = false;  // "which branch is mine?" belongs to it
  std::vector<Question> questions;
  std::vector<Field> form;  // empty: it is not asked for from a phone
};
BOOST_DESCRIBE_STRUCT(MatterView, (),
                      (key, name, summary, authority, promised_working_days, materials, steps, advice, source,
                       legal, guide, asked, finds_branch, questions, form))

MatterView read_matter(Snapshot& snapshot, const Caller& caller, const ReadMatter& wish);

}  // namespace doorstep::cases
