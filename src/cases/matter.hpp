// A matter: what people come for, as data. Its steps map to the closed set of phases; a case keeps the
// definition it began with, by hash.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json_value.hpp"
#include "base/picture.hpp"
#include "base/text.hpp"
#include "journal/transaction.hpp"

namespace doorstep::cases {

enum class Phase {
  draft,
  submitted,
  in_work,
  waiting_for_resident,
  waiting_for_other,
  done,
  refused,
  withdrawn
};
BOOST_DESCRIBE_ENUM(Phase, draft, submitted, in_work, waiting_for_resident, waiting_for_other, done, refused,
                    withdrawn)

bool is_over(Phase phase);

struct Material {
  std::string key;
  Text name;
  Text note;
  bool secondary = false;  // may follow later, where the matter allows it
};
BOOST_DESCRIBE_STRUCT(Material, (), (key, name, note, secondary))

struct StepDefinition {
  std::string key;
  Text name;
  Text who;  // acts in this step
  Phase phase{};
  std::vector<std::string> next;  // steps that may follow; none: the last
};
BOOST_DESCRIBE_STRUCT(StepDefinition, (), (key, name, who, phase, next))

struct MatterDefinition {
  std::string key;
  Text name;
  Text summary;
  Text authority;  // who decides, where it is not the centre
  std::optional<std::int32_t> promised_working_days;
  std::vector<Material> materials;
  std::vector<StepDefinition> steps;  // the first one is where a case begins
  std::vector<Text> advice;
  Text source;
};
BOOST_DESCRIBE_STRUCT(MatterDefinition, (),
                      (key, name, summary, authority, promised_working_days, materials, steps, advice,
                       source))

// What is wrong with a definition beyond its shape, with the path; nothing when it is sound.
struct Fault {
  std::string path;
  std::string what;
};
std::optional<Fault> find_fault(const MatterDefinition& matter);

const StepDefinition* find_step(const MatterDefinition& matter, std::string_view key);

// Stores the definition under its hash and makes it the current one. Returns whether anything changed.
bool put_matter(Transaction& tx, const MatterDefinition& matter, Instant at);

// The current definitions, by the hash that tells one from another. One statement.
void draw_matters(Snapshot& snapshot, Picture& picture);

struct Stored {
  std::string hash;
  MatterDefinition matter;
};
// The current definition; throws Problem no_such_matter. One statement.
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
};
BOOST_DESCRIBE_STRUCT(MatterView, (),
                      (key, name, summary, authority, promised_working_days, materials, steps, advice,
                       source))

MatterView read_matter(Snapshot& snapshot, const Caller& caller, const ReadMatter& wish);

}  // namespace doorstep::cases
