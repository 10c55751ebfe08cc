#include "http/address.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace doorstep::http {

namespace ip = boost::asio::ip;

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<Address> parse_address(std::string_view text) {
  constexpr std::size_t longest = 64;
  if (text.empty() || text.size() > longest) return std::nullopt;
  boost::system::error_code error;
  const auto address = ip::make_address(std::string{text}, error);
  if (error) return std::nullopt;
  return unmapped(address);
}

}  // namespace

Address unmapped(const Address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

std::uint64_t address_key(const Address& address) {
  const auto plain = unmapped(address);
  if (plain.is_v4()) return 0x0000'ffff'0000'0000U | plain.to_v4().to_uint();
  const auto bytes = plain.to_v6().to_bytes();
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) key = key << 8U | bytes[i];
  return key == 0 ? 1 : key;
}

std::optional<Address> parse_forwarded_address(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const auto rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() != ':') return std::nullopt;
    return parse_address(text.substr(1, end - 1));
  }
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return parse_address(text);
}

HostAndPort parse_listen(std::string_view text) {
  const auto wrong = [&] { return std::invalid_argument("not HOST:PORT: " + std::string{text}); };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) throw wrong();
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) throw wrong();
    host = host.substr(1, host.size() - 2);
  } else if (host.contains(':')) {
    throw wrong();
  }
  HostAndPort result;
  result.host = host;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), result.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) throw wrong();
  return result;
}

ProxyList::ProxyList(const std::vector<std::string>& proxies) {
  for (const auto& text : proxies) {
    boost::system::error_code error;
    const bool network = text.contains('/');
    if (text.contains(':')) {
      const auto v6 = ip::make_network_v6(network ? text : text + "/128", error);
      v6_.push_back(v6);
    } else {
      const auto v4 = ip::make_network_v4(network ? text : text + "/32", error);
      v4_.push_back(v4);
    }
    if (error) throw std::invalid_argument("not an address or a network: " + text);
  }
}

bool ProxyList::trusts(const Address& address) const {
  if (address.is_v4()) {
    const auto mine = address.to_v4();
    return std::ranges::any_of(v4_, [&](const ip::network_v4& net) {
      return ip::network_v4{mine, net.prefix_length()}.network() == net.network();
    });
  }
  const auto mine = address.to_v6();
  return std::ranges::any_of(v6_, [&](const ip::network_v6& net) {
    return ip::network_v6{mine, net.prefix_length()}.network() == net.network();
  });
}

std::optional<Address> ProxyList::client_of(std::string_view forwarded) const {
  std::optional<Address> client;
  while (!forwarded.empty()) {
    const auto comma = forwarded.rfind(',');
    const auto last = comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1);
    forwarded = comma == std::string_view::npos ? std::string_view{} : forwarded.substr(0, comma);
    const auto address = parse_forwarded_address(last);
    if (!address) break;
    client = address;
    if (!trusts(*address)) break;
  }
  return client;
}

}  // namespace doorstep::http
