// Which houses of a street belong together: numbers of a street or of a lane, on one side or on both. Pure;
// who lives there is another matter.
//
// Lanes are numbered along their street together with its houses. So a range of the street from 1 to 99 has
// the lanes 1 to 99 in it, with all their houses; a range of a lane has houses of that lane alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe/enum.hpp>

#include "network/address.hpp"

namespace doorstep::network {

inline constexpr std::int32_t house_number_max = 999'999;  // six digits, as an address is read

enum class HouseSide { all, odd, even };
BOOST_DESCRIBE_ENUM(HouseSide, all, odd, even)

struct AddressRange {
  std::string street;  // as `normal_street` gives it
  std::optional<std::int32_t> lane;
  HouseSide side{};
  std::int32_t from = 1, to = house_number_max;  // both included

  bool operator==(const AddressRange&) const = default;
};

// As somebody states it; what is left out has no limit. Throws Problem street_unclear unless the street
// stands alone, without numbers, and numbers_backwards where there is no number on that side between the two.
AddressRange make_range(const std::string& street, const std::optional<std::int32_t>& lane,
                        const std::optional<HouseSide>& side, const std::optional<std::int32_t>& from,
                        const std::optional<std::int32_t>& to);

// Whether every house that the address may mean lies in the range: then nothing more need be asked.
bool covers(const AddressRange& range, const Address& address);
// Whether some house that the address may mean lies in it. Of an address that names a house, the same.
bool touches(const AddressRange& range, const Address& address);
// Whether some house lies in both.
bool overlap(const AddressRange& one, const AddressRange& other);

// "示例路 1051弄 1-99"; without numbers where it has all of them.
std::string to_string(const AddressRange& range);

}  // namespace doorstep::network
