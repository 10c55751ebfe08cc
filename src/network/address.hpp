// Addresses as people say them: "上海市嘉定区南翔镇真南路１０５１弄 十二号 301 室" is the street 真南路, the
// lane 1051 and the number 12. Pure text; which community it belongs to, `address_range` says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe/class.hpp>

namespace doorstep::network {

struct Address {
  std::string street;                  // as `normal_street` gives it; empty: none was said
  std::optional<std::int32_t> lane;    // 弄
  std::optional<std::int32_t> number;  // 号

  bool operator==(const Address&) const = default;
};
BOOST_DESCRIBE_STRUCT(Address, (), (street, lane, number))

// Takes any UTF-8. A number of more than six digits is none, nor are those after the house's: its room and
// floor. A number without a word after it is the house's, within a lane the one after the lane's.
Address parse_address(std::string_view text);

// A street's name as it is compared: plain width, no spaces and marks, without the city, district and town
// before it ("上海市嘉定区南翔镇古镇路" is 古镇路). What was made normal stays so.
std::string normal_street(std::string_view text);

}  // namespace doorstep::network
