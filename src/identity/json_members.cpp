#include "identity/json_members.hpp"

#include "base/json_value.hpp"
#include "base/problem.hpp"

namespace doorstep::identity {

std::optional<boost::json::object> object_in(std::string_view json) {
  try {
    auto value = parse_json(json);
    if (auto* found = value.if_object()) return std::move(*found);
  } catch (const Problem&) {
  }
  return std::nullopt;
}

std::optional<std::string> text_in(const boost::json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::nullopt : std::optional<std::string>{*text};
}

std::string text_or_empty(const boost::json::object& from, std::string_view name) {
  return text_in(from, name).value_or("");
}

}  // namespace doorstep::identity
