// Communities and villages: the branch of those who live there, and the venue that serves them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/page.hpp"
#include "base/limits.hpp"
#include "network/network.hpp"

namespace doorstep::network {

struct BranchName {
  OrganisationId organisation;
  Text name;
  std::optional<std::string> official_name;  // to the letter, to copy
};
BOOST_DESCRIBE_STRUCT(BranchName, (), (organisation, name, official_name))

struct ServingVenue {
  VenueId id;
  Text name;
  Text address;
};
BOOST_DESCRIBE_STRUCT(ServingVenue, (), (id, name, address))

struct CommunityView {
  std::string code;  // the official division code
  std::int64_t version = 0;
  std::string name;
  std::optional<BranchName> branch;   // none: nobody has said which
  std::optional<ServingVenue> venue;  // of those that are its community station, the first recorded
};
BOOST_DESCRIBE_STRUCT(CommunityView, (), (code, version, name, branch, venue))

// In the order of their codes.
struct ListCommunities {
  std::optional<std::string> words;    // that its name and code have
  std::optional<bool> without_branch;  // only those of which nobody has said which
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "words" ? Bounds{.length_min = 1, .length_max = name_bytes_max} : Bounds{};
  }
};
BOOST_DESCRIBE_STRUCT(ListCommunities, (), (words, without_branch, cursor, limit))

// By those whose role reaches the branch it has (of one without, the town), and the one it is to have.
struct EditCommunity {
  std::string community;
  std::int64_t version = 0;
  Patch<std::optional<OrganisationId>> branch;
};
BOOST_DESCRIBE_STRUCT(EditCommunity, (), (community, version, branch))

// Digits that do not begin with 0: so a code is a cursor, too.
bool is_division_code(std::string_view code);

struct CommunityFacts {
  std::string code;
  std::int64_t version = 0;
  std::string name;
  std::optional<OrganisationId> branch;
};

// Throws Problem no_such_community. One statement.
CommunityFacts require_community_of(Snapshot& snapshot, const std::string& code);
// Where somebody must have a role to change what belongs to it: at its branch; of one without, in the town.
Scope scope_of(const CommunityFacts& community);

// Those of these codes, by code. Three statements, however many.
std::map<std::string, CommunityView> communities_of(Snapshot& snapshot, const std::vector<std::string>& codes,
                                                    Instant at);

// What those of these codes are called. One statement.
std::map<std::string, std::string> community_names(Snapshot& snapshot, const std::vector<std::string>& codes);

// Whether those who live in some community belong to it. One statement.
bool is_branch_of_community(Snapshot& snapshot, OrganisationId organisation);

Page<CommunityView> list_communities(Snapshot& snapshot, const Caller& caller, const ListCommunities& wish);
CommunityView edit_community(Transaction& tx, const Caller& caller, const EditCommunity& wish);

}  // namespace doorstep::network
