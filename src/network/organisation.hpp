// Committees, branches, firms and partner units, as a tree: whoever has a role at one has it at all below.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/limits.hpp"
#include "network/network.hpp"

namespace doorstep::network {

// committee 基层党委, general_branch 党总支, branch 党支部, office 机关或事业单位, firm 企业, two_new
// 两新组织, partner_unit 共建单位, paired_unit 局镇挂钩单位.
enum class OrganisationKind {
  committee,
  general_branch,
  branch,
  office,
  firm,
  two_new,
  partner_unit,
  paired_unit
};
BOOST_DESCRIBE_ENUM(OrganisationKind, committee, general_branch, branch, office, firm, two_new, partner_unit,
                    paired_unit)

struct OrganisationView {
  OrganisationId id;
  std::int64_t version = 0;
  OrganisationKind kind{};
  std::optional<OrganisationId> parent;
  Text name;
  std::optional<std::string> official_name;  // to the letter, to copy onto an official letter
  std::int64_t below = 0;                    // how many organisations stand directly below
  std::int64_t venues = 0;                   // how many venues it runs itself
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(OrganisationView, (),
                      (id, version, kind, parent, name, official_name, below, venues, ended_at))

// Those directly below one, or without one the roots of the tree; those that have ended are left out.
struct ListOrganisations {
  std::optional<OrganisationId> parent;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListOrganisations, (), (parent, cursor, limit))

// All that stand below one, however deep, or without one the whole tree; those that have ended are left out.
struct ListOrganisationTree {
  std::optional<OrganisationId> parent;
};
BOOST_DESCRIBE_STRUCT(ListOrganisationTree, (), (parent))

struct ReadOrganisation {
  OrganisationId organisation;
};
BOOST_DESCRIBE_STRUCT(ReadOrganisation, (), (organisation))

struct RecordOrganisation {
  OrganisationKind kind{};
  std::optional<OrganisationId> parent;
  Text name;
  std::optional<std::string> official_name;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(RecordOrganisation, (), (kind, parent, name, official_name))

struct EditOrganisation {
  OrganisationId organisation;
  std::int64_t version = 0;
  Patch<OrganisationKind> kind;
  Patch<OrganisationId> parent;  // it moves, with all below it
  Patch<Text> name;
  Patch<std::optional<std::string>> official_name;

  static constexpr Bounds bounds(std::string_view) { return {.length_min = 1, .length_max = name_bytes_max}; }
};
BOOST_DESCRIBE_STRUCT(EditOrganisation, (), (organisation, version, kind, parent, name, official_name))

struct EndOrganisation {
  OrganisationId organisation;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(EndOrganisation, (), (organisation, version))

// The organisation; throws Problem no_such_organisation with that path. One statement.
OrganisationView require_organisation(Snapshot& snapshot, OrganisationId id, const char* path = "");
// Throws Problem organisation_ended.
void require_live(const OrganisationView& organisation, const char* path = "");

// Whether one is another, or stands somewhere below it. One statement.
bool stands_below(Snapshot& snapshot, OrganisationId one, OrganisationId other);

// What they are called. One statement.
std::map<OrganisationId, Text> names_of(Snapshot& snapshot, const std::vector<OrganisationId>& organisations);

Page<OrganisationView> list_organisations(Snapshot& snapshot, const Caller& caller,
                                          const ListOrganisations& wish);
// By id; at most `limit` of them, and whether there are more.
Page<OrganisationView> list_organisation_tree(Snapshot& snapshot, const Caller& caller,
                                              const ListOrganisationTree& wish, int limit);
OrganisationView read_organisation(Snapshot& snapshot, const Caller& caller, const ReadOrganisation& wish);
OrganisationView record_organisation(Transaction& tx, const Caller& caller, const RecordOrganisation& wish);
OrganisationView edit_organisation(Transaction& tx, const Caller& caller, const EditOrganisation& wish);
OrganisationView end_organisation(Transaction& tx, const Caller& caller, const EndOrganisation& wish);
// The same, by whoever may; throws Problem organisation_in_use with what holds it.
void end_unused_organisation(Transaction& tx, const OrganisationView& organisation, Instant at);

}  // namespace doorstep::network
