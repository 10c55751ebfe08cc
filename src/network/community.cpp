#include "network/community.hpp"

#include <algorithm>

#include "base/problem.hpp"
#include "base/search_words.hpp"
#include "network/cut_list.hpp"
#include "network/organisation.hpp"

namespace doorstep::network {

namespace {

struct FactsRow {
  std::string code;
  std::int64_t version = 0;
  std::string name_zh;
  std::optional<OrganisationId> branch;
};
BOOST_DESCRIBE_STRUCT(FactsRow, (), (code, version, name_zh, branch))

struct NamedRow {
  std::string code, name_zh;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (code, name_zh))

// With the branch, where it is one still.
struct Row {
  std::string code;
  std::int64_t version = 0;
  std::string name_zh;
  std::optional<OrganisationId> branch;
  std::optional<std::string> branch_zh, branch_en, official_name;
};
BOOST_DESCRIBE_STRUCT(Row, (), (code, version, name_zh, branch, branch_zh, branch_en, official_name))

struct VenueRow {
  std::string community;
  VenueId id;
  std::string name_zh, name_en, address_zh, address_en;
};
BOOST_DESCRIBE_STRUCT(VenueRow, (), (community, id, name_zh, name_en, address_zh, address_en))

std::map<std::string, ServingVenue> venues_serving(Snapshot& snapshot, const std::vector<std::string>& codes,
                                                   Day today) {
  std::map<std::string, ServingVenue> serving;
  for (auto& row : snapshot.all<VenueRow>(
           "select v.community, v.id, v.name_zh, v.name_en, v.address_zh, v.address_en from venues v"
           " join venue_functions f on f.venue = v.id and f.function = 'community_station'"
           " and (f.since_day is null or f.since_day <= :day) and (f.until_day is null or f.until_day > :day)"
           " where v.community in (:codes) and v.ended_at is null order by v.community, v.id",
           {{"codes", storage::in(codes)}, {"day", today}}))
    serving.try_emplace(row.community,
                        ServingVenue{row.id, {row.name_zh, row.name_en}, {row.address_zh, row.address_en}});
  return serving;
}

CommunityView view(const Row& row, const std::map<std::string, ServingVenue>& venues) {
  CommunityView community{
      .code = row.code, .version = row.version, .name = row.name_zh, .branch = {}, .venue = {}};
  if (row.branch)
    community.branch =
        BranchName{*row.branch, {row.branch_zh.value_or(""), row.branch_en.value_or("")}, row.official_name};
  if (const auto venue = venues.find(row.code); venue != venues.end()) community.venue = venue->second;
  return community;
}

// Two statements.
std::vector<CommunityView> views(Snapshot& snapshot, const std::vector<Row>& rows, Instant at) {
  std::vector<std::string> codes;
  for (const auto& row : rows) codes.push_back(row.code);
  const auto venues = venues_serving(snapshot, codes, local_zone(snapshot).day_of(at));
  std::vector<CommunityView> all;
  for (const auto& row : rows) all.push_back(view(row, venues));
  return all;
}

bool is_branch(OrganisationKind kind) {
  return kind == OrganisationKind::branch || kind == OrganisationKind::general_branch;
}

std::optional<OrganisationView> require_named_branch(Snapshot& snapshot, const EditCommunity& wish) {
  if (!wish.branch || !wish.branch.value) return std::nullopt;
  return require_organisation(snapshot, *wish.branch.value, "branch");
}

}  // namespace

bool is_division_code(std::string_view code) {
  constexpr std::size_t digits_max = 18;
  return !code.empty() && code.size() <= digits_max && code[0] != '0' &&
         std::ranges::all_of(code, [](char each) { return each >= '0' && each <= '9'; });
}

CommunityFacts require_community_of(Snapshot& snapshot, const std::string& code) {
  const auto row = snapshot.maybe<FactsRow>(
      "select code, version, name_zh, branch from communities where code = :code", {{"code", code}});
  if (!row) throw Problem{"no_such_community", {}, "community"};
  return {row->code, row->version, row->name_zh, row->branch};
}

Scope scope_of(const CommunityFacts& community) {
  return community.branch ? Scope{*community.branch} : Scope{WholeTown{}};
}

std::map<std::string, CommunityView> communities_of(Snapshot& snapshot, const std::vector<std::string>& codes,
                                                    Instant at) {
  const auto rows = snapshot.all<Row>(
      "select c.code, c.version, c.name_zh, o.id as branch, o.name_zh as branch_zh, o.name_en as branch_en,"
      " o.official_name from communities c left join organisations o on o.id = c.branch and o.ended_at is null"
      " and o.kind in ('branch', 'general_branch') where c.code in (:codes) order by c.code",
      {{"codes", storage::in(codes)}});
  std::map<std::string, CommunityView> found;
  for (auto& each : views(snapshot, rows, at)) found.emplace(each.code, std::move(each));
  return found;
}

std::map<std::string, std::string> community_names(Snapshot& snapshot,
                                                   const std::vector<std::string>& codes) {
  std::map<std::string, std::string> names;
  for (auto& row : snapshot.all<NamedRow>("select code, name_zh from communities where code in (:codes)",
                                          {{"codes", storage::in(codes)}}))
    names.emplace(std::move(row.code), std::move(row.name_zh));
  return names;
}

bool is_branch_of_community(Snapshot& snapshot, OrganisationId organisation) {
  return snapshot.value<std::int64_t>("select count(*) from communities where branch = :branch",
                                      {{"branch", organisation}}) > 0;
}

Page<CommunityView> list_communities(Snapshot& snapshot, const Caller& caller, const ListCommunities& wish) {
  const int limit = page_limit(wish.limit);
  const SearchWords words{wish.words};
  const int read_max = words.empty() ? limit : looked_through_max;
  const auto cursor_of = [](const Row& row) { return std::stoll(row.code); };
  std::optional<std::int64_t> more_after;
  auto rows = snapshot.all<Row>(
      "select c.code, c.version, c.name_zh, o.id as branch, o.name_zh as branch_zh, o.name_en as branch_en,"
      " o.official_name from communities c left join organisations o on o.id = c.branch and o.ended_at is null"
      " and o.kind in ('branch', 'general_branch')"
      " where c.code > :after and (:without_branch = 0 or o.id is null) order by c.code limit :limit",
      {{"after", std::to_string(page_after(wish.cursor))},
       {"without_branch", wish.without_branch.value_or(false)},
       {"limit", read_max + 1}});
  cut(rows, read_max, more_after, cursor_of);
  std::erase_if(rows, [&](const Row& row) { return !words.are_in({row.name_zh, row.code}); });
  cut(rows, limit, more_after, cursor_of);
  Page<CommunityView> page{.items = views(snapshot, rows, caller.at), .next = {}};
  if (more_after) page.next = cursor_after(*more_after);
  return page;
}

CommunityView edit_community(Transaction& tx, const Caller& caller, const EditCommunity& wish) {
  const auto found = require_community_of(tx, wish.community);
  const auto branch = require_named_branch(tx, wish);
  require_role(caller, {Role::centre_manager}, scope_of(found));
  if (branch) require_role(caller, {Role::centre_manager}, branch->id);
  require_version(found.version, wish.version);
  if (branch) {
    require_live(*branch, "branch");
    if (!is_branch(branch->kind)) throw Problem{"not_a_branch", {}, "branch"};
  }
  tx.run(
      "update communities set branch = :branch, branch_edited_at = :at, version = version + 1 where code = :code",
      {{"branch", wish.branch ? wish.branch.value : found.branch}, {"at", caller.at}, {"code", found.code}});
  return communities_of(tx, {found.code}, caller.at).at(found.code);
}

}  // namespace doorstep::network
