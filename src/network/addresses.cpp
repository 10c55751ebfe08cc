#include "network/addresses.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

constexpr int ranges_looked_at_max = 200;

struct Row {
  AddressRangeId id;
  std::string community, street;
  std::optional<std::int32_t> lane;
  HouseSide side{};
  std::int32_t from_number = 0, to_number = 0;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, community, street, lane, side, from_number, to_number))

struct InTheWayRow {
  std::string name_zh, street;
  std::optional<std::int32_t> lane;
  HouseSide side{};
  std::int32_t from_number = 0, to_number = 0;
};
BOOST_DESCRIBE_STRUCT(InTheWayRow, (), (name_zh, street, lane, side, from_number, to_number))

struct OwnerRow {
  AddressRangeId id;
  std::string community;
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (id, community, ended_at))

template <class AnyRow>
AddressRange range_of(const AnyRow& row) {
  return {row.street, row.lane, row.side, row.from_number, row.to_number};
}

AddressRangeView view(AddressRangeId id, const AddressRange& range) {
  return {id, range.street, range.lane, range.side, range.from, range.to};
}

AddressRangeView view(const Row& row) { return view(row.id, range_of(row)); }

// Those of the street that come into question.
std::vector<Row> rows_touched(Snapshot& snapshot, const Address& address) {
  auto rows = snapshot.all<Row>(
      "select id, community, street, lane, side, from_number, to_number from address_ranges"
      " where street = :street and ended_at is null and (:place is null or lane = :place"
      " or (lane is null and from_number <= :place and to_number >= :place)) order by id limit :limit",
      {{"street", address.street},
       {"place", address.lane ? address.lane : address.number},
       {"limit", ranges_looked_at_max}});
  std::erase_if(rows, [&](const Row& row) { return !touches(range_of(row), address); });
  return rows;
}

std::vector<AddressCandidate> candidates_of(Snapshot& snapshot, const std::vector<Row>& rows, Instant at) {
  std::vector<std::string> codes;
  for (const auto& row : rows) codes.push_back(row.community);
  std::vector<AddressCandidate> candidates;
  for (auto& [code, community] : communities_of(snapshot, codes, at)) {
    AddressCandidate candidate{std::move(community), {}};
    for (const auto& row : rows) {
      if (row.community == code) candidate.ranges.push_back(view(row));
    }
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

void require_free(Snapshot& snapshot, const AddressRange& range) {
  for (const auto& row : snapshot.all<InTheWayRow>(
           "select c.name_zh, r.street, r.lane, r.side, r.from_number, r.to_number from address_ranges r"
           " join communities c on c.code = r.community where r.street = :street and r.ended_at is null"
           " order by r.id",
           {{"street", range.street}})) {
    if (overlap(range_of(row), range))
      throw Problem{"addresses_overlap", {row.name_zh, to_string(range_of(row))}, "street"};
  }
}

AddressRangeView insert(Transaction& tx, const std::string& community, const AddressRange& range,
                        Instant at) {
  require_free(tx, range);
  const auto id = tx.new_id<AddressRangeId>();
  tx.run(
      "insert into address_ranges (id, community, street, lane, side, from_number, to_number, edited_at)"
      " values (:id, :community, :street, :lane, :side, :from_number, :to_number, :at)",
      {{"id", id},
       {"community", community},
       {"street", range.street},
       {"lane", range.lane},
       {"side", range.side},
       {"from_number", range.from},
       {"to_number", range.to},
       {"at", at}});
  return view(id, range);
}

// One that has not ended, and that the caller may change.
OwnerRow require_own_range(Snapshot& snapshot, const Caller& caller, AddressRangeId id) {
  auto row = snapshot.maybe<OwnerRow>("select id, community, ended_at from address_ranges where id = :id",
                                      {{"id", id}});
  if (!row) throw Problem{"no_such_addresses"};
  require_role(caller, {Role::centre_manager}, scope_of(require_community_of(snapshot, row->community)));
  if (row->ended_at) throw Problem{"no_such_addresses"};
  return std::move(*row);
}

// The row stays, so that an import does not bring it back.
void end(Transaction& tx, AddressRangeId id, Instant at) {
  tx.run("update address_ranges set ended_at = :at, edited_at = :at where id = :id",
         {{"at", at}, {"id", id}});
}

}  // namespace

AddressAnswer find_address(Snapshot& snapshot, const Caller& caller, const FindAddress& wish) {
  AddressAnswer answer{
      .finding = AddressFinding::not_known, .understood = parse_address(wish.text), .candidates = {}};
  if (answer.understood.street.empty()) return answer;
  auto rows = rows_touched(snapshot, answer.understood);
  if (rows.empty()) return answer;
  const auto sure =
      std::ranges::find_if(rows, [&](const Row& row) { return covers(range_of(row), answer.understood); });
  answer.finding = sure == rows.end() ? AddressFinding::to_choose : AddressFinding::found;
  if (sure != rows.end()) rows = {*sure};
  answer.candidates = candidates_of(snapshot, rows, caller.at);
  return answer;
}

Page<AddressRangeView> list_addresses(Snapshot& snapshot, const Caller&, const ListAddresses& wish) {
  require_community_of(snapshot, wish.community);
  const int limit = page_limit(wish.limit);
  const auto rows = snapshot.all<Row>(
      "select id, community, street, lane, side, from_number, to_number from address_ranges"
      " where community = :community and ended_at is null and id > :after order by id limit :limit",
      {{"community", wish.community}, {"after", page_after(wish.cursor)}, {"limit", limit + 1}});
  return page_of(
      rows, limit, [](const Row& row) { return row.id.value; }, [](const Row& row) { return view(row); });
}

AddressRangeView record_addresses(Transaction& tx, const Caller& caller, const RecordAddresses& wish) {
  const auto community = require_community_of(tx, wish.community);
  require_role(caller, {Role::centre_manager}, scope_of(community));
  return insert(tx, community.code, make_range(wish.street, wish.lane, wish.side, wish.from, wish.to),
                caller.at);
}

AddressRangeView replace_addresses(Transaction& tx, const Caller& caller, const ReplaceAddresses& wish) {
  const auto found = require_own_range(tx, caller, wish.range);
  const auto range = make_range(wish.street, wish.lane, wish.side, wish.from, wish.to);
  end(tx, found.id, caller.at);  // first, for the houses that stay are no hindrance
  return insert(tx, found.community, range, caller.at);
}

Nothing end_addresses(Transaction& tx, const Caller& caller, const EndAddresses& wish) {
  end(tx, require_own_range(tx, caller, wish.range).id, caller.at);
  return {};
}

}  // namespace doorstep::network
