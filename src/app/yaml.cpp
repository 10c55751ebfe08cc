#include "app/yaml.hpp"

#include <charconv>
#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace doorstep::app {

namespace json = boost::json;

namespace {

json::value to_json(const YAML::Node& node);

// Digits, a point, digits: a place on the map. What else a double may look like ("1e3", "inf") is text.
std::optional<double> decimal_of(const std::string& text) {
  const auto digits = text.find_first_not_of('-');
  if (text.find('.') == std::string::npos || digits > 1) return std::nullopt;
  if (text.find_first_not_of("0123456789.", digits) != std::string::npos) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// A plain word may be a number, a truth or nothing; what stands in quotes is text.
json::value scalar(const YAML::Node& node) {
  const auto& text = node.Scalar();
  if (node.Tag() == "!") return json::value(text);
  if (text == "true") return true;
  if (text == "false") return false;
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  if (const auto decimal = decimal_of(text)) return *decimal;
  return json::value(text);
}

json::value to_json(const YAML::Node& node) {
  switch (node.Type()) {
    case YAML::NodeType::Scalar: return scalar(node);
    case YAML::NodeType::Sequence: {
      json::array items;
      for (const auto& item : node) items.push_back(to_json(item));
      return items;
    }
    case YAML::NodeType::Map: {
      json::object members;
      for (const auto& member : node) members[member.first.Scalar()] = to_json(member.second);
      return members;
    }
    case YAML::NodeType::Null:
    case YAML::NodeType::Undefined: return nullptr;
  }
  return nullptr;
}

}  // namespace

json::value load_yaml(const std::filesystem::path& file) {
  try {
    return to_json(YAML::LoadFile(file.string()));
  } catch (const YAML::BadFile&) {
    throw ImportError(fmt::format("{}: the file cannot be read", file.string()));
  } catch (const YAML::ParserException& wrong) {
    throw ImportError(fmt::format("{}, line {}: {}", file.string(), wrong.mark.line + 1, wrong.msg));
  }
}

std::string import_message(const std::filesystem::path& file, const Problem& problem) {
  std::string arguments;
  for (const auto& argument : problem.arguments) arguments += (arguments.empty() ? " (" : ", ") + argument;
  if (!arguments.empty()) arguments += ')';
  return fmt::format("{}: {}: {}{}", file.string(), problem.path.empty() ? "the file" : problem.path,
                     problem.code, arguments);
}

}  // namespace doorstep::app
