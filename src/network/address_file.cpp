#include "network/address_file.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/problem.hpp"
#include "network/organisation.hpp"

namespace doorstep::network {

namespace {

struct CommunityRow {
  std::string code;
  std::optional<OrganisationId> branch;
  std::optional<Instant> branch_edited_at;
};
BOOST_DESCRIBE_STRUCT(CommunityRow, (), (code, branch, branch_edited_at))

struct BranchRow {
  OrganisationId id;
};
BOOST_DESCRIBE_STRUCT(BranchRow, (), (id))

struct RangeRow {
  AddressRangeId id;
  std::string community, street;
  std::optional<std::int32_t> lane;
  HouseSide side{};
  std::int32_t from_number = 0, to_number = 0;
  std::optional<Instant> edited_at, ended_at;
};
BOOST_DESCRIBE_STRUCT(RangeRow, (),
                      (id, community, street, lane, side, from_number, to_number, edited_at, ended_at))

// Houses as they were found or are wanted.
struct Houses {
  std::string community;
  AddressRange range;

  bool operator==(const Houses&) const = default;
};

struct KnownHouses {
  AddressRangeId id;
  Houses houses;
  bool edited = false, ended = false;  // on a page; or by an import that gave them to somebody else
};

[[noreturn]] void fault(const std::string& community, const std::string& member, const std::string& what) {
  throw TownFileFault(FileFault{"community", community, member, what});
}

std::multimap<std::string, KnownHouses> known_houses(Snapshot& snapshot) {
  std::multimap<std::string, KnownHouses> known;
  for (
      const auto& row : snapshot.all<RangeRow>(
          "select id, community, street, lane, side, from_number, to_number, edited_at, ended_at from address_ranges"))
    known.emplace(row.street, KnownHouses{row.id,
                                          {row.community,
                                           {row.street, row.lane, row.side, row.from_number, row.to_number}},
                                          row.edited_at.has_value(),
                                          row.ended_at.has_value()});
  return known;
}

Houses houses_of(const CommunityFile& file, const HousesFile& houses, std::size_t index) {
  try {
    return {file.code, make_range(houses.street, houses.lane, houses.side, houses.from, houses.to)};
  } catch (const Problem& problem) {
    fault(file.code, "addresses[" + std::to_string(index) + ']', houses.street + ": " + problem.code);
  }
}

std::vector<Houses> wanted_houses(const std::vector<CommunityToPut>& communities, FileFaults& faults) {
  std::vector<Houses> wanted;
  for (const auto& community : communities) {
    const auto all = community.file.addresses.value_or(std::vector<HousesFile>{});
    for (std::size_t i = 0; i < all.size(); ++i)
      faults.keep([&] { wanted.push_back(houses_of(community.file, all[i], i)); });
  }
  return wanted;
}

void require_apart(const std::vector<Houses>& wanted, FileFaults& faults) {
  std::multimap<std::string, const Houses*> by_street;
  for (const auto& houses : wanted) {
    const auto [first, last] = by_street.equal_range(houses.range.street);
    for (auto other = first; other != last; ++other) {
      if (!overlap(other->second->range, houses.range)) continue;
      faults.keep([&] {
        fault(houses.community, "addresses",
              to_string(houses.range) + " overlaps " + to_string(other->second->range) + " of community " +
                  other->second->community);
      });
    }
    by_street.emplace(houses.range.street, &houses);
  }
}

void put_houses(Transaction& tx, const std::multimap<std::string, KnownHouses>& known, const Houses& houses,
                Instant at) {
  const auto [first, last] = known.equal_range(houses.range.street);
  bool stands = false, in_the_way = false;
  std::vector<AddressRangeId> to_end;
  for (auto each = first; each != last; ++each) {
    const auto& there = each->second;
    if (there.houses == houses && (!there.ended || there.edited)) stands = true;
    if (there.ended || there.houses == houses || !overlap(there.houses.range, houses.range)) continue;
    if (there.edited) in_the_way = true;
    to_end.push_back(there.id);
  }
  if (stands || in_the_way) return;
  if (!to_end.empty())
    tx.run("update address_ranges set ended_at = :at where id in (:ids)",
           {{"at", at}, {"ids", storage::in(to_end)}});
  tx.run(
      "insert into address_ranges (id, community, street, lane, side, from_number, to_number)"
      " values (:id, :community, :street, :lane, :side, :from_number, :to_number)",
      {{"id", tx.new_id<AddressRangeId>()},
       {"community", houses.community},
       {"street", houses.range.street},
       {"lane", houses.range.lane},
       {"side", houses.range.side},
       {"from_number", houses.range.from},
       {"to_number", houses.range.to}});
}

// The branches among the organisations.
std::set<OrganisationId> branches(Snapshot& snapshot) {
  std::set<OrganisationId> ids;
  for (const auto& row : snapshot.all<BranchRow>(
           "select id from organisations where kind in ('branch', 'general_branch') and ended_at is null"))
    ids.insert(row.id);
  return ids;
}

void put_branch(Transaction& tx, const std::map<std::string, CommunityRow>& known,
                const std::set<OrganisationId>& live, const CommunityToPut& community) {
  const auto& [file, branch] = community;
  const auto there = known.find(file.code);
  if (there == known.end()) fault(file.code, "code", "there is no such community");
  if (branch && !live.contains(*branch)) fault(file.code, "branch", *file.branch + " is no branch");
  if (!branch || there->second.branch_edited_at || there->second.branch == branch) return;
  tx.run("update communities set branch = :branch, version = version + 1 where code = :code",
         {{"branch", branch}, {"code", file.code}});
}

void put_branches(Transaction& tx, const std::vector<CommunityToPut>& communities, FileFaults& faults) {
  std::map<std::string, CommunityRow> known;
  for (const auto& row : tx.all<CommunityRow>("select code, branch, branch_edited_at from communities"))
    known.emplace(row.code, row);
  const auto live = branches(tx);
  std::set<std::string> codes;
  for (const auto& community : communities) {
    const auto& code = community.file.code;
    faults.keep([&] {
      if (!codes.insert(code).second) fault(code, "code", "it is there twice");
      put_branch(tx, known, live, community);
    });
  }
}

}  // namespace

void put_addresses(Transaction& tx, const std::vector<CommunityToPut>& communities, Instant at) {
  FileFaults faults;
  put_branches(tx, communities, faults);
  const auto wanted = wanted_houses(communities, faults);
  require_apart(wanted, faults);
  faults.throw_any();
  const auto known = known_houses(tx);
  for (const auto& houses : wanted) put_houses(tx, known, houses, at);
}

}  // namespace doorstep::network
