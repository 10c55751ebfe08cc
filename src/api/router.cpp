#include "api/router.hpp"

#include <stdexcept>

namespace doorstep::api {

namespace {

// Cuts the first segment off "/a/b"; `rest` keeps "/b".
std::string_view cut_segment(std::string_view& rest) {
  rest.remove_prefix(1);
  const auto end = std::min(rest.find('/'), rest.size());
  const auto segment = rest.substr(0, end);
  rest.remove_prefix(end);
  return segment;
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

}  // namespace

std::vector<std::string> parameters_of(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const auto segment = cut_segment(path);
    if (is_parameter(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
  }
  return names;
}

void Router::add(std::string_view method, std::string_view path, std::size_t target) {
  auto* node = &root_;
  while (!path.empty()) {
    const auto segment = cut_segment(path);
    auto& next = is_parameter(segment) ? node->parameter : node->fixed[std::string{segment}];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  if (!node->targets.emplace(method, target).second) throw std::logic_error("a route stands twice");
}

const Router::Node* Router::descend(const Node& node, std::string_view rest,
                                    std::vector<std::string_view>& values) {
  if (rest.empty()) return node.targets.empty() ? nullptr : &node;
  const auto segment = cut_segment(rest);
  if (const auto fixed = node.fixed.find(segment); fixed != node.fixed.end()) {
    if (const auto* found = descend(*fixed->second, rest, values)) return found;
  }
  if (!node.parameter || segment.empty()) return nullptr;
  values.push_back(segment);
  if (const auto* found = descend(*node.parameter, rest, values)) return found;
  values.pop_back();
  return nullptr;
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
  Found found;
  if (!path.starts_with('/')) return found;
  const auto* node = descend(root_, path, found.values);
  if (node == nullptr) return found;
  found.path_known = true;
  auto target = node->targets.find(method);
  if (target == node->targets.end() && method == "HEAD") target = node->targets.find("GET");
  if (target != node->targets.end()) {
    found.method_known = true;
    found.target = target->second;
    return found;
  }
  for (const auto& [known, unused] : node->targets) {
    if (!found.allow.empty()) found.allow += ", ";
    found.allow += known == "GET" ? "GET, HEAD" : known;
  }
  return found;
}

}  // namespace doorstep::api
