#include "app/yaml.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace doorstep::app {

namespace json = boost::json;

namespace {

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

// Follows the reader's way of spelling a path, and notes on which line each part begins.
class Converter {
 public:
  Converter(Document& document, ImportFaults& faults) : document_(document), faults_(faults) {}

  json::value convert(const YAML::Node& node, const std::string& path) {
    document_.lines.emplace(path, std::max(node.Mark().line, 0) + 1);  // an empty file has no lines
    switch (node.Type()) {
      case YAML::NodeType::Scalar: return scalar(node);
      case YAML::NodeType::Sequence: return list(node, path);
      case YAML::NodeType::Map: return object(node, path);
      case YAML::NodeType::Null:
      case YAML::NodeType::Undefined: return nullptr;
    }
    return nullptr;
  }

 private:
  json::value list(const YAML::Node& node, const std::string& path) {
    json::array items;
    for (const auto& item : node) items.push_back(convert(item, fmt::format("{}[{}]", path, items.size())));
    return items;
  }

  json::value object(const YAML::Node& node, const std::string& path) {
    json::object members;
    for (const auto& member : node) {
      const auto& name = member.first.Scalar();
      const auto where = path.empty() ? name : path + '.' + name;
      // The line of the name: a text that goes on below begins there for people.
      document_.lines.emplace(where, member.first.Mark().line + 1);
      if (!members.emplace(name, convert(member.second, where)).second)
        faults_.add(document_, where, "this member stands twice");
    }
    return members;
  }

  Document& document_;
  ImportFaults& faults_;
};

}  // namespace

Document load_yaml(const std::filesystem::path& file, ImportFaults& faults) {
  Document document{.file = file.string(), .value = {}, .lines = {}};
  try {
    document.value = Converter{document, faults}.convert(YAML::LoadFile(file.string()), "");
    if (document.value.is_null()) faults.add(document, "", "there is nothing in it");
  } catch (const YAML::BadFile&) {
    faults.add(document.file, "the file cannot be read");
  } catch (const YAML::ParserException& wrong) {
    faults.add(fmt::format("{}, line {}", document.file, wrong.mark.line + 1), wrong.msg);
  }
  return document;
}

}  // namespace doorstep::app
