// Which community an address belongs to: the ranges of houses that were recorded, and the look-up by what
// somebody says of where they live.
//
// The look-up never guesses. It names one community only where every house that was meant belongs to it; else
// it names those that come into question, or says that it does not know. What was asked is kept nowhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/address_range.hpp"
#include "network/community.hpp"

namespace doorstep::network {

struct AddressRangeTag {
  static constexpr std::string_view prefix = "ar";
};
using AddressRangeId = Id<AddressRangeTag>;

struct AddressRangeView {
  AddressRangeId id;
  std::string street;
  std::optional<std::int32_t> lane;
  HouseSide side{};
  std::int32_t from = 0;
  std::int32_t to = 0;
};
BOOST_DESCRIBE_STRUCT(AddressRangeView, (), (id, street, lane, side, from, to))

struct FindAddress {
  std::string text;

  static constexpr Bounds bounds(std::string_view) {
    return {.length_min = 1, .length_max = title_bytes_max};
  }
};
BOOST_DESCRIBE_STRUCT(FindAddress, (), (text))

// found: that is the community. to_choose: it is one of these, or none of them, for too little was said.
// not_known: nobody has recorded it here, which does not mean that it lies in another town.
enum class AddressFinding { found, to_choose, not_known };
BOOST_DESCRIBE_ENUM(AddressFinding, found, to_choose, not_known)

struct AddressCandidate {
  CommunityView community;
  std::vector<AddressRangeView> ranges;  // those that come into question
};
BOOST_DESCRIBE_STRUCT(AddressCandidate, (), (community, ranges))

struct AddressAnswer {
  AddressFinding finding{};
  Address understood;  // how the text was read
  std::vector<AddressCandidate> candidates;
};
BOOST_DESCRIBE_STRUCT(AddressAnswer, (), (finding, understood, candidates))

// Those that have not ended.
struct ListAddresses {
  std::string community;
  std::optional<std::string> cursor;
  std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(ListAddresses, (), (community, cursor, limit))

struct RecordAddresses {
  std::string community;
  std::string street;                // alone, without numbers
  std::optional<std::int32_t> lane;  // absent: numbers of the street itself
  std::optional<HouseSide> side;     // absent: both
  std::optional<std::int32_t> from;  // absent: from the first
  std::optional<std::int32_t> to;    // absent: to the last

  static constexpr Bounds bounds(std::string_view member) {
    if (member == "street") return {.length_min = 1, .length_max = name_bytes_max};
    if (member == "community") return {};
    return {.least = 1, .most = house_number_max};
  }
};
BOOST_DESCRIBE_STRUCT(RecordAddresses, (), (community, street, lane, side, from, to))

// Other houses in the place of these, as recorded anew. They need no version: what somebody else put in their
// place is another one.
struct ReplaceAddresses {
  AddressRangeId range;
  std::string street;
  std::optional<std::int32_t> lane;
  std::optional<HouseSide> side;
  std::optional<std::int32_t> from;
  std::optional<std::int32_t> to;

  static constexpr Bounds bounds(std::string_view member) {
    return member == "range" ? Bounds{} : RecordAddresses::bounds(member);
  }
};
BOOST_DESCRIBE_STRUCT(ReplaceAddresses, (), (range, street, lane, side, from, to))

struct EndAddresses {
  AddressRangeId range;
};
BOOST_DESCRIBE_STRUCT(EndAddresses, (), (range))

// Of at most 200 ranges of a street that come into question, and so at most as many communities.
AddressAnswer find_address(Snapshot& snapshot, const Caller& caller, const FindAddress& wish);
Page<AddressRangeView> list_addresses(Snapshot& snapshot, const Caller& caller, const ListAddresses& wish);
AddressRangeView record_addresses(Transaction& tx, const Caller& caller, const RecordAddresses& wish);
AddressRangeView replace_addresses(Transaction& tx, const Caller& caller, const ReplaceAddresses& wish);
Nothing end_addresses(Transaction& tx, const Caller& caller, const EndAddresses& wish);

}  // namespace doorstep::network
