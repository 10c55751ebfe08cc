// Accepted, papers to follow 容缺受理: a secondary paper that the matter lists may come later, against a
// promise that the applicant signs. They may decline, and the paper is simply missing. A proof of membership
// never follows. The case is not done before all that was promised has come; a timer notes when the day has
// passed.
//
// Not the same: a declaration 告知承诺, signed in place of a proof where the matter has one.
#pragma once

#include <map>

#include "base/limits.hpp"
#include "cases/stored_case.hpp"

namespace doorstep::cases {

struct LetFollow {
  CaseId id;
  std::int64_t version = 0;
  std::string material;
  std::optional<std::string> signed_by;  // nobody: the applicant declined to promise

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(LetFollow, (), (id, version, material, signed_by))

struct SignDeclaration {
  CaseId id;
  std::int64_t version = 0;
  std::string signed_by;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(SignDeclaration, (), (id, version, signed_by))

// Throws Problem unknown_material, material_received, follows_already, never_follows.
CaseView let_follow(Transaction& tx, const Caller& caller, const LetFollow& wish);
// Throws Problem no_declaration, declared_already.
CaseView sign_declaration(Transaction& tx, const Caller& caller, const SignDeclaration& wish);

// Whether the matter lets that paper come later.
bool may_follow(const MatterDefinition& matter, const std::string& key);
// The days by which papers follow, by their keys. One statement.
std::map<std::string, Day> follows_of(Snapshot& snapshot, CaseId id);
// Where the matter has one. One statement then.
std::optional<DeclarationView> declaration_of(Snapshot& snapshot, CaseId id, const MatterDefinition& matter);
// Throws Problem papers_to_follow. One statement.
void require_nothing_follows(Snapshot& snapshot, CaseId id);
// What is told as missing is promised no more. One statement.
void end_promises(Transaction& tx, CaseId id, const std::vector<std::string>& keys);

// A promised day has passed: fired the morning after it.
inline constexpr std::string_view follow_timer = "case_follow";
void pass_follow(Transaction& tx, const Caller& caller, const std::string& key, const std::string& body_json);
// For the next day that was promised, if there is one. Two statements.
void set_follow_timer(Transaction& tx, const Zone& zone, CaseId id);

}  // namespace doorstep::cases
