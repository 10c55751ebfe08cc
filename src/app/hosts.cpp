#include "app/hosts.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <arpa/inet.h>

#include "base/ascii.hpp"

namespace doorstep::app {

namespace {

constexpr std::size_t host_chars_max = 253;  // RFC 1035, without the last dot

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::invalid_argument wrong_host() {
  return std::invalid_argument(
      "host names without https:// and without a port (hall.example.org, xn--… for other letters, [::1])");
}

// One address has many spellings; browsers send the one that inet_ntop writes (but for IPv4 in IPv6).
std::string plain_address(const std::string& text) {
  std::array<unsigned char, 16> address{};
  std::array<char, INET6_ADDRSTRLEN> plain{};
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) != 1 ||
      ::inet_ntop(AF_INET6, address.data(), plain.data(), plain.size()) == nullptr) {
    throw wrong_host();
  }
  return plain.data();
}

}  // namespace

std::string plain_host(const std::string& name) {
  if (name.starts_with('[') && name.ends_with(']')) return plain_address(name.substr(1, name.size() - 2));
  if (std::ranges::count(name, ':') > 1) return plain_address(name);
  std::string host{name};
  std::ranges::transform(host, host.begin(), lower);
  if (host.ends_with('.')) host.pop_back();
  const bool empty_part = host.empty() || host.starts_with('.') || host.ends_with('.') || host.contains("..");
  if (empty_part || host.size() > host_chars_max || !std::ranges::all_of(host, is_host_char)) {
    throw wrong_host();
  }
  return host;
}

std::string_view host_of(std::string_view header) {
  if (header.starts_with('[')) {
    const auto end = header.find(']');
    if (end == std::string_view::npos) return {};
    const auto after = header.substr(end + 1);
    return after.empty() || after.starts_with(':') ? header.substr(1, end - 1) : std::string_view{};
  }
  auto host = header.substr(0, header.find(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

Hosts::Hosts(std::vector<std::pair<std::string, std::size_t>> hosts) : hosts_(std::move(hosts)) {
  std::ranges::sort(hosts_);
}

std::optional<std::size_t> Hosts::find(std::string_view header) const {
  const auto asked = host_of(header);
  const auto stands_before = [](std::string_view one, std::string_view other) {
    return std::ranges::lexicographical_compare(one, other, {}, lower, lower);
  };
  const auto found =
      std::ranges::lower_bound(hosts_, asked, stands_before, &std::pair<std::string, std::size_t>::first);
  if (found == hosts_.end() || stands_before(asked, found->first)) return std::nullopt;
  return found->second;
}

}  // namespace doorstep::app
