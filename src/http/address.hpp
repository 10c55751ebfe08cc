// Addresses of clients: which are one and the same for counting, and which are proxies that we believe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace doorstep::http {

using Address = boost::asio::ip::address;

// An IPv4 address that came in IPv6 clothes (::ffff:1.2.3.4) as the IPv4 address it is.
Address unmapped(const Address& address);

// What limits per address count by: an IPv4 address, or the /64 of an IPv6 address, because one subscriber
// has at least a whole /64. Never 0.
std::uint64_t address_key(const Address& address);

// "1.2.3.4", "1.2.3.4:567", "2001:db8::1", "[2001:db8::1]:567"; nothing for anything else.
std::optional<Address> parse_forwarded_address(std::string_view text);

// HOST:PORT or [V6]:PORT taken apart; throws std::invalid_argument.
struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;
};
HostAndPort parse_listen(std::string_view text);

class ProxyList {
 public:
  // Addresses or networks (10.0.0.0/8). Throws std::invalid_argument for anything else.
  explicit ProxyList(const std::vector<std::string>& proxies);

  bool trusts(const Address& address) const;

  // The client behind a trusted proxy: the right-most address of X-Forwarded-For that is not itself a trusted
  // proxy. What stands further left was written by the client and is worth nothing. `forwarded` is the
  // header's value, or the values of several joined by commas; nothing when it has no usable address.
  std::optional<Address> client_of(std::string_view forwarded) const;

 private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace doorstep::http
