// Which of several things a request's host name chooses. Every request asks, so an answer takes no memory:
// the names stand in one sorted list in small letters, and what the request says is compared as it stands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::app {

// A host as a setting may name it, written as it is looked for: in small letters, without brackets and the
// last dot. Throws std::invalid_argument, saying what would do.
std::string plain_host(const std::string& name);

// The host alone of a Host header ("Town.example.:8080", "[::1]:8080"); empty where it is malformed.
std::string_view host_of(std::string_view header);

class Hosts {
 public:
  // Plain hosts, each once, and what each of them chooses.
  explicit Hosts(std::vector<std::pair<std::string, std::size_t>> hosts);

  std::optional<std::size_t> find(std::string_view header) const;

 private:
  std::vector<std::pair<std::string, std::size_t>> hosts_;
};

}  // namespace doorstep::app
