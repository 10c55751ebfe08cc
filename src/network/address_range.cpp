#include "network/address_range.hpp"

#include <algorithm>

#include "base/problem.hpp"

namespace doorstep::network {

namespace {

bool on_side(HouseSide side, std::int32_t number) {
  return side == HouseSide::all || (side == HouseSide::odd) == (number % 2 == 1);
}

bool includes(const AddressRange& range, std::int32_t number) {
  return range.from <= number && number <= range.to && on_side(range.side, number);
}

bool has_all_numbers(const AddressRange& range) {
  return range.side == HouseSide::all && range.from == 1 && range.to == house_number_max;
}

// Of two neighbours one is odd and one is even, so no third need be looked at.
bool share_a_number(const AddressRange& one, const AddressRange& other) {
  const auto from = std::max(one.from, other.from), to = std::min(one.to, other.to);
  for (auto number = from; number <= std::min(to, from + 1); ++number) {
    if (includes(one, number) && includes(other, number)) return true;
  }
  return false;
}

// What is counted along the street: a lane, or a house that stands in none.
std::optional<std::int32_t> place_on_street(const Address& address) {
  return address.lane ? address.lane : address.number;
}

}  // namespace

AddressRange make_range(const std::string& street, const std::optional<std::int32_t>& lane,
                        const std::optional<HouseSide>& side, const std::optional<std::int32_t>& from,
                        const std::optional<std::int32_t>& to) {
  // What is read of an address ends at its first number.
  const auto read = parse_address(street).street;
  if (read.empty() || read != normal_street(street)) throw Problem{"street_unclear", {}, "street"};
  AddressRange range{read, lane, side.value_or(HouseSide::all), from.value_or(1),
                     to.value_or(house_number_max)};
  if (!share_a_number(range, range)) throw Problem{"numbers_backwards", {}, "to"};
  return range;
}

bool covers(const AddressRange& range, const Address& address) {
  if (range.street != address.street) return false;
  if (range.lane && range.lane != address.lane) return false;
  const auto number = range.lane ? address.number : place_on_street(address);
  return number ? includes(range, *number) : has_all_numbers(range);
}

bool touches(const AddressRange& range, const Address& address) {
  if (range.street != address.street) return false;
  const auto place = place_on_street(address);
  if (!place) return true;
  if (!range.lane) return includes(range, *place);
  return range.lane == address.lane && (!address.number || includes(range, *address.number));
}

bool overlap(const AddressRange& one, const AddressRange& other) {
  if (one.street != other.street) return false;
  if (one.lane && other.lane) return one.lane == other.lane && share_a_number(one, other);
  if (one.lane) return includes(other, *one.lane);
  if (other.lane) return includes(one, *other.lane);
  return share_a_number(one, other);
}

std::string to_string(const AddressRange& range) {
  auto text = range.street;
  if (range.lane) text += ' ' + std::to_string(*range.lane) + "弄";
  if (range.from > 1 || range.to < house_number_max)
    text += ' ' + std::to_string(range.from) + '-' + std::to_string(range.to);
  return text;
}

}  // namespace doorstep::network
