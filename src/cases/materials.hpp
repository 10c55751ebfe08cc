// What a case needs, and what of it has come: the matter's own papers, and those that an officer asked for in
// words of their own. Any officer of the venue may take one in. A mark that was a mistake is taken back on
// the same day, by whoever made it or by a manager; the history keeps both.
#pragma once

#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct ReceiveMaterial {
  CaseId id;
  std::int64_t version = 0;
  std::string material;  // its key
};
BOOST_DESCRIBE_STRUCT(ReceiveMaterial, (), (id, version, material))

struct TakeBackMaterial {
  CaseId id;
  std::int64_t version = 0;
  std::string material;
};
BOOST_DESCRIBE_STRUCT(TakeBackMaterial, (), (id, version, material))

// Throws Problem unknown_material, material_received.
CaseView receive_material(Transaction& tx, const Caller& caller, const ReceiveMaterial& wish);
// Throws Problem material_not_received, mark_not_yours, mark_too_old.
CaseView take_back_material(Transaction& tx, const Caller& caller, const TakeBackMaterial& wish);

// In the matter's order, and then those of an officer's own words. Three statements.
std::vector<MaterialView> materials_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter);
// Whether these answers call for it; what an officer asked for besides is always needed.
bool is_needed(const MatterDefinition& matter, const std::string& paper, const Answers& answers);
// The matter's papers as in materials_of, and which of them the answers call for; where nobody answered, any
// may be needed.
std::vector<MaterialView> materials_shown(Snapshot& snapshot, const StoredCase& row,
                                          const MatterDefinition& matter);
// Throws Problem unknown_material.
const MaterialView& require_material(const std::vector<MaterialView>& materials, const std::string& key,
                                     const std::string& path = "material");

// It has come. One statement.
void keep_material(Transaction& tx, const Caller& caller, CaseId id, const std::string& key);
// Whether it is the key of one that an officer asked for, and not of the matter's.
bool is_own_material(std::string_view key);
// Asks for a paper in words of one's own; its key. One statement.
std::string ask_for_own_material(Transaction& tx, CaseId id, const std::string& words);

}  // namespace doorstep::cases
